import { describe, expect, it } from 'vitest';
import { parseInstanceList } from '../../src/core/fleet/instance-list.js';
import { openFleetJournal } from '../../src/core/fleet/journal.js';
import { Pace } from '../../src/core/fleet/pace.js';
import { pool } from '../../src/core/fleet/pool.js';
import type { Receipt } from '../../src/core/receipt.js';
import { openReceipts } from '../../src/core/receipt-store.js';
import type { Clock } from '../../src/ports/clock.js';
import { memoryReceipts, steppingClock } from '../support/memory.js';

const first = 'i-0abc1234def567890';
const second = 'i-0abc1234def567891';

describe('a list of instances', () => {
  it.each([
    ['one a line', `${first}\n${second}\n`],
    ['comments, blank lines, Windows line ends', `# fleet\r\n\r\n ${first} # web\r\n${second}`],
    ['JSON', JSON.stringify([first, second])],
    ['doubles', `${first}\n${second}\n${first}`],
    ['a byte order mark', `\uFEFF${first}\n${second}`],
  ])('is read: %s', (_what, text) => {
    expect(parseInstanceList('ids.txt', text)).toEqual([first, second]);
  });

  it.each([
    ['a wrong id', `${first}\n\nweb-1\n`, 'line 3 of ids.txt: "web-1" is no instance id'],
    ['two on a line', `${first} ${second}`, `line 1 of ids.txt: "${first} ${second}" is no instance id`],
    ['a wrong element', `["${first}", 7]`, 'element 2 of ids.txt: "7" is no instance id'],
    ['broken JSON', `["${first}"`, 'ids.txt begins like JSON and is none'],
    ['nothing', '# none\n', 'ids.txt lists no instance'],
  ])('is refused by name: %s', (_what, text, message) => {
    expect(() => parseInstanceList('ids.txt', text)).toThrow(message);
  });
});

/** A clock of which the sleepers wake in the order of their times, as timers do. */
function timers(): Clock & { run(work: Promise<unknown>): Promise<void> } {
  let now = 0;
  let asleep: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: async (milliseconds) =>
      new Promise((wake) => {
        asleep.push({ at: now + milliseconds, wake });
      }),
    async run(work) {
      let over = false;
      const end = work.finally(() => {
        over = true;
      });
      for (;;) {
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
        if (over) break;
        asleep = asleep.toSorted((a, b) => a.at - b.at);
        const next = asleep.shift();
        if (next === undefined) throw new Error('nobody sleeps and nothing is over');
        now = next.at;
        next.wake();
      }
      await end;
    },
  };
}

const throttled = Object.assign(new Error('Request limit exceeded.'), { name: 'RequestLimitExceeded' });
const limits = { burst: 100, perSecond: 5 };

/** A bucket at the other end. */
function bucket(clock: Clock, capacity: number, perSecond: number): { take(): void; refused: number } {
  let tokens = capacity;
  let at = clock.now();
  return {
    refused: 0,
    take() {
      const now = clock.now();
      tokens = Math.min(capacity, tokens + ((now - at) / 1000) * perSecond);
      at = now;
      if (tokens < 1 - 1e-9) {
        this.refused += 1;
        throw throttled;
      }
      tokens -= 1;
    },
  };
}

async function sendAll(
  clock: ReturnType<typeof timers>,
  number: number,
  far: { take(): void },
): Promise<Pace> {
  const pace = new Pace(limits, clock);
  const items = Array.from({ length: number }, (_, index) => index);
  await clock.run(
    pool(items, 16, async () =>
      pace.send(async () => {
        await clock.sleep(60);
        far.take();
      }),
    ),
  );
  return pace;
}

describe('the pace', () => {
  it('takes hardly longer than the bucket demands, and is not refused', async () => {
    const clock = timers();
    const far = bucket(clock, 100, 5);
    await sendAll(clock, 1000, far);
    const floor = ((1000 - 100) / 5) * 1000;
    expect(far.refused).toBe(0);
    expect(clock.now()).toBeGreaterThanOrEqual(floor);
    expect(clock.now()).toBeLessThan(floor * 1.02);
  });

  it('gets through where others draw on the same bucket', async () => {
    const clock = timers();
    const far = bucket(clock, 10, 2);
    const pace = await sendAll(clock, 200, far);
    const floor = ((200 - 10) / 2) * 1000;
    expect(far.refused).toBeGreaterThan(0);
    expect(far.refused).toBeLessThan(100);
    expect(pace.rate).toBeLessThan(5);
    expect(clock.now()).toBeLessThan(floor * 1.6);
  });

  it('throws at once what is no throttling', async () => {
    const clock = timers();
    const pace = new Pace(limits, clock);
    await expect(pace.send(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(clock.now()).toBe(0);
  });
});

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
});
