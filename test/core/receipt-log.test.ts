import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../src/core/receipt.js';
import { openReceipts, receiptLogName, saveReceipt } from '../../src/core/receipt-store.js';
import { memoryReceipts } from '../support/memory.js';

const entry = {
  step: 'iam-role',
  action: 'create',
  target: 't',
  detail: 'd',
  at: 'then',
  op: 1,
  undo: 2,
  status: 'intended',
} as const;
const receipt: Receipt = {
  schemaVersion: 1,
  id: 'r-1',
  toolVersion: '0.1.0',
  createdAt: 'then',
  target: { account: null, region: 'us-east-1', instanceId: null },
  closedAt: null,
  entries: [entry],
};

/** The entries of a receipt with these lines behind it in its log. */
async function withLines(...lines: readonly unknown[]): Promise<Receipt['entries']> {
  const store = memoryReceipts();
  await saveReceipt(store, receipt);
  const texts = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  await store.append(receiptLogName('r-1'), texts.join(''));
  const [open] = await openReceipts(store);
  return open?.entries ?? [];
}

describe('the log of a receipt', () => {
  const done = { index: 0, status: 'applied', at: 'now' };

  it('says what became of an entry', async () => {
    expect(await withLines(done)).toEqual([{ ...entry, status: 'applied', at: 'now' }]);
    expect(await withLines({ ...done, status: 'failed', reason: 'no', undo: 3 })).toEqual([
      { ...entry, status: 'failed', at: 'now', reason: 'no', undo: 3 },
    ]);
  });

  it('adds an entry, or has it anew', async () => {
    const second = { ...entry, target: 'second' };
    expect(await withLines({ index: 1, entry: second }, { ...done, index: 1 })).toEqual([
      entry,
      { ...second, status: 'applied', at: 'now' },
    ]);
    expect(await withLines({ index: 0, entry: second })).toEqual([second]);
  });

  it('may end in the middle of a line, which then was never written', async () => {
    const store = memoryReceipts();
    await saveReceipt(store, receipt);
    await store.append(
      receiptLogName('r-1'),
      `${JSON.stringify(done)}\n{"index":0,"status":"undone","at":"la`,
    );
    expect((await openReceipts(store))[0]?.entries).toEqual([{ ...entry, status: 'applied', at: 'now' }]);
  });

  it.each([
    ['{', 'a line is no JSON'],
    [5, 'a line has no number'],
    [{ status: 'applied', at: 'now' }, 'a line has no number'],
    [{ ...done, index: -1 }, 'a line has no number'],
    [{ ...done, index: 0.5 }, 'a line has no number'],
    [{ ...done, index: '0' }, 'a line has no number'],
    [{ ...done, index: 2 }, 'a line has no number'],
    [{ ...done, index: 1 }, 'a line about entry 2 fits nothing'],
    [{ index: 0 }, 'a line about entry 1 fits nothing'],
    [{ ...done, status: 'odd' }, 'a line about entry 1 fits nothing'],
    [{ ...done, at: 5 }, 'a line about entry 1 fits nothing'],
    [{ ...done, instances: [1] }, 'a line about entry 1 fits nothing'],
    [{ ...done, former: [1] }, 'a line about entry 1 fits nothing'],
    [{ index: 1, entry: { ...entry, at: 5 } }, 'entry 2 is incomplete'],
  ])('is refused where it says %j: %s', async (line, what) => {
    await expect(withLines(line)).rejects.toMatchObject({
      code: 'RECEIPT_INVALID',
      message: expect.stringContaining(what) as unknown,
    });
  });
});

it('a receipt is laid out for people as long as it is short', async () => {
  const store = memoryReceipts();
  const entries = Array.from({ length: 200 }, () => entry);
  await saveReceipt(store, { ...receipt, entries });
  await saveReceipt(store, { ...receipt, entries: [...entries, entry] });
  expect(store.texts.map((text) => text.trimEnd().includes('\n'))).toEqual([true, false]);
});
