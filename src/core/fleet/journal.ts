import type { Clock } from '../../ports/clock.js';
import type { ReceiptStore } from '../../ports/receipts.js';
import type { Journal } from '../journal.js';
import type { Intent, NumberedOutcome, Receipt, ReceiptEntry } from '../receipt.js';
import { withOutcome } from '../receipt.js';
import { receiptLogName, saveReceipt } from '../receipt-store.js';

/** A journal for thousands of edits: what is written grows with what is done, not with its square. */
export interface FleetJournal extends Journal {
  /** Adds edits that are about to be made; gives their numbers. On disk before the promise resolves. */
  intendAll(intents: readonly Intent[]): Promise<readonly number[]>;
  recordAll(outcomes: readonly NumberedOutcome[]): Promise<void>;
  /** Makes one file of receipt and log again. */
  settle(): Promise<void>;
}

/**
 * A journal that appends to a log beside the receipt. An edit that was intended before and never came off, or that is made
 * once more with the same inverse, goes under its old number: runs which are killed and repeated do not make the receipt grow,
 * and what stands on the edit stays behind it.
 */
export function openFleetJournal(initial: Receipt, store: ReceiptStore, clock: Clock): FleetJournal {
  let receipt: Receipt & { readonly entries: ReceiptEntry[] } = { ...initial, entries: [...initial.entries] };
  const { entries } = receipt;
  const log = receiptLogName(receipt.id);
  const open = new Map<string, number>();
  const keyOf = ({ step, op }: Pick<ReceiptEntry, 'step' | 'op'>): string => `${step} ${JSON.stringify(op)}`;
  const wholeKeyOf = (entry: Pick<ReceiptEntry, 'step' | 'op' | 'undo'>): string =>
    `${keyOf(entry)} ${JSON.stringify(entry.undo)}`;
  for (const [index, entry] of entries.entries()) {
    if (entry.status === 'intended' || entry.status === 'failed') open.set(keyOf(entry), index);
    if (entry.status === 'applied') open.set(wholeKeyOf(entry), index);
  }
  let begun = false;
  let queue: Promise<void> = Promise.resolve();
  const write = (make: () => Promise<void>): Promise<void> => {
    const written = queue.then(make);
    queue = written.catch(() => undefined);
    return written;
  };
  const rewrite = async (): Promise<void> => {
    await saveReceipt(store, receipt);
    await store.remove(log);
  };
  const append = async (lines: readonly object[]): Promise<void> =>
    write(async () => {
      if (!begun) await rewrite();
      begun = true;
      await store.append(log, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    });
  const at = (): string => new Date(clock.now()).toISOString();
  const journal: FleetJournal = {
    get receipt() {
      return receipt;
    },
    async intend(intent) {
      const [index = -1] = await journal.intendAll([intent]);
      return index;
    },
    async intendAll(intents) {
      const now = at();
      const lines = intents.map((intent) => {
        const index = open.get(keyOf(intent)) ?? open.get(wholeKeyOf(intent)) ?? entries.length;
        open.delete(keyOf(intent));
        open.delete(wholeKeyOf(intent));
        const entry: ReceiptEntry = { ...intent, status: 'intended', at: now };
        entries[index] = entry;
        return { index, entry };
      });
      if (lines.length > 0) await append(lines);
      return lines.map(({ index }) => index);
    },
    record: async (index, status, more = {}) => journal.recordAll([{ index, status, ...more }]),
    async recordAll(outcomes) {
      const now = at();
      for (const outcome of outcomes) {
        const entry = entries[outcome.index];
        if (entry !== undefined) entries[outcome.index] = withOutcome(entry, outcome, now);
      }
      if (outcomes.length > 0) await append(outcomes.map((outcome) => ({ ...outcome, at: now })));
    },
    settle: async () => write(rewrite),
    async close() {
      receipt = { ...receipt, closedAt: at() };
      await write(rewrite);
    },
  };
  return journal;
}
