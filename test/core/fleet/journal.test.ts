import { describe, expect, it } from 'vitest';
import { openFleetJournal, sharedJournal } from '../../../src/core/fleet/journal.js';
import type { Receipt } from '../../../src/core/receipt.js';
import { openReceipts } from '../../../src/core/receipt-store.js';
import { memoryReceipts, steppingClock } from '../../support/memory.js';

const receipt: Receipt = {
  schemaVersion: 1,
  id: 'r-fleet',
  toolVersion: '0.0.0',
  createdAt: '2026-11-22T00:00:00.000Z',
  target: { account: '111122223333', region: 'us-east-1', instanceId: null, fleet: true },
  closedAt: null,
  entries: [],
};

function intent(number: number) {
  const instanceId = `i-${number.toString(16).padStart(17, '0')}`;
  return {
    step: 'association',
    action: 'create',
    target: instanceId,
    detail: '',
    op: { kind: 'associate', instanceId },
    undo: { kind: 'release', instanceId },
  } as const;
}

describe('the journal of a fleet', () => {
  async function fill(number: number): Promise<number> {
    const store = memoryReceipts();
    const journal = openFleetJournal(receipt, store, steppingClock());
    for (let start = 0; start < number; start += 100) {
      const intents = Array.from({ length: 100 }, (_, index) => intent(start + index));
      const numbers = await journal.intendAll(intents);
      await journal.recordAll(numbers.map((index) => ({ index, status: 'applied' })));
    }
    await journal.settle();
    return store.texts.reduce((sum, text) => sum + text.length, 0);
  }

  it('writes ten times as much for ten times as many', async () => {
    const [few, many] = [await fill(200), await fill(2000)];
    expect(many / few).toBeLessThan(10.5);
  });

  it('says whom an edit is for, and forgets none of them when it is made again', async () => {
    const store = memoryReceipts();
    const first = openFleetJournal(receipt, store, steppingClock());
    const index = await sharedJournal(first, ['i-1', 'i-2']).intend(intent(1));
    await first.record(index, 'applied');
    const again = openFleetJournal(first.receipt, store, steppingClock());
    await sharedJournal(again, ['i-2', 'i-3']).intend(intent(1));
    expect(again.receipt.entries).toMatchObject([{ instances: ['i-1', 'i-2', 'i-3'] }]);
    await again.record(index, 'applied', { instances: ['i-3'] });
    const [read] = await openReceipts(store);
    expect(read?.entries).toMatchObject([{ status: 'applied', instances: ['i-3'] }]);
  });

  it('has an edit that is for all stay for all', async () => {
    const store = memoryReceipts();
    const first = openFleetJournal(receipt, store, steppingClock());
    await first.record(await sharedJournal(first, null).intend(intent(1)), 'applied');
    const again = openFleetJournal(first.receipt, store, steppingClock());
    await sharedJournal(again, ['i-1']).intend(intent(1));
    expect(again.receipt.entries).toHaveLength(1);
    expect(again.receipt.entries[0]).not.toHaveProperty('instances');
  });

  it('is read back as it is, also where a kill tore the last line', async () => {
    const store = memoryReceipts();
    const journal = openFleetJournal(receipt, store, steppingClock());
    const [one = -1] = await journal.intendAll([intent(1), intent(2)]);
    await journal.record(one, 'applied', { undo: { kind: 'release', better: true } });
    await store.append('r-fleet.log', '{"index":2,"entry":{"st');
    const [read] = await openReceipts(store);
    expect(read).toEqual(journal.receipt);

    const next = openFleetJournal(read ?? receipt, store, steppingClock());
    await next.intend(intent(3));
    const [again] = await openReceipts(store);
    expect(again?.entries.map(({ status }) => status)).toEqual(['applied', 'intended', 'intended']);
  });

  it('puts an edit that never came off under its old number', async () => {
    const store = memoryReceipts();
    await openFleetJournal(receipt, store, steppingClock()).intendAll([intent(1), intent(2)]);
    const [killed] = await openReceipts(store);
    const journal = openFleetJournal(killed ?? receipt, store, steppingClock());
    expect(await journal.intendAll([intent(2), intent(3)])).toEqual([1, 2]);
    expect(journal.receipt.entries).toHaveLength(3);
  });

  it('refuses a log that fits nothing', async () => {
    const store = memoryReceipts();
    await openFleetJournal(receipt, store, steppingClock()).intend(intent(1));
    await store.append('r-fleet.log', '{"index":7,"status":"applied","at":"x"}\n');
    await expect(openReceipts(store)).rejects.toThrow('r-fleet.log cannot be read');
  });

  it('leaves one file without a log when it is closed', async () => {
    const store = memoryReceipts();
    const journal = openFleetJournal(receipt, store, steppingClock());
    await journal.intend(intent(1));
    await journal.close();
    expect(await store.read('r-fleet.log')).toBeNull();
    expect(await openReceipts(store)).toEqual([]);
  });

  it('puts an edit that failed, or that is made once more with the same inverse, under its old number too', async () => {
    const store = memoryReceipts();
    const before = openFleetJournal(receipt, store, steppingClock());
    await before.intendAll([intent(1), intent(2), intent(3), intent(4)]);
    await before.recordAll([
      { index: 0, status: 'failed' },
      { index: 1, status: 'applied' },
      { index: 2, status: 'applied' },
      { index: 3, status: 'undone' },
    ]);
    const journal = openFleetJournal(before.receipt, store, steppingClock());
    const otherInverse = { ...intent(3), undo: { kind: 'restore' } };
    const numbers = await journal.intendAll([intent(1), intent(2), otherInverse, intent(4)]);
    expect(numbers).toEqual([0, 1, 4, 5]);
    expect(journal.receipt.entries.map(({ status }) => status)).toEqual([
      'intended',
      'intended',
      'applied',
      'undone',
      'intended',
      'intended',
    ]);
  });

  it('gives an old number once, and only to the same edit of the same step', async () => {
    const store = memoryReceipts();
    await openFleetJournal(receipt, store, steppingClock()).intend(intent(1));
    const [killed = receipt] = await openReceipts(store);
    const journal = openFleetJournal(killed, store, steppingClock());
    const ofAnotherStep = { ...intent(1), step: 'metadata-options' } as const;
    expect(await journal.intendAll([ofAnotherStep, intent(1), intent(1)])).toEqual([1, 0, 2]);
  });

  it('says when an edit was intended and what became of it, and closes with the time', async () => {
    const clock = steppingClock(Date.UTC(2026, 0, 1));
    const journal = openFleetJournal(receipt, memoryReceipts(), clock);
    const index = await journal.intend(intent(1));
    expect(journal.receipt.entries[index]).toEqual({
      ...intent(1),
      status: 'intended',
      at: '2026-01-01T00:00:00.000Z',
    });
    await clock.sleep(1000);
    await journal.record(index, 'applied');
    expect(journal.receipt.entries[index]).toMatchObject({
      status: 'applied',
      at: '2026-01-01T00:00:01.000Z',
    });
    await clock.sleep(1000);
    await journal.close();
    expect(journal.receipt.closedAt).toBe('2026-01-01T00:00:02.000Z');
  });

  it('writes the receipt before its log, and nothing where there is nothing to say', async () => {
    const store = memoryReceipts();
    const journal = openFleetJournal(receipt, store, steppingClock());
    expect(await journal.intendAll([])).toEqual([]);
    await journal.recordAll([]);
    expect(store.texts).toEqual([]);
    await journal.intend(intent(1));
    await journal.intend(intent(2));
    expect(store.texts.map((text) => text.split('\n').length > 2)).toEqual([true, false, false]);
  });

  it('passes over an outcome of an edit that it does not know', async () => {
    const journal = openFleetJournal(receipt, memoryReceipts(), steppingClock());
    await journal.intend(intent(1));
    await journal.record(7, 'applied');
    expect(journal.receipt.entries).toHaveLength(1);
  });

  it('settles into one file that can be read, and begins a log anew after that', async () => {
    const store = memoryReceipts();
    const journal = openFleetJournal(receipt, store, steppingClock());
    await journal.intend(intent(1));
    await journal.settle();
    expect(await store.read('r-fleet.log')).toBeNull();
    expect(await openReceipts(store)).toEqual([journal.receipt]);
    await journal.record(0, 'applied');
    expect(await store.read('r-fleet.log')).toContain('"applied"');
    expect(await openReceipts(store)).toEqual([journal.receipt]);
  });

  it('writes on after a write that failed, one after the other', async () => {
    const store = memoryReceipts();
    let full = true;
    const order: string[] = [];
    const disk: typeof store = {
      ...store,
      async append(name, text) {
        order.push('begins');
        await Promise.resolve();
        if (full) throw new Error('the disk is full');
        await store.append(name, text);
        order.push('ends');
      },
    };
    const journal = openFleetJournal(receipt, disk, steppingClock());
    await expect(journal.intend(intent(1))).rejects.toThrow('the disk is full');
    full = false;
    await Promise.all([journal.intend(intent(2)), journal.intend(intent(3))]);
    expect(order).toEqual(['begins', 'begins', 'ends', 'begins', 'ends']);
  });
});
