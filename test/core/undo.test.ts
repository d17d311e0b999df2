import { expect, it } from 'vitest';
import { openJournal } from '../../src/core/journal.js';
import { newReceipt } from '../../src/core/receipt.js';
import { undoReceipt } from '../../src/core/undo.js';
import { memoryReceipts, recordedProgress, steppingClock } from '../support/memory.js';

const target = { account: '111122223333', region: 'us-east-1', instanceId: 'i-0abc1234def567890' };
const at = '2026-11-22T00:00:00.000Z';
const edit = {
  action: 'create',
  target: 'X',
  detail: 'made',
  op: {},
  undo: {},
  status: 'applied',
  at,
} as const;
const receipt = newReceipt('r-1', at, target, [
  { ...edit, step: 'iam-role' },
  { ...edit, step: 'association' },
]);

it('begins nothing that cannot be written down', async () => {
  const store = { ...memoryReceipts(), write: () => Promise.reject(new Error('read-only file system')) };
  const done: string[] = [];
  const worker = (step: string) => () => Promise.resolve(void done.push(step)).then(() => null);
  const undoing = undoReceipt({
    workers: new Map([
      ['iam-role', worker('iam-role')],
      ['association', worker('association')],
    ]),
    journal: openJournal(receipt, store, steppingClock()),
    progress: recordedProgress(),
    explain: () => ({ code: 'X', message: 'x', why: 'y', fix: 'z', exitCode: 1 }),
    describe: (step) => ({ title: step, lane: 'cloud' }),
  });
  await expect(undoing).rejects.toThrow('read-only file system');
  expect(done).toEqual([]);
});
