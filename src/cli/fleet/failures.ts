import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { InstanceStatus, ReportInstance } from '../../core/report.js';
import { idsText } from '../../core/text/ids.js';
import { thousands } from '../../core/text/thousands.js';
import type { PreparedFleet } from './prepared.js';

/** What became of an instance. */
export interface Fate {
  readonly status: InstanceStatus;
  readonly error?: ErrorDetails;
}

/** What became of instances, by their ids, where something did. */
export type Outcomes = ReadonlyMap<string, Fate>;

/** An instance with which something went wrong. */
export interface Failure {
  readonly id: string;
  readonly error: ErrorDetails;
}

/** Failures by their code, each with the ids. */
export function failuresByCode(
  failures: readonly Failure[],
): readonly { readonly error: ErrorDetails; readonly ids: readonly string[] }[] {
  const byCode = new Map<string, { readonly error: ErrorDetails; readonly ids: string[] }>();
  for (const { id, error } of failures) {
    const known = byCode.get(error.code);
    if (known === undefined) byCode.set(error.code, { error, ids: [id] });
    else known.ids.push(id);
  }
  return [...byCode.values()];
}

/** Every instance that failed or was refused, with its error. */
export function failuresOf(
  { refused }: Pick<PreparedFleet, 'refused'>,
  outcomes: Outcomes,
): readonly Failure[] {
  const failed = [...outcomes].flatMap(([id, { status, error }]) =>
    status === 'failed' && error !== undefined ? [{ id, error }] : [],
  );
  return [...refused.map(({ id, error }) => ({ id, error })), ...failed];
}

/** What went wrong alike with some instances, as a row of the report says it. */
export function failureText(error: ErrorDetails, ids: readonly string[]): string {
  return ids.length === 1 ? error.message : `${error.code}: ${idsText(ids)}; ${error.why}`;
}

const fine: ReadonlySet<InstanceStatus> = new Set(['planned', 'done', 'in-place']);

/** The error of a run in which some instances failed; the only one, where all that were tried failed alike. */
export function partError(
  failures: readonly Failure[],
  instances: readonly ReportInstance[],
): ErrorDetails | null {
  const [first] = failures;
  if (first === undefined) return null;
  const isFine = ({ status = 'failed' }: ReportInstance): boolean => fine.has(status);
  if (!instances.some(isFine) && failuresByCode(failures).length === 1) return first.error;
  const codes = failuresByCode(failures).map(({ error, ids }) => `${error.code} (${thousands(ids.length)})`);
  return {
    code: 'PARTLY_DONE',
    message: `${thousands(failures.length)} of ${thousands(instances.length)} instances failed: ${codes.join(', ')}`,
    why: `${first.id}: ${first.error.message}`,
    fix: `${first.error.fix}; the same command again does only what is left`,
    exitCode: ExitCode.failed,
  };
}
