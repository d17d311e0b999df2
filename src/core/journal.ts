import type { Clock } from '../ports/clock.js';
import type { ReceiptStore } from '../ports/receipts.js';
import type { EntryStatus, Intent, Outcome, Receipt } from './receipt.js';
import { withOutcome } from './receipt.js';
import { saveReceipt } from './receipt-store.js';

/** A receipt that is being written: every change of it is on disk before the promise resolves. */
export interface Journal {
  readonly receipt: Receipt;
  /** Adds an edit that is about to be made; gives the number under which its outcome is recorded. */
  intend(intent: Intent): Promise<number>;
  /** Records an outcome. */
  record(index: number, status: EntryStatus, more?: Omit<Outcome, 'status'>): Promise<void>;
  /** Marks the receipt as closed. */
  close(): Promise<void>;
}

/** After everything that is to be done at this moment. */
async function atTurnsEnd(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/**
 * A journal over a receipt. Writes are made one after the other, and what comes at one moment, or while a write is being made, goes
 * into one: a write waits for the disk, and steps that may run side by side are not to wait for each other's.
 */
export function openJournal(initial: Receipt, store: ReceiptStore, clock: Clock): Journal {
  let receipt = initial;
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  const now = (): string => new Date(clock.now()).toISOString();
  const write = async (before: Promise<void>): Promise<void> => {
    await before.catch(() => undefined);
    await atTurnsEnd();
    next = null;
    await saveReceipt(store, receipt);
  };
  const save = async (changed: Receipt): Promise<void> => {
    receipt = changed;
    if (next === null) {
      writing = write(writing);
      next = writing;
    }
    await next;
  };
  return {
    get receipt() {
      return receipt;
    },
    async intend(intent) {
      const index = receipt.entries.length;
      await save({ ...receipt, entries: [...receipt.entries, { ...intent, status: 'intended', at: now() }] });
      return index;
    },
    async record(index, status, more = {}) {
      const entries = receipt.entries.map((entry, at) =>
        at === index ? withOutcome(entry, { ...more, status }, now()) : entry,
      );
      await save({ ...receipt, entries });
    },
    close: async () => save({ ...receipt, closedAt: now() }),
  };
}
