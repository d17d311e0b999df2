import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/core/journal.js';
import { openJournal } from '../../src/core/journal.js';
import type { Intent, Receipt } from '../../src/core/receipt.js';
import { newReceipt } from '../../src/core/receipt.js';
import { parseReceipt } from '../../src/core/receipt-parse.js';
import type { ReceiptStore } from '../../src/ports/receipts.js';
import { memoryReceipts, steppingClock } from '../support/memory.js';

const target = { account: '111122223333', region: 'us-east-1', instanceId: 'i-0abc1234def567890' };

function intent(step: Intent['step']): Intent {
  return { step, action: 'create', target: step, detail: 'made', op: { make: step }, undo: { remove: step } };
}

interface Disk {
  readonly journal: Journal;
  /** What each write left on the disk, the receipt's entries as step and status. */
  readonly writes: string[][];
  /** Lets a write through, or has it fail. */
  readonly let: (through: boolean) => Promise<void>;
}

/** A journal on a disk that takes a write only when it is told to. */
function slowDisk(): Disk {
  const store = memoryReceipts();
  const writes: string[][] = [];
  const waiting: ((through: boolean) => void)[] = [];
  const slow: ReceiptStore = {
    ...store,
    async write(name, text) {
      const through = await new Promise<boolean>((resolve) => {
        waiting.push(resolve);
      });
      if (!through) throw new Error('the disk is full');
      const { entries }: Receipt = parseReceipt(name, text);
      writes.push(entries.map(({ step, status }) => `${step} ${status}`));
      await store.write(name, text);
    },
  };
  return {
    journal: openJournal(newReceipt('r-1', '2026-11-01T00:00:00.000Z', target), slow, steppingClock()),
    writes,
    let: async (through) => {
      while (waiting.length === 0)
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      waiting.shift()?.(through);
    },
  };
}

describe('a journal', () => {
  it('writes what is intended at one moment in one go', async () => {
    const { journal, writes, let: take } = slowDisk();
    const both = Promise.all([
      journal.intend(intent('iam-role')),
      journal.intend(intent('instance-profile')),
    ]);
    await take(true);
    expect(await both).toEqual([0, 1]);
    expect(writes).toEqual([['iam-role intended', 'instance-profile intended']]);
  });

  it('writes an outcome together with what is begun because of it', async () => {
    const { journal, writes, let: take } = slowDisk();
    const role = journal.intend(intent('iam-role'));
    await take(true);
    const recorded = journal.record(await role, 'applied');
    const policy = journal.intend(intent('permission-policy'));
    await take(true);
    await Promise.all([recorded, policy]);
    expect(writes.slice(1)).toEqual([['iam-role applied', 'permission-policy intended']]);
  });

  it('gathers what comes while a write is being made, and writes it after that', async () => {
    const { journal, writes, let: take } = slowDisk();
    const first = journal.intend(intent('iam-role'));
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    const later = [journal.intend(intent('instance-profile')), journal.record(0, 'applied')];
    await take(true);
    await first;
    expect(writes).toEqual([['iam-role intended']]);
    await take(true);
    await Promise.all(later);
    expect(writes).toEqual([['iam-role intended'], ['iam-role applied', 'instance-profile intended']]);
  });

  it('says nothing is written before it is', async () => {
    const { journal, let: take } = slowDisk();
    let written = false;
    const intended = (async () => {
      await journal.intend(intent('iam-role'));
      written = true;
    })();
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    expect(written).toBe(false);
    await take(true);
    await intended;
    expect(written).toBe(true);
  });

  it('fails for all that a refused write held, and tries again for what comes after', async () => {
    const { journal, writes, let: take } = slowDisk();
    const refused = Promise.allSettled([
      journal.intend(intent('iam-role')),
      journal.intend(intent('instance-profile')),
    ]);
    await take(false);
    expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const closed = journal.close();
    await take(true);
    await closed;
    expect(writes).toHaveLength(1);
    expect(journal.receipt.closedAt).not.toBeNull();
  });
});
