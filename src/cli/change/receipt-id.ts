import { randomBytes } from 'node:crypto';

/** An id for a receipt that no other one has. */
export function newReceiptId(): string {
  return `r-${randomBytes(6).toString('hex')}`;
}
