import type { ChangeResult } from '../../core/change-result.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { Finding } from '../../core/finding.js';
import { firstFailure } from '../../core/finding.js';
import type { HostOutcome } from '../../core/remote/outcome.js';
import { isDone } from '../../core/remote/outcome.js';
import type { ReportHost } from '../../core/report.js';
import { idsText } from '../../core/text/ids.js';
import { scrub } from '../../core/text/scrub.js';
import type { FailureContext } from '../../failures/index.js';
import { explainCode } from '../../failures/index.js';

/** What the hosts come to in the report of this run. */
export interface HostsTold {
  readonly hosts: ReadonlyMap<string, ReportHost>;
  readonly changes: readonly ChangeResult[];
  readonly checks: readonly Finding[];
  readonly error: ErrorDetails | null;
  /** Hosts for which the command has to be run again. */
  readonly left: readonly string[];
}

/** What hosts come to of which none is left. */
export const nobody: HostsTold = { hosts: new Map(), changes: [], checks: [], error: null, left: [] };

/** The warning that hosts were passed over which Systems Manager does not know; none for none. */
export function unknownFindings(ids: readonly string[]): readonly Finding[] {
  if (ids.length === 0) return [];
  return [
    {
      id: 'host',
      status: 'warn',
      code: 'NOT_REGISTERED',
      message: `${idsText(ids)}: not managed by Systems Manager, so nothing was looked for there`,
      cause: 'as far as the receipt tells, nothing was begun there',
      who: 'you',
      fix: 'nothing to do, unless the host half was done there in another way',
    },
  ];
}

/** Why a host is not done, as one finding. */
function reasonOf({ instanceId, report, trouble, exitCode }: HostOutcome, known: FailureContext): Finding {
  const base = { id: 'host', status: 'fail' } as const;
  if (trouble !== null) {
    const { code, cause, who, fix, message } = explainCode(trouble.code, trouble.message, {
      ...known,
      instanceId,
    });
    return { ...base, code, message, cause, who, fix };
  }
  const error = report?.error;
  if (error !== undefined)
    return { ...base, code: error.code, message: error.message, cause: error.why, fix: error.fix };
  const failed = firstFailure(report?.checks ?? []) ?? report?.checks.find(({ status }) => status === 'warn');
  return { ...(failed ?? { message: `the tool ended with ${exitCode}` }), ...base };
}

function hostOf(outcome: HostOutcome, known: FailureContext): ReportHost {
  const { report, commandId: command } = outcome;
  const done = isDone(outcome);
  const { code = 'HOST_FAILED', message, cause = '', fix = '' } = reasonOf(outcome, known);
  const told = report?.error ?? { code, message, why: cause, fix, exitCode: ExitCode.failed };
  const error = done || (report !== null && report.error === undefined) ? {} : { error: told };
  const status = done ? 'done' : 'failed';
  return { status, command, changes: report?.changes ?? [], checks: report?.checks ?? [], ...error };
}

/** Hosts that fare alike as one row: those that are done, then the others by the code of what is wrong. */
function grouped(outcomes: readonly HostOutcome[], known: FailureContext): readonly Finding[] {
  const done = outcomes.filter(isDone);
  const groups = new Map<string, { readonly ids: string[]; readonly first: Finding }>();
  for (const outcome of outcomes.filter((one) => !isDone(one))) {
    const reason = reasonOf(outcome, known);
    const group = groups.get(reason.code ?? '') ?? { ids: [], first: reason };
    group.ids.push(outcome.instanceId);
    groups.set(reason.code ?? '', group);
  }
  const fine = `${done.length} of ${outcomes.length} hosts are done`;
  const rows = [...groups.values()].map(
    ({ ids, first }): Finding => ({ ...first, message: scrub(`${idsText(ids)}: ${first.message}`) }),
  );
  return [{ id: 'hosts', status: done.length === 0 ? 'warn' : 'ok', message: fine }, ...rows];
}

function errorFor(outcomes: readonly HostOutcome[], rows: readonly Finding[]): ErrorDetails | null {
  const wrong = outcomes.filter((one) => !isDone(one));
  if (wrong.every(({ exitCode }) => exitCode === ExitCode.pending)) return null;
  const codes = rows.flatMap(({ status, code }) => (status === 'fail' && code !== undefined ? [code] : []));
  return {
    code: 'HOSTS_LEFT',
    message: `${wrong.length} of ${outcomes.length} hosts are not done`,
    why: `what was met: ${[...new Set(codes)].join(', ')}`,
    fix: 'see above what each needs; the next command does only what is left',
    exitCode: ExitCode.failed,
  };
}

/** One host is told as if it were this one; of several, those that fare alike together. */
export function tellHosts(outcomes: readonly HostOutcome[], known: FailureContext): HostsTold {
  const hosts = new Map(outcomes.map((outcome) => [outcome.instanceId, hostOf(outcome, known)]));
  const left = outcomes.filter((one) => !isDone(one)).map(({ instanceId }) => instanceId);
  const [only, other] = outcomes;
  if (only !== undefined && other === undefined) {
    const { changes, checks, error } = hostOf(only, known);
    const words = error === undefined ? null : { ...error, message: `${only.instanceId}: ${error.message}` };
    return { hosts, left, changes, checks, error: words };
  }
  const checks = grouped(outcomes, known);
  return { hosts, left, changes: [], checks, error: errorFor(outcomes, checks) };
}
