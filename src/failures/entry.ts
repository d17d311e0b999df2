import type { Who } from '../core/finding.js';

/** Where the call was made: by the operator's tool, or as the gateway would make it. */
export type Place = 'operator' | 'gateway';

/** What is known of the user's own surroundings; fills the texts of the catalogue. */
export interface FailureContext {
  readonly account?: string | null;
  readonly region?: string | null;
  /** `aws`, `aws-us-gov`, …; `aws` when it is not known. */
  readonly partition?: string | null;
  readonly roleName?: string | null;
  readonly profileName?: string | null;
  readonly instanceId?: string | null;
  readonly modelId?: string | null;
  /** The operator's profile in the shared AWS config. */
  readonly operatorProfile?: string | null;
  /** Version of this tool, so that a pasted `npx` command starts the same one. */
  readonly version?: string | null;
  readonly place?: Place;
  /** Further values for the texts, e.g. what other models the region has. */
  readonly more?: Readonly<Record<string, string>>;
}

/**
 * How a failure is recognised. All given parts must fit. `text` is AWS's text as it was seen: `…` stands for anything,
 * `{name}` for a value that the entry's own texts may use. Case, the form of apostrophes, doubled full stops and numbers
 * of minutes and days do not count.
 */
export interface Matcher {
  /** Error names, without a trailing `Exception`; any of them. */
  readonly names?: readonly string[];
  readonly statuses?: readonly number[];
  readonly text?: string;
  readonly place?: Place;
}

/**
 * A row of the catalogue. `cause` and `fix` may hold `{account}`, `{region}`, `{roleName}`, … and what the matcher's
 * text named.
 */
export interface CatalogueEntry {
  /** Stable; several entries may share one, the first that fits wins. */
  readonly code: string;
  /** Empty: the failure is told by a sign that a check sees, not by AWS's words. */
  readonly matchers: readonly Matcher[];
  readonly cause: string;
  readonly who: Who;
  readonly fix: string;
  /** Seconds after which it may be over by itself. */
  readonly waitSeconds?: number;
  /** Credentials or permissions stand in the way: exit code 5. */
  readonly blocks?: true;
}
