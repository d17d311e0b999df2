import type { ReceiptStore } from '../ports/receipts.js';
import type { Receipt } from './receipt.js';
import { parseReceipt, withLog } from './receipt-parse.js';

/** Name under which a receipt is kept. */
export function receiptFileName(id: string): string {
  return `${id}.json`;
}

/** Name of the log beside a receipt: what was done since the receipt was last written as a whole. */
export function receiptLogName(id: string): string {
  return `${id}.log`;
}

/** The receipts that are not closed, newest first. One that cannot be read throws RECEIPT_INVALID. */
export async function openReceipts(store: ReceiptStore): Promise<readonly Receipt[]> {
  const receipts: Receipt[] = [];
  for (const name of await store.list()) {
    const text = await store.read(name);
    if (text === null) continue;
    const receipt = parseReceipt(store.path(name), text);
    if (receipt.closedAt !== null) continue;
    const logName = receiptLogName(receipt.id);
    const log = await store.read(logName);
    receipts.push(log === null ? receipt : withLog(receipt, store.path(logName), log));
  }
  return receipts;
}

/** Entries up to which a receipt is laid out to be read by people. */
const readable = 200;

/** Writes a receipt as a whole. */
export async function saveReceipt(store: ReceiptStore, receipt: Receipt): Promise<void> {
  const indent = receipt.entries.length > readable ? 0 : 2;
  await store.write(receiptFileName(receipt.id), `${JSON.stringify(receipt, null, indent)}\n`);
}
