import type { Receipt } from '../../core/receipt.js';
import { newReceipt } from '../../core/receipt.js';
import { newReceiptId } from './receipts.js';
import type { Runtime } from '../runtime.js';

/** What was put together from the tags in the account, and of what. */
interface Told {
  /** The instances that it is about, as a person would say it. */
  readonly whom: string;
  readonly account: string;
  /** Whether there is anything to take back. */
  readonly found: boolean;
  /** What the account does not tell, and what of it stays in any case. */
  readonly unknown: Iterable<string>;
  readonly staying: Iterable<string>;
}

/** Says that there is no receipt and what that means; nothing where nothing was found and nothing stays. */
export function tellRecovered({ progress }: Runtime, { whom, account, found, unknown, staying }: Told): void {
  const told = [...(found ? unknown : staying)];
  if (!found && told.length === 0) return;
  progress.warn(`there is no receipt for ${whom} here; this is from the tags in the account ${account}`);
  for (const what of told) progress.warn(`not known: ${what}`);
}

/**
 * A receipt put together from the tags in the account, for an instance whose own one is not here: the terminal in the
 * browser has forgotten its home, or somebody else set it up. `null` where no instance is named, the account is not to be
 * asked, or nothing of the tool's making is there. Says what the account does not tell.
 */
export async function recoverReceipt(runtime: Runtime): Promise<Receipt | null> {
  const { settings, clock } = runtime;
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
  const { entries, unknown: shared, unknownHere, staying } = recover(traces, createdAt);
  const unknown = [...shared, ...unknownHere];
  const { account: number } = identity;
  tellRecovered(runtime, { whom: instanceId, account: number, found: entries.length > 0, unknown, staying });
  if (entries.length === 0) return null;
  const target = { account: number, region, instanceId };
  return newReceipt(newReceiptId(), createdAt, target, entries);
}
