import type { ChangeResult } from '../../core/change-result.js';
import { ExitCode } from '../../core/errors.js';
import { openJournal } from '../../core/journal.js';
import type { Receipt } from '../../core/receipt.js';
import { receiptFileName } from '../../core/receipt-store.js';
import type { Report } from '../../core/report.js';
import { bareInstance, emptyReport, withError } from '../../core/report.js';
import type { DescribeStep } from '../../core/step.js';
import type { UndoResult } from '../../core/undo.js';
import { inverseActions, pendingEntries, undoOrder, undoReceipt } from '../../core/undo.js';
import { askConsent } from '../change/consent.js';
import { restartGateways } from '../change/gateway.js';
import { describeAllSteps, makeWorkers } from '../change/workers.js';
import { chooseReceipt } from '../look/choose-receipt.js';
import { recoverReceipt } from '../look/recover.js';
import type { Runtime } from '../runtime.js';
import { explain, finishWithError } from '../tell/outcome.js';

function previewOf(runtime: Runtime, receipt: Receipt, describe: DescribeStep): Report {
  const changes = undoOrder(receipt.entries).map(([, entry]): ChangeResult => {
    const { title, lane } = describe(entry.step);
    return {
      step: entry.step,
      lane,
      title,
      action: inverseActions[entry.action],
      target: entry.target,
      detail: `${entry.action} is taken back`,
      status: 'planned',
    };
  });
  const { account, region, instanceId } = receipt.target;
  const instances = instanceId === null ? [] : [bareInstance(instanceId)];
  return { ...emptyReport('undo', runtime.settings.mock), account, region, instances, changes };
}

async function carryOut(runtime: Runtime, receipt: Receipt, describe: DescribeStep): Promise<UndoResult> {
  const { settings, clock } = runtime;
  const lanes = new Set(pendingEntries(receipt.entries).map(([, entry]) => describe(entry.step).lane));
  const cloud =
    lanes.has('cloud') && settings.cloud !== 'skip'
      ? await runtime.account(receipt.target.region, 'read-write')
      : null;
  const host = lanes.has('host') && settings.host !== 'skip' ? { clock, host: await runtime.host() } : null;
  const result = await undoReceipt({
    workers: await makeWorkers(cloud, host),
    journal: openJournal(receipt, await runtime.store(), clock),
    progress: runtime.progress,
    explain: (error) => explain(runtime, error),
    describe,
  });
  if (
    host !== null &&
    result.changes.some((change) => change.lane === 'host' && change.status === 'applied')
  ) {
    await restartGateways(runtime, host.host);
  }
  return result;
}

async function undoChosen(runtime: Runtime, receipt: Receipt, far: Report | null): Promise<ExitCode> {
  const { settings } = runtime;
  const describe = await describeAllSteps();
  const preview = previewOf(runtime, receipt, describe);
  if (settings.dryRun) {
    await runtime.reporter.finish(preview, 'Nothing was changed.');
    return ExitCode.done;
  }
  runtime.reporter.preview(preview);
  await askConsent(runtime, 'Put this back?');
  const { changes, errors } = await carryOut(runtime, receipt, describe);
  const [error = null] = errors;
  const report = {
    ...preview,
    instances: far === null || far.instances.length === 0 ? preview.instances : far.instances,
    changes: [...(far?.changes ?? []), ...changes],
    checks: far?.checks ?? [],
    receipt: (await runtime.store()).path(receiptFileName(receipt.id)),
  };
  const closing = error === null ? 'Everything is as it was.' : 'Not everything could be put back.';
  await runtime.reporter.finish(withError(report, error), closing);
  return error?.exitCode ?? ExitCode.done;
}

function nothing({ settings }: Runtime): string {
  const base = 'Nothing to undo: there is no open receipt here';
  if (settings.cloud === 'skip') return `${base}.`;
  return settings.instanceIds.length === 0
    ? `${base}. With --instance-id the tags in the account are looked at too.`
    : `${base}, and nothing in the account has the tag of this tool.`;
}

/** What one instance or this host has: first on a host that is somewhere else, then what the receipt says. */
async function undoOne(runtime: Runtime, known: Receipt | null): Promise<ExitCode> {
  const { settings, reporter } = runtime;
  const fromAfar = settings.host === 'ssm' && !settings.dryRun;
  const remote = fromAfar ? await import('../remote/undo.js') : null;
  const far = (await remote?.undoFar(runtime, known)) ?? null;
  if (far?.error !== undefined) {
    await reporter.finish(far, 'The account is as it was: Systems Manager may need its role.');
    return far.error.exitCode;
  }
  const receipt = known ?? (await recoverReceipt(runtime));
  if (receipt === null) {
    await reporter.finish(far ?? emptyReport('undo', settings.mock), nothing(runtime));
    return ExitCode.done;
  }
  const noted = remote === null || far === null ? receipt : await remote.recordHost(runtime, receipt);
  return undoChosen(runtime, noted, far);
}

/** `undo`: puts back what the receipt says, last first, and nothing else. */
export async function undo(runtime: Runtime): Promise<ExitCode> {
  const { settings } = runtime;
  try {
    if (!settings.dryRun) await runtime.lock();
    const known = await chooseReceipt(runtime);
    if (known?.target.fleet !== true) return await undoOne(runtime, known);
    // The undo of many instances does their hosts itself.
    const { undoFleetReceipt } = await import('../fleet/undo.js');
    const wanted = settings.instanceIds.length === 0 ? null : settings.instanceIds;
    return await undoFleetReceipt(runtime, known, wanted);
  } catch (error) {
    return finishWithError(runtime, emptyReport('undo', settings.mock), explain(runtime, error));
  }
}
