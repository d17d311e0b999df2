import type { ChangeResult } from '../../core/change-result.js';
import { ExitCode } from '../../core/errors.js';
import { openJournal } from '../../core/journal.js';
import type { Receipt } from '../../core/receipt.js';
import { receiptFileName } from '../../core/receipt-store.js';
import type { Report } from '../../core/report.js';
import { bareInstance, emptyReport, withError } from '../../core/report.js';
import type { DescribeStep } from '../../core/step.js';
import type { UndoResult } from '../../core/undo.js';
import { inverseActions, skippedText, undoOrder, undoReceipt } from '../../core/undo.js';
import { joinEdits } from '../../core/undo-join.js';
import type { CloudWriters, HostWriters } from '../../ports/lanes.js';
import { askConsent } from '../change/consent.js';
import { restartGateways } from '../change/gateway.js';
import { lookUpSteps, makeWorkers } from '../change/workers.js';
import { chooseReceipt } from '../look/choose-receipt.js';
import { accountOf } from '../look/receipt-account.js';
import { recoverReceipt } from '../look/recover.js';
import type { Target } from '../look/target.js';
import { elsewhere } from '../look/target.js';
import type { Runtime } from '../runtime.js';
import { emptyStart, explain, explainEarly, finishWithError } from '../tell/outcome.js';

function previewOf({ settings }: Runtime, receipt: Receipt, describe: DescribeStep): Report {
  const changes = undoOrder(receipt.entries).map(([, entry]): ChangeResult => {
    const { title, lane } = describe(entry.step);
    const skipped = settings[lane] === 'skip';
    return {
      step: entry.step,
      lane,
      title,
      action: inverseActions[entry.action],
      target: entry.target,
      detail: skipped ? skippedText(lane) : `${entry.action} is taken back`,
      status: skipped ? 'skipped' : 'planned',
    };
  });
  const { account, region, instanceId } = receipt.target;
  const instances = instanceId === null ? [] : [bareInstance(instanceId)];
  return { ...emptyReport('undo', settings.mock), account, region, instances, changes };
}

/** The halves that are put back, with their ports; `null` for one that is left or has nothing. Throws WRONG_ACCOUNT. */
interface Halves {
  readonly cloud: CloudWriters | null;
  readonly host: HostWriters | null;
}

async function openHalves(runtime: Runtime, receipt: Receipt, { changes }: Report): Promise<Halves> {
  const lanes = new Set(changes.flatMap(({ lane, status }) => (status === 'planned' ? [lane] : [])));
  const cloud = lanes.has('cloud') ? await accountOf(runtime, receipt) : null;
  const host = lanes.has('host') ? { clock: runtime.clock, host: await runtime.host() } : null;
  if (cloud !== null && host !== null) await lookFirst(cloud, receipt, runtime.settings.roleName);
  return { cloud, host };
}

/**
 * Looks at what the account's half begins with. Who may not even look, such as the role of the instance, is told so before the
 * host's half is put back: a gateway without its settings and an instance that keeps its rights help nobody.
 */
async function lookFirst(
  { ec2, iam }: CloudWriters,
  { target: { instanceId } }: Receipt,
  roleName: string,
): Promise<void> {
  await Promise.all([
    iam.getRole(roleName),
    instanceId === null ? null : ec2.describeAssociation(instanceId),
  ]);
}

/** What is known of a receipt's instance, for what is said of a failure. */
function placeOf({ target: { region, instanceId } }: Receipt): Target {
  return elsewhere(region, instanceId);
}

async function carryOut(
  runtime: Runtime,
  receipt: Receipt,
  describe: DescribeStep,
  { cloud, host }: Halves,
): Promise<UndoResult> {
  const { clock } = runtime;
  const result = await undoReceipt({
    workers: await makeWorkers(cloud, host),
    journal: openJournal(receipt, await runtime.store(), clock),
    progress: runtime.progress,
    explain: (error) => explain(runtime, error, { target: placeOf(receipt) }),
    describe,
  });
  const isHostBack = result.changes.some(({ lane, status }) => lane === 'host' && status === 'applied');
  if (host === null || !isHostBack) return result;
  try {
    await restartGateways(runtime, host.host);
  } catch (error) {
    return { ...result, errors: [...result.errors, explain(runtime, error, { target: placeOf(receipt) })] };
  }
  return result;
}

async function undoChosen(runtime: Runtime, known: Receipt, far: Report | null): Promise<ExitCode> {
  const { settings } = runtime;
  const { describe, joins } = await lookUpSteps();
  const receipt = joinEdits(known, joins);
  const preview = previewOf(runtime, receipt, describe);
  if (settings.dryRun) {
    await runtime.reporter.finish(preview, 'Nothing was changed.');
    return ExitCode.done;
  }
  // Credentials that are missing, or of another account, are told before anything is asked or put back.
  const halves = await openHalves(runtime, receipt, preview);
  runtime.reporter.preview(preview);
  await askConsent(runtime, 'Put this back?');
  const { changes, errors } = await carryOut(runtime, receipt, describe, halves);
  const [error = null] = errors;
  const report = {
    ...preview,
    instances: far === null || far.instances.length === 0 ? preview.instances : far.instances,
    changes: [...(far?.changes ?? []), ...changes],
    checks: far?.checks ?? [],
    receipt: (await runtime.store()).path(receiptFileName(receipt.id)),
  };
  const isWhole = changes.every(({ status }) => status === 'applied');
  const done = isWhole ? 'Everything is as it was.' : 'The rest was left, as asked; the receipt keeps it.';
  const closing = error === null ? done : 'Not everything could be put back.';
  await runtime.reporter.finish(withError(report, error), closing);
  return error?.exitCode ?? ExitCode.done;
}

function nothing({ settings }: Runtime): string {
  const base = 'Nothing to undo: there is no open receipt here';
  if (settings.mock) return `${base}.${emptyStart(settings)}`;
  if (settings.cloud === 'skip') return `${base} of this host, and the account is left alone.`;
  return settings.instanceIds.length === 0
    ? `${base}. With --instance-id the tags in the account are looked at too.`
    : `${base}, and the account shows nothing of this tool's making for it under the name ${settings.roleName}.`;
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
  let known: Receipt | null = null;
  try {
    if (!settings.dryRun) await runtime.lock();
    known = await chooseReceipt(runtime);
    if (known?.target.fleet !== true) return await undoOne(runtime, known);
    // All that such a receipt tells is in the account.
    if (settings.cloud === 'skip') return await undoOne(runtime, null);
    // The undo of many instances does their hosts itself.
    const { undoFleetReceipt } = await import('../fleet/undo.js');
    const wanted = settings.instanceIds.length === 0 ? null : settings.instanceIds;
    return await undoFleetReceipt(runtime, known, wanted);
  } catch (error) {
    const details =
      known === null
        ? await explainEarly(runtime, error)
        : explain(runtime, error, { target: placeOf(known) });
    return finishWithError(runtime, emptyReport('undo', settings.mock), details);
  }
}
