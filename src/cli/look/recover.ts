import type { Receipt } from '../../core/receipt.js';
import { newReceipt } from '../../core/receipt.js';
import { newReceiptId } from './receipts.js';
import type { Runtime } from '../runtime.js';

/**
 * A receipt put together from the tags in the account, for an instance whose own one is not here: the terminal in the
 * browser has forgotten its home, or somebody else set it up. `null` where no instance is named, the account is not to be
 * asked, or nothing of the tool's making is there. Says what the account does not tell.
 */
export async function recoverReceipt(runtime: Runtime): Promise<Receipt | null> {
  const { settings, progress, clock } = runtime;
  const [instanceId] = settings.instanceIds;
  if (instanceId === undefined || settings.cloud === 'skip') return null;
  const region = await runtime.region();
  const [account, { readTraces }, { recover }] = await Promise.all([
    runtime.account(region, 'read-only'),
    import('../../steps/cloud/traces.js'),
    import('../../steps/cloud/recover.js'),
  ]);
  const [identity, traces] = await Promise.all([
    account.identity.getCallerIdentity(),
    readTraces(instanceId, settings.roleName, account),
  ]);
  const createdAt = new Date(clock.now()).toISOString();
  const { entries, unknown, staying } = recover(traces, createdAt);
  const told = entries.length === 0 ? staying : unknown;
  if (entries.length === 0 && told.length === 0) return null;
  progress.warn(
    `there is no receipt for ${instanceId} here; this is from the tags in the account ${identity.account}`,
  );
  for (const what of told) progress.warn(`not known: ${what}`);
  if (entries.length === 0) return null;
  const target = { account: identity.account, region, instanceId };
  return newReceipt(newReceiptId(), createdAt, target, entries);
}
