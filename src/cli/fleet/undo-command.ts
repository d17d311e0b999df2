import { ExitCode, usageError } from '../../core/errors.js';
import type { Receipt } from '../../core/receipt.js';
import { fleetTarget } from '../../core/receipt.js';
import { emptyReport } from '../../core/report.js';
import { openReceipts } from '../../core/receipt-store.js';
import { pendingEntries } from '../../core/undo.js';
import { findReceipt } from '../look/receipts.js';
import { explainEarly, finishWithError } from '../tell/outcome.js';
import type { Runtime } from '../runtime.js';
import { hostsOnly } from './hosts.js';
import { withLatecomers } from './latecomers.js';
import { recoverFleet } from './recover.js';
import { findFleet } from './targets.js';
import { undoFleetReceipt } from './undo.js';

async function receiptFor(runtime: Runtime, region: string, account: string): Promise<Receipt | null> {
  const receipt = await findReceipt(runtime, fleetTarget(account, region));
  const { receipt: named } = runtime.settings;
  if (named === null || receipt?.id === named) return receipt;
  throw usageError(
    'NO_RECEIPT',
    `no open receipt ${named} about many instances of ${region}`,
    'undo does what a receipt says',
    'see the end of the run that it belongs to, or leave --receipt out',
  );
}

/** Open receipts of single wanted instances, which tell more of them than that of all or the tags. */
async function singleReceipts(runtime: Runtime, wanted: readonly string[]): Promise<readonly Receipt[]> {
  const ids = new Set<string | null>(wanted);
  return (await openReceipts(await runtime.store())).filter(
    ({ target, entries }) => ids.has(target.instanceId) && pendingEntries(entries).length > 0,
  );
}

/**
 * Says which instances were set up by themselves. Throws SEVERAL_RECEIPTS where there is no receipt about many: what the tags tell
 * is less.
 */
async function tellSingle(runtime: Runtime, wanted: readonly string[], known: boolean): Promise<void> {
  const single = await singleReceipts(runtime, wanted);
  const [first] = single;
  if (first === undefined) return;
  const list = single.map(({ id, target }) => `${target.instanceId ?? ''} (${id})`).join(', ');
  const message = `set up by itself, with a receipt of its own: ${list}`;
  const fix = `undo --instance-id ${first.target.instanceId ?? ''}`;
  if (!known) throw usageError('SEVERAL_RECEIPTS', message, 'undo takes receipts back one by one', fix);
  runtime.progress.warn(`${message}; that is taken back by ${fix}`);
}

async function undoAll(runtime: Runtime): Promise<ExitCode> {
  const { settings } = runtime;
  const region = await runtime.region();
  const account = await runtime.account(region, settings.dryRun ? 'read-only' : 'read-write');
  const [identity, fleet] = await Promise.all([
    account.identity.getCallerIdentity(),
    findFleet(runtime, account, region),
  ]);
  const wanted = [...fleet.instances.map(({ id }) => id), ...fleet.missing];
  const own = await receiptFor(runtime, region, identity.account);
  const known = own !== null && pendingEntries(own.entries).length > 0 ? own : null;
  await tellSingle(runtime, wanted, known !== null);
  const now = new Date(runtime.clock.now()).toISOString();
  const receipt =
    known === null
      ? await recoverFleet(runtime, account, fleet)
      : withLatecomers(known, fleet.instances, now);
  if (receipt !== null) return undoFleetReceipt(runtime, receipt, wanted);
  if (settings.host === 'ssm' && !settings.dryRun) return hostsOnly(runtime, 'undo');
  const nothing = `Nothing to undo: there is no open receipt here, and the account shows nothing of this tool's making for them under the name ${settings.roleName}.`;
  await runtime.reporter.finish({ ...emptyReport('undo', settings.mock), region }, nothing);
  return ExitCode.done;
}

/** `undo` of many instances: what their receipt says, or what the tags in the account tell. */
export async function undoFleet(runtime: Runtime): Promise<ExitCode> {
  const { settings } = runtime;
  try {
    if (!settings.dryRun) await runtime.lock();
    return await undoAll(runtime);
  } catch (error) {
    const details = await explainEarly(runtime, error);
    return finishWithError(runtime, emptyReport('undo', settings.mock), details);
  }
}
