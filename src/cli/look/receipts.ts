import { randomBytes } from 'node:crypto';
import type { Receipt, ReceiptTarget } from '../../core/receipt.js';
import { isForTarget } from '../../core/receipt.js';
import { openReceipts } from '../../core/receipt-store.js';
import type { Runtime } from '../runtime.js';

/** An id for a receipt that no other one has. */
export function newReceiptId(): string {
  return `r-${randomBytes(6).toString('hex')}`;
}

/** The open receipt of a target, or `null`. Throws RECEIPT_INVALID. */
export async function findReceipt(runtime: Runtime, target: ReceiptTarget): Promise<Receipt | null> {
  const receipts = await openReceipts(await runtime.store());
  return receipts.find((receipt) => isForTarget(receipt, target)) ?? null;
}
