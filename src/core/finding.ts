/** The read-only probes, in the order in which they are reported. */
export type CheckId =
  | 'metadata'
  | 'metadata-token'
  | 'metadata-profile'
  | 'metadata-credentials'
  | 'gateway-env'
  | 'env-file'
  | 'identity'
  | 'list-models'
  | 'list-inference-profiles'
  | 'converse'
  | 'converse-stream'
  | 'primary-model'
  | 'openclaw'
  | (string & {});

/** Code of what was changed since the receipt: exit 3 where nothing else is wrong. */
export const driftCode = 'DRIFT';

/** How a check ended. */
export type FindingStatus = 'ok' | 'warn' | 'fail' | 'skip';

/** Who can do something about a failure. */
export type Who = 'you' | 'admin' | 'billing' | 'AWS Support' | 'wait';

/** The result of one check: a row of the report. */
export interface Finding {
  readonly id: CheckId;
  readonly status: FindingStatus;
  readonly message: string;
  /** Code of the failure, from the catalogue. */
  readonly code?: string;
  readonly cause?: string;
  readonly who?: Who;
  readonly fix?: string;
  readonly detail?: string;
}

/** The first finding that failed, or `null`. */
export function firstFailure(findings: readonly Finding[]): Finding | null {
  return findings.find((finding) => finding.status === 'fail') ?? null;
}

const provingChecks: ReadonlySet<string> = new Set(['converse', 'converse-stream', 'primary-model']);

/** What a model's own answer proved, that of the wanted model if it was asked; `null` where none answered. */
export function proofOf(findings: readonly Finding[]): string | null {
  const answered = findings.filter(({ id, status }) => status === 'ok' && provingChecks.has(id));
  return answered.find(({ id }) => id === 'primary-model')?.message ?? answered[0]?.message ?? null;
}
