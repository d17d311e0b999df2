import type { ChangeResult } from './change-result.js';
import type { ErrorDetails } from './errors.js';
import type { Finding } from './finding.js';
import type { CommandName } from './settings.js';

/** Version of the `--json` document. */
export const reportVersion = 1;

/** What became of one instance of many. */
export type InstanceStatus = 'planned' | 'done' | 'in-place' | 'failed' | 'skipped';

/** An instance in the report. */
export interface ReportInstance {
  readonly id: string;
  readonly name: string | null;
  readonly state: string | null;
  readonly profile: string | null;
  /** What was done on it from afar. */
  readonly host?: ReportHost;
  /** What became of it, where the run is about many. */
  readonly status?: InstanceStatus;
  readonly error?: ErrorDetails;
}

/** What Systems Manager and the tool on a host said. */
export interface ReportHost {
  readonly status: 'done' | 'failed';
  /** Id of the command of Systems Manager; `null` where none was sent. */
  readonly command: string | null;
  readonly changes: readonly ChangeResult[];
  readonly checks: readonly Finding[];
  readonly error?: ErrorDetails;
}

/** The one document that `--json` prints: a contract, see templates/schema/report.schema.json. */
export interface Report {
  readonly schemaVersion: typeof reportVersion;
  readonly command: CommandName;
  readonly ok: boolean;
  readonly mock: boolean;
  readonly account: string | null;
  readonly region: string | null;
  readonly instances: readonly ReportInstance[];
  readonly changes: readonly ChangeResult[];
  readonly checks: readonly Finding[];
  /** Absolute path of the receipt, or `null` where nothing was recorded. */
  readonly receipt: string | null;
  readonly error?: ErrorDetails;
  /** Commands to run next, ready to paste. */
  readonly next: readonly string[];
}

/** A report of which nothing is known yet. */
export function emptyReport(command: CommandName, mock: boolean): Report {
  return {
    schemaVersion: reportVersion,
    command,
    ok: true,
    mock,
    account: null,
    region: null,
    instances: [],
    changes: [],
    checks: [],
    receipt: null,
    next: [],
  };
}

/** An instance of which nothing but its id is known. */
export function bareInstance(id: string): ReportInstance {
  return { id, name: null, state: null, profile: null };
}

/** A report with what went wrong, or `null` for nothing. */
export function withError(report: Report, error: ErrorDetails | null): Report {
  return { ...report, ok: error === null, ...(error === null ? {} : { error }) };
}
