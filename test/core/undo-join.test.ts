import { describe, expect, it } from 'vitest';
import type { Receipt, ReceiptEntry } from '../../src/core/receipt.js';
import { newReceipt } from '../../src/core/receipt.js';
import type { JoinUndo } from '../../src/core/step.js';
import { joinEdits, joinsOf } from '../../src/core/undo-join.js';
import { pendingEntries } from '../../src/core/undo.js';

interface Undo {
  readonly of: string;
  readonly from: number;
  readonly to: number;
}

/** Edits of one thing are one: from what the later left to what was there before the earlier. */
const join: JoinUndo = (earlier, later) => {
  const [first, last] = [earlier as Undo, later as Undo];
  return first.of === last.of ? { ...last, to: first.to } : null;
};

const joins = joinsOf([{ id: 'permission-policy', joinUndo: join }, { id: 'association' }]);

function entry(undo: Undo | null, more: Partial<ReceiptEntry> = {}): ReceiptEntry {
  const base = { step: 'permission-policy', action: 'update', target: 't', detail: 'd', op: null } as const;
  return { ...base, status: 'applied', at: '2026-01-01T00:00:00Z', ...more, undo };
}

function receipt(...entries: readonly ReceiptEntry[]): Receipt {
  const target = { account: null, region: 'us-east-1', instanceId: 'i-1' };
  return newReceipt('r-1', '2026-01-01T00:00:00Z', target, entries);
}

describe('edits of the same thing', () => {
  it('become the last, which takes back all of them; every entry keeps its number', () => {
    const before = receipt(
      entry({ of: 'a', from: 1, to: 0 }, { action: 'create' }),
      entry({ of: 'b', from: 6, to: 5 }),
      entry({ of: 'a', from: 2, to: 9 }),
      entry({ of: 'a', from: 3, to: 8 }),
    );
    const after = joinEdits(before, joins);
    expect(after.entries).toHaveLength(4);
    expect(pendingEntries(after.entries).map(([index, { action, undo }]) => [index, action, undo])).toEqual([
      [1, 'update', { of: 'b', from: 6, to: 5 }],
      [3, 'create', { of: 'a', from: 3, to: 0 }],
    ]);
    expect(joinEdits(after, joins)).toEqual(after);
  });

  it('stay as they are where they were taken back, or where their step knows no such thing', () => {
    const undo = { of: 'a', from: 1, to: 0 };
    const before = receipt(
      entry(undo, { status: 'undone' }),
      entry(undo, { step: 'association' }),
      entry(undo, { step: 'association' }),
      entry(null),
      entry(undo),
    );
    expect(joinEdits(before, joins)).toEqual(before);
  });

  it.each([
    [['i-1'], ['i-2'], ['i-1', 'i-2']],
    [['i-1'], undefined, undefined],
    [undefined, ['i-2'], undefined],
  ])('are for all whom one of them is for: %j and %j', (first, second, both) => {
    const undo = { of: 'a', from: 1, to: 0 };
    const shared = (instances: readonly string[] | undefined): Partial<ReceiptEntry> =>
      instances === undefined ? {} : { instances };
    const { entries } = joinEdits(
      receipt(entry(undo, { ...shared(first), former: ['i-0'] }), entry(undo, shared(second))),
      joins,
    );
    expect(entries[1]?.instances).toEqual(both);
    expect(entries[1]?.former).toEqual(['i-0']);
  });
});
