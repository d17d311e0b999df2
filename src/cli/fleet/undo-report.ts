import type { ChangeResult } from '../../core/change-result.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { Receipt } from '../../core/receipt.js';
import { receiptFileName } from '../../core/receipt-store.js';
import type { Report, ReportInstance } from '../../core/report.js';
import { withError } from '../../core/report.js';
import { isFleet } from '../../core/settings.js';
import { idsText, instancesText } from '../../core/text/ids.js';
import { retaining } from '../../core/undo.js';
import { elsewhere } from '../look/target.js';
import { withHosts } from '../remote/merge.js';
import type { HostsTold } from '../remote/tell.js';
import type { Runtime } from '../runtime.js';
import { commandLine } from '../tell/command-line.js';
import { fleetCommandLine } from './command-line.js';
import { tally } from './report.js';
import { failuresByCode, failureText, partError } from './failures.js';
import { describeFleetStep } from './steps.js';

/** How it went with what instances share: the rows of the report, and what stood in the way. */
export interface SharedBack {
  readonly changes: readonly ChangeResult[];
  readonly errors: readonly ErrorDetails[];
}

/** The row of instances that keep what they have, since their hosts were not reached. */
function leftRows(left: ReadonlySet<string>): readonly ChangeResult[] {
  const ids = [...left];
  if (ids.length === 0) return [];
  const base = { step: 'association', ...describeFleetStep('association') } as const;
  const detail = `kept until the host half is put back: ${idsText(ids)}`;
  return [{ ...base, action: 'none', target: instancesText(ids), detail, status: 'skipped' }];
}

/** The rows of what was taken back, or not, of the instances' own; what stood in the way alike in one. */
function ownRows(errors: ReadonlyMap<string, ErrorDetails | null>): readonly ChangeResult[] {
  const base = { step: 'association', ...describeFleetStep('association') } as const;
  const fine = [...errors].flatMap(([id, error]) => (error === null ? [id] : []));
  const failed = [...errors].flatMap(([id, error]) => (error === null ? [] : [{ id, error }]));
  return [
    ...(fine.length === 0
      ? []
      : [
          {
            ...base,
            action: 'delete',
            target: instancesText(fine),
            detail: 'put back',
            status: 'applied',
          } as const,
        ]),
    ...failuresByCode(failed).map(({ error, ids }): ChangeResult => {
      const status = retaining.has(error.code) ? 'skipped' : 'failed';
      const detail = failureText(error, ids);
      return { ...base, action: 'none', target: instancesText(ids), detail, status };
    }),
  ];
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
  return commandLine(settings, elsewhere(region, settings.instanceIds[0]), 'undo');
}

/** How an undo of many instances went. */
export interface UndoneFleet {
  /** What was shown before, with what the hosts said. */
  readonly shown: Report;
  /** For each instance what stood in the way of its own, or `null`. */
  readonly own: ReadonlyMap<string, ErrorDetails | null>;
  readonly shared: SharedBack;
  /** `null`: no host was asked. */
  readonly told: HostsTold | null;
  /** Instances that keep what they have, since their hosts were not reached. */
  readonly left: ReadonlySet<string>;
}

/** Shows how an undo of many instances went; gives the exit code. */
export async function finishUndo(
  runtime: Runtime,
  receipt: Receipt,
  { shown, own, shared, told, left }: UndoneFleet,
): Promise<ExitCode> {
  const instances = shown.instances.map((one): ReportInstance => {
    const error = own.get(one.id) ?? null;
    if (left.has(one.id)) return { ...one, status: 'skipped' };
    return error === null ? { ...one, status: 'done' } : { ...one, status: 'failed', error };
  });
  const failures = [...own].flatMap(([id, error]) => (error === null ? [] : [{ id, error }]));
  const error = partError(failures, instances) ?? shared.errors[0] ?? told?.error ?? null;
  const kept = shown.changes.filter(({ status }) => status === 'skipped');
  const report = {
    ...shown,
    instances,
    changes: [...ownRows(own), ...leftRows(left), ...shared.changes, ...kept, ...(told?.changes ?? [])],
    receipt: (await runtime.store()).path(receiptFileName(receipt.id)),
    next: left.size === 0 ? [] : [again(runtime, receipt)],
  };
  const closing = error === null ? 'It is as it was.' : 'Not everything could be put back.';
  const counts = tally(instances);
  await runtime.reporter.finish(withError(report, error), counts === '' ? closing : `${counts}. ${closing}`);
  return error?.exitCode ?? ExitCode.done;
}
