import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SetupError } from '../../src/core/errors.js';
import { isForTarget } from '../../src/core/receipt.js';
import { parseReceipt } from '../../src/core/receipt-parse.js';
import { openReceipts, saveReceipt } from '../../src/core/receipt-store.js';
import { memoryReceipts } from '../support/memory.js';

const entry = {
  step: 'iam-role',
  action: 'create',
  target: 't',
  detail: 'd',
  at: 'now',
  op: 1,
  undo: 2,
  status: 'applied',
};
const whole = {
  schemaVersion: 1,
  id: 'r-1',
  toolVersion: '1.0.0',
  createdAt: 'now',
  target: { account: null, region: 'us-east-1', instanceId: null },
  closedAt: null,
  entries: [entry],
};

/** What parsing throws, or `null`. */
function refusalOf(text: string): unknown {
  try {
    parseReceipt('r', text);
    return null;
  } catch (error) {
    return error;
  }
}

describe('parseReceipt', () => {
  it('reads what it wrote', () => {
    expect(parseReceipt('r', JSON.stringify(whole))).toEqual(whole);
  });

  it.each([
    ['', 'JSON'],
    ['[]', 'no JSON object'],
    [JSON.stringify({ ...whole, id: '../x' }), 'id is missing'],
    [JSON.stringify({ ...whole, target: null }), 'target is missing'],
    [JSON.stringify({ ...whole, entries: {} }), 'entries are missing'],
    [JSON.stringify({ ...whole, entries: [{ ...entry, status: 'odd' }] }), 'entry 1 is incomplete'],
  ])('refuses %s', (text, what) => {
    expect(() => parseReceipt('r-1.json', text)).toThrow(what);
  });

  it('refuses a receipt of a form that it does not know', () => {
    const newer = JSON.stringify({ ...whole, schemaVersion: 99 });
    expect(() => parseReceipt('r-1.json', newer)).toThrow(/version is 99, this tool knows 1$/u);
  });

  it('has a message for whatever is in the file', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const refusal = refusalOf(text);
        expect(refusal === null || refusal instanceof SetupError).toBe(true);
      }),
    );
  });
});

describe('isForTarget', () => {
  const target = { account: '111122223333', region: 'us-east-1', instanceId: 'i-1' };
  const receipt = { ...whole, target } as unknown as Parameters<typeof isForTarget>[0];

  it('holds for the same instance, also where the account is not known', () => {
    expect(isForTarget(receipt, target)).toBe(true);
    expect(isForTarget(receipt, { ...target, account: null })).toBe(true);
  });

  it('does not hold for another account, region or instance', () => {
    expect(isForTarget(receipt, { ...target, account: '444455556666' })).toBe(false);
    expect(isForTarget(receipt, { ...target, region: 'eu-west-1' })).toBe(false);
    expect(isForTarget(receipt, { ...target, instanceId: null })).toBe(false);
  });
});

describe('the open receipts', () => {
  it('are those that are not closed, the newest first', async () => {
    const store = memoryReceipts();
    const receipt = parseReceipt('r', JSON.stringify(whole));
    for (const id of ['r-1', 'r-2', 'r-3']) {
      await saveReceipt(store, { ...receipt, id, closedAt: id === 'r-2' ? 'now' : null });
    }
    expect((await openReceipts(store)).map(({ id }) => id)).toEqual(['r-3', 'r-1']);
    expect(store.texts[0]).toMatch(/^\{\n {2}"schemaVersion": 1,[^]*\}\n$/u);
  });

  it('leave out one that is gone by now, and refuse one that cannot be read', async () => {
    const store = memoryReceipts();
    const gone = { ...store, list: async () => Promise.resolve(['r-9.json']) };
    expect(await openReceipts(gone)).toEqual([]);
    await store.write('r-1.json', '{');
    await expect(openReceipts(store)).rejects.toMatchObject({
      code: 'RECEIPT_INVALID',
      message: expect.stringContaining(store.path('r-1.json')) as string,
    });
  });
});

describe('a receipt that is not whole', () => {
  const broken = (more: object): unknown => refusalOf(JSON.stringify({ ...whole, ...more }));

  it.each(['step', 'action', 'target', 'detail', 'at', 'status', 'op', 'undo'])(
    'is refused where %s is missing in an entry, which is named by its number',
    (key) => {
      const { [key as 'step']: _gone, ...rest } = entry;
      expect(broken({ entries: [entry, rest] })).toMatchObject({
        code: 'RECEIPT_INVALID',
        exitCode: 1,
        message: 'the receipt r cannot be read: entry 2 is incomplete',
        why: 'undo only does what a whole receipt says, never what is left of one',
        fix: expect.stringContaining('goes by the tags in the account') as string,
      });
    },
  );

  it.each(['step', 'action', 'target', 'detail', 'at'])('is refused where %s is no text', (key) => {
    expect(broken({ entries: [{ ...entry, [key]: 7 }] })).toMatchObject({ code: 'RECEIPT_INVALID' });
  });

  it.each([
    [{ entries: [null] }, 'entry 1 is incomplete'],
    [{ entries: ['text'] }, 'entry 1 is incomplete'],
    [{ entries: [{ ...entry, status: 'done' }] }, 'entry 1 is incomplete'],
    [{ entries: [{ ...entry, instances: 'i-1' }] }, 'entry 1 is incomplete'],
    [{ entries: [{ ...entry, instances: ['i-1', 2] }] }, 'entry 1 is incomplete'],
    [{ entries: [{ ...entry, former: 'i-1' }] }, 'entry 1 is incomplete'],
    [{ entries: {} }, 'its entries are missing'],
    [{ id: 7 }, 'its id is missing'],
    [{ id: 'r-1/../x' }, 'its id is missing'],
    [{ id: 'r-1 ' }, 'its id is missing'],
    [{ id: '' }, 'its id is missing'],
    [{ id: 'r'.repeat(65) }, 'its id is missing'],
    [{ target: null }, 'its target is missing'],
    [{ target: { account: null, instanceId: null } }, 'its target is missing'],
    [{ schemaVersion: 2 }, 'its version is 2, this tool knows 1'],
  ])('is refused with %j', (more, what) => {
    expect(broken(more)).toMatchObject({ message: `the receipt r cannot be read: ${what}` });
  });

  it.each(['[]', 'null', '"r"', '7'])('is refused as %s', (text) => {
    expect(refusalOf(text)).toMatchObject({ message: 'the receipt r cannot be read: no JSON object' });
  });

  it('may have an edit with nothing to take back, and an id as long as a name may be', () => {
    const text = JSON.stringify({ ...whole, id: 'r'.repeat(64), entries: [{ ...entry, undo: null }] });
    expect(refusalOf(text)).toBeNull();
  });
});

describe('a receipt is about a target', () => {
  const receipt = parseReceipt(
    'r',
    JSON.stringify({ ...whole, target: { account: '1', region: 'us-east-1', instanceId: 'i-1' } }),
  );
  const target = { account: '1', region: 'us-east-1', instanceId: 'i-1' };

  it.each([
    [target, true],
    [{ ...target, account: null }, true],
    [{ ...target, account: '2' }, false],
    [{ ...target, region: 'us-west-2' }, false],
    [{ ...target, instanceId: 'i-2' }, false],
    [{ ...target, instanceId: null }, false],
  ])('%j: %s', (other, fits) => {
    expect(isForTarget(receipt, other)).toBe(fits);
  });

  it('whose account was not known', () => {
    const unknown = { ...receipt, target: { ...receipt.target, account: null } };
    expect(isForTarget(unknown, target)).toBe(true);
    expect(isForTarget(unknown, { ...target, region: 'us-west-2' })).toBe(false);
  });
});
