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

/** The numbers of edits that were intended before and never came off, or that may be made once more with the same inverse. */
class OldNumbers {
  readonly #numbers = new Map<string, number>();

  constructor(entries: readonly ReceiptEntry[]) {
    for (const [index, entry] of entries.entries()) {
      if (entry.status === 'intended' || entry.status === 'failed') this.#numbers.set(keyOf(entry), index);
      if (entry.status === 'applied') this.#numbers.set(wholeKeyOf(entry), index);
    }
  }

  /** The number for an edit, which nothing else gets after that; `undefined` for one that is new. */
  take(intent: Intent): number | undefined {
    const [key, wholeKey] = [keyOf(intent), wholeKeyOf(intent)];
    const number = this.#numbers.get(key) ?? this.#numbers.get(wholeKey);
    this.#numbers.delete(key);
    this.#numbers.delete(wholeKey);
    return number;
  }
}

function keyOf({ step, op }: Pick<ReceiptEntry, 'step' | 'op'>): string {
  return `${step} ${JSON.stringify(op)}`;
}

function wholeKeyOf(entry: Pick<ReceiptEntry, 'step' | 'op' | 'undo'>): string {
  return `${keyOf(entry)} ${JSON.stringify(entry.undo)}`;
}

/** An edit with all whom it is for: an edit that was made before stays with those that it was made for. */
function sharedWith(intent: Intent, former: ReceiptEntry | undefined): Intent {
  const { instances, ...rest } = intent;
  if (former === undefined) return intent;
  if (instances === undefined || former.instances === undefined) return rest;
  return { ...rest, instances: [...new Set([...former.instances, ...instances])] };
}

/** A journal in which every edit is for these instances; for all that the receipt is about where they are `null`. */
export function sharedJournal(journal: Journal, instances: readonly string[] | null): Journal {
  if (instances === null) return journal;
  return {
    get receipt() {
      return journal.receipt;
    },
    intend: async (intent) => journal.intend({ ...intent, instances }),
    record: async (...outcome) => journal.record(...outcome),
    close: async () => journal.close(),
  };
}

/** A receipt and the log beside it, written one after the other. */
class LoggedReceipt {
  readonly #store: ReceiptStore;
  readonly #log: string;
  #begun = false;
  #queue: Promise<void> = Promise.resolve();

  constructor(store: ReceiptStore, id: string) {
    this.#store = store;
    this.#log = receiptLogName(id);
  }

  /** Makes one file of both. */
  async rewrite(receipt: () => Receipt): Promise<void> {
    return this.#next(async () => this.#rewrite(receipt()));
  }

  /** Adds lines to the log, the receipt being written before the first of them. */
  async append(lines: readonly object[], receipt: () => Receipt): Promise<void> {
    return this.#next(async () => {
      if (!this.#begun) await this.#rewrite(receipt());
      this.#begun = true;
      await this.#store.append(this.#log, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    });
  }

  async #next(write: () => Promise<void>): Promise<void> {
    const written = this.#queue.then(write);
    this.#queue = written.catch(() => undefined);
    return written;
  }

  async #rewrite(receipt: Receipt): Promise<void> {
    await saveReceipt(this.#store, receipt);
    await this.#store.remove(this.#log);
  }
}

/**
 * A journal that appends to a log beside the receipt. An edit that was intended before and never came off, or that is made
 * once more with the same inverse, goes under its old number: runs which are killed and repeated do not make the receipt grow,
 * and what stands on the edit stays behind it.
 */
export function openFleetJournal(initial: Receipt, store: ReceiptStore, clock: Clock): FleetJournal {
  let receipt: Receipt & { readonly entries: ReceiptEntry[] } = { ...initial, entries: [...initial.entries] };
  const { entries } = receipt;
  const oldNumbers = new OldNumbers(entries);
  const files = new LoggedReceipt(store, receipt.id);
  const current = (): Receipt => receipt;
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
        const index = oldNumbers.take(intent) ?? entries.length;
        const entry: ReceiptEntry = { ...sharedWith(intent, entries[index]), status: 'intended', at: now };
        entries[index] = entry;
        return { index, entry };
      });
      if (lines.length > 0) await files.append(lines, current);
      return lines.map(({ index }) => index);
    },
    record: async (index, status, more = {}) => journal.recordAll([{ index, status, ...more }]),
    async recordAll(outcomes) {
      const now = at();
      for (const outcome of outcomes) {
        const entry = entries[outcome.index];
        if (entry !== undefined) entries[outcome.index] = withOutcome(entry, outcome, now);
      }
      const lines = outcomes.map((outcome) => ({ ...outcome, at: now }));
      if (lines.length > 0) await files.append(lines, current);
    },
    settle: async () => files.rewrite(current),
    async close() {
      receipt = { ...receipt, closedAt: at() };
      await files.rewrite(current);
    },
  };
  return journal;
}
