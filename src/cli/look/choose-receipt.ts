import { usageError } from '../../core/errors.js';
import type { Receipt } from '../../core/receipt.js';
import { instanceOf } from '../../core/receipt.js';
import { openReceipts } from '../../core/receipt-store.js';
import { isOfHost, pendingEntries } from '../../core/undo.js';
import type { Runtime } from '../runtime.js';

function isAbout({ target, entries }: Receipt, instanceId: string): boolean {
  if (target.fleet !== true) return target.instanceId === instanceId;
  return pendingEntries(entries).some(
    ([, entry]) => instanceOf(entry) === instanceId || entry.instances?.includes(instanceId),
  );
}

function targetText({ target: { instanceId, fleet, region } }: Receipt): string {
  return `${fleet === true ? 'many instances' : (instanceId ?? 'this host')}, ${region}`;
}

/**
 * Of several receipts those of this very instance, where nothing says which are meant. Throws OTHER_INSTANCE where this disk was
 * copied from that of another: it brought the receipt along, and the account's half would be taken from the other one.
 */
async function ofThisInstance(runtime: Runtime, receipts: readonly Receipt[]): Promise<readonly Receipt[]> {
  const { settings } = runtime;
  if (settings.receipt !== null || settings.instanceIds.length > 0 || receipts.length === 0) return receipts;
  const here = (await runtime.here())?.instanceId;
  const own = receipts.filter(({ target }) => target.instanceId === here);
  if (own.length > 0) return own;
  const copied = receipts.find(
    ({ target, entries }) =>
      here !== undefined &&
      target.instanceId !== null &&
      pendingEntries(entries).some(([, entry]) => isOfHost(entry)),
  );
  if (copied === undefined || settings.cloud === 'skip') return receipts;
  throw usageError(
    'OTHER_INSTANCE',
    `the receipt ${copied.id} is about ${copied.target.instanceId ?? ''}, and this is ${here ?? ''}`,
    'a copied disk brings the receipts of the other instance along, which would lose its role',
    'undo --cloud skip puts back what is on this host; with --instance-id the other one is meant',
  );
}

/**
 * The open receipt that an undo means, of one instance or of many; `null` where there is none. Throws NO_RECEIPT for one that was
 * named, OTHER_INSTANCE, SEVERAL_RECEIPTS and RECEIPT_INVALID.
 */
export async function chooseReceipt(runtime: Runtime): Promise<Receipt | null> {
  const { settings } = runtime;
  const receipts = (await openReceipts(await runtime.store())).filter(
    (receipt) => pendingEntries(receipt.entries).length > 0,
  );
  const [instanceId] = settings.instanceIds;
  const named = receipts.filter(
    (receipt) =>
      (settings.receipt === null || receipt.id === settings.receipt) &&
      (instanceId === undefined || isAbout(receipt, instanceId)) &&
      (settings.region === null || receipt.target.region === settings.region),
  );
  const fits = await ofThisInstance(runtime, named);
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
