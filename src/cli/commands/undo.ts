import { ExitCode, usageError } from '../../core/errors.js';
import { openJournal } from '../../core/journal.js';
import type { Receipt } from '../../core/receipt.js';
import { openReceipts, receiptFileName } from '../../core/receipt-store.js';
import type { Report } from '../../core/report.js';
import { emptyReport } from '../../core/report.js';
import type { ChangeResult } from '../../core/change-result.js';
import type { Lane, StepId } from '../../core/change.js';
import type { UndoResult } from '../../core/undo.js';
import { inverseActions, pendingEntries, undoOrder, undoReceipt } from '../../core/undo.js';
import { askConsent } from '../change/consent.js';
import { restartGateways } from '../change/gateway.js';
import { explain, finishWithError } from '../tell/outcome.js';
import { recoverReceipt } from '../look/recover.js';
import type { Runtime } from '../runtime.js';
import { resolveTarget } from '../look/target.js';
import { describeSteps, makeWorkers } from '../change/workers.js';

type Descriptions = ReadonlyMap<StepId, { readonly title: string; readonly lane: Lane }>;

function describeWith(steps: Descriptions) {
  return (step: StepId): { readonly title: string; readonly lane: Lane } =>
    steps.get(step) ?? { title: step, lane: 'host' };
}

function isAbout({ target, entries }: Receipt, instanceId: string): boolean {
  if (target.fleet !== true) return target.instanceId === instanceId;
  return pendingEntries(entries).some(([, { undo }]) => {
    const { instanceId: of } = (undo ?? {}) as { readonly instanceId?: unknown };
    return of === instanceId;
  });
}

function targetText({ target: { instanceId, fleet, region } }: Receipt): string {
  return `${fleet === true ? 'many instances' : (instanceId ?? 'this host')}, ${region}`;
}

async function chooseReceipt(runtime: Runtime): Promise<Receipt | null> {
  const { settings } = runtime;
  const receipts = (await openReceipts(await runtime.store())).filter(
    (receipt) => pendingEntries(receipt.entries).length > 0,
  );
  const [instanceId] = settings.instanceIds;
  const fits = receipts.filter(
    (receipt) =>
      (settings.receipt === null || receipt.id === settings.receipt) &&
      (instanceId === undefined || isAbout(receipt, instanceId)) &&
      (settings.region === null || receipt.target.region === settings.region),
  );
  const [first, second] = fits;
  if (settings.receipt !== null && first === undefined) {
    throw usageError(
      'NO_RECEIPT',
      `no open receipt ${settings.receipt}`,
      'undo does what a receipt says',
      'see the end of the run that it belongs to, or leave --receipt out',
    );
  }
  if (second === undefined) return first ?? null;
  const list = fits.map((receipt) => `${receipt.id} (${targetText(receipt)})`);
  throw usageError(
    'SEVERAL_RECEIPTS',
    `there are ${fits.length} receipts: ${list.join(', ')}`,
    'undo takes them back one by one',
    `name one, for example --receipt ${first?.id ?? ''}`,
  );
}

function previewOf(runtime: Runtime, receipt: Receipt, steps: Descriptions): Report {
  const describe = describeWith(steps);
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
  const instances = instanceId === null ? [] : [{ id: instanceId, name: null, state: null, profile: null }];
  return { ...emptyReport('undo', runtime.settings.mock), account, region, instances, changes };
}

async function carryOut(runtime: Runtime, receipt: Receipt, steps: Descriptions): Promise<UndoResult> {
  const { settings, clock } = runtime;
  const lanes = new Set(pendingEntries(receipt.entries).map(([, entry]) => steps.get(entry.step)?.lane));
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
    describe: describeWith(steps),
  });
  if (
    host !== null &&
    result.changes.some((change) => change.lane === 'host' && change.status === 'applied')
  ) {
    await restartGateways(runtime, host.host);
  }
  return result;
}

/** Whether the host half was put back by an undo that did not get through the account's. */
function hostIsDone({ entries }: Receipt): boolean {
  const pending = pendingEntries(entries);
  return pending.length > 0 && pending.every(([, { host }]) => host === 'undone');
}

/** What was put back on hosts that are somewhere else, as a report; `null` where none are meant. */
async function undoFar(runtime: Runtime): Promise<Report | null> {
  const { settings } = runtime;
  if (settings.host !== 'ssm' || settings.dryRun) return null;
  const target = await resolveTarget(runtime);
  await askConsent(runtime, 'Put back what was changed on the hosts, through Systems Manager?');
  const { undoHosts } = await import('../remote/commands.js');
  const { hosts, changes, checks, error } = await undoHosts(runtime, target);
  const bare = { name: null, state: null, profile: null };
  return {
    ...emptyReport('undo', settings.mock),
    region: target.region,
    instances: [...hosts].map(([id, host]) => ({ id, ...bare, host })),
    changes,
    checks,
    ok: error === null,
    ...(error === null ? {} : { error }),
  };
}

/** Writes down that the host half was put back: once the account's is, nobody may reach the host to see. */
async function recordHost(runtime: Runtime, receipt: Receipt): Promise<Receipt> {
  const journal = openJournal(receipt, await runtime.store(), runtime.clock);
  for (const [index, { status }] of pendingEntries(receipt.entries))
    await journal.record(index, status, { host: 'undone' });
  return journal.receipt;
}

async function undoChosen(runtime: Runtime, chosen: Receipt, far: Report | null): Promise<ExitCode> {
  const { settings } = runtime;
  if (chosen.target.fleet === true) {
    const { undoFleetReceipt } = await import('../fleet/undo.js');
    return undoFleetReceipt(runtime, chosen, settings.instanceIds.length === 0 ? null : settings.instanceIds);
  }
  const receipt = far === null ? chosen : await recordHost(runtime, chosen);
  const steps = await describeSteps();
  const preview = previewOf(runtime, receipt, steps);
  if (settings.dryRun) {
    await runtime.reporter.finish(preview, 'Nothing was changed.');
    return ExitCode.done;
  }
  runtime.reporter.preview(preview);
  await askConsent(runtime, 'Put this back?');
  const result = await carryOut(runtime, receipt, steps);
  const [error] = result.errors;
  const path = (await runtime.store()).path(receiptFileName(receipt.id));
  const report = {
    ...preview,
    instances: far === null || far.instances.length === 0 ? preview.instances : far.instances,
    changes: [...(far?.changes ?? []), ...result.changes],
    checks: far?.checks ?? [],
    receipt: path,
    ok: error === undefined,
    ...(error === undefined ? {} : { error }),
  };
  await runtime.reporter.finish(
    report,
    error === undefined ? 'Everything is as it was.' : 'Not everything could be put back.',
  );
  return error === undefined ? ExitCode.done : error.exitCode;
}

function nothing({ settings }: Runtime): string {
  const base = 'Nothing to undo: there is no open receipt here';
  if (settings.cloud === 'skip') return `${base}.`;
  return settings.instanceIds.length === 0
    ? `${base}. With --instance-id the tags in the account are looked at too.`
    : `${base}, and nothing in the account has the tag of this tool.`;
}

/** `undo`: puts back what the receipt says, last first, and nothing else. */
export async function undo(runtime: Runtime): Promise<ExitCode> {
  const empty = emptyReport('undo', runtime.settings.mock);
  try {
    if (!runtime.settings.dryRun) await runtime.lock();
    const known = await chooseReceipt(runtime);
    // The undo of many instances does their hosts itself.
    const isDone = known !== null && known.target.fleet !== true && hostIsDone(known);
    const far = known?.target.fleet === true || isDone ? null : await undoFar(runtime);
    if (far?.error !== undefined) {
      await runtime.reporter.finish(far, 'The account is as it was: Systems Manager may need its role.');
      return far.error.exitCode;
    }
    const receipt = known ?? (await recoverReceipt(runtime));
    if (receipt !== null) return await undoChosen(runtime, receipt, far);
    await runtime.reporter.finish(far ?? empty, nothing(runtime));
    return ExitCode.done;
  } catch (error) {
    return finishWithError(runtime, empty, explain(runtime, error));
  }
}
