import type { ChangeResult } from '../../core/change-result.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { Receipt } from '../../core/receipt.js';
import { receiptFileName } from '../../core/receipt-store.js';
import type { Report, ReportInstance } from '../../core/report.js';
import { isFleet } from '../../core/settings.js';
import { withHosts } from '../remote/merge.js';
import type { HostsTold } from '../remote/tell.js';
import type { Runtime } from '../runtime.js';
import { commandLine } from '../tell/command-line.js';
import { fleetCommandLine } from './command-line.js';
import { partError, tally } from './report.js';
import { leftRows, ownRows } from './undo-plan.js';

/** How it went with what instances share: the rows of the report, and what stood in the way. */
export interface SharedBack {
  readonly changes: readonly ChangeResult[];
  readonly errors: readonly ErrorDetails[];
}

/** A report with what the hosts said. */
export function withTold(report: Report, told: HostsTold | null): Report {
  return told === null
    ? report
    : { ...report, instances: withHosts(report.instances, told), checks: [...report.checks, ...told.checks] };
}

/** The command that does what is left. */
function again({ settings }: Runtime, { target: { region } }: Receipt): string {
  if (isFleet(settings)) return fleetCommandLine(settings, region, 'undo');
  const target = {
    here: null,
    instanceId: settings.instanceIds[0] ?? null,
    region,
    cloud: true,
    host: false,
  };
  return commandLine(settings, target, 'undo');
}

/** Shows how an undo of many instances went; gives the exit code. */
export async function finishUndo({
  undoing: { runtime, receipt },
  shown,
  own,
  shared,
  told,
  left,
}: {
  readonly told: HostsTold | null;
  readonly left: ReadonlySet<string>;
  readonly undoing: { readonly runtime: Runtime; readonly receipt: Receipt };
  readonly shown: Report;
  readonly own: ReadonlyMap<string, ErrorDetails | null>;
  readonly shared: SharedBack | null;
}): Promise<ExitCode> {
  const instances = shown.instances.map((one): ReportInstance => {
    const error = own.get(one.id) ?? null;
    if (left.has(one.id)) return { ...one, status: 'skipped' };
    return error === null ? { ...one, status: 'done' } : { ...one, status: 'failed', error };
  });
  const failures = [...own].flatMap(([id, error]) => (error === null ? [] : [{ id, error }]));
  const error = partError(failures, instances) ?? shared?.errors[0] ?? told?.error ?? null;
  const kept = shown.changes.filter(({ status }) => status === 'skipped');
  const report = {
    ...shown,
    instances,
    changes: [...ownRows(own), ...leftRows(left), ...(shared?.changes ?? kept), ...(told?.changes ?? [])],
    receipt: (await runtime.store()).path(receiptFileName(receipt.id)),
    ok: error === null,
    next: left.size === 0 ? [] : [again(runtime, receipt)],
    ...(error === null ? {} : { error }),
  };
  const closing = error === null ? 'It is as it was.' : 'Not everything could be put back.';
  const counts = tally(instances);
  await runtime.reporter.finish(report, counts === '' ? closing : `${counts}. ${closing}`);
  return error?.exitCode ?? ExitCode.done;
}
