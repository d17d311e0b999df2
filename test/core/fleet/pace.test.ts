import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/core/fleet/pace.js';
import { pool } from '../../../src/core/fleet/pool.js';
import type { Clock } from '../../../src/ports/clock.js';

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
