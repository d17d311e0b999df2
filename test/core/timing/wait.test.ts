import { describe, expect, it } from 'vitest';
import { pauseAfter, retryTransient, waitFor } from '../../../src/core/timing/wait.js';
import { steppingClock } from '../../support/memory.js';

function failing(times: number): () => Promise<string> {
  let left = times;
  return () => {
    left -= 1;
    return left >= 0 ? Promise.reject(new Error('not yet')) : Promise.resolve('done');
  };
}

const always = (): boolean => true;

describe('retryTransient', () => {
  it('pauses briefly at first and longer later', async () => {
    const clock = steppingClock();
    const result = await retryTransient(failing(84), always, { clock, boundMilliseconds: 180_000 });

    expect(result).toBe('done');
    const count = (pause: number): number => clock.slept.filter((one) => one === pause).length;
    expect(clock.slept).toStrictEqual(clock.slept.toSorted((one, other) => one - other));
    expect([250, 500, 1000, 5000].map(count)).toStrictEqual([40, 40, 4, 0]);
  });

  it('asks no more than about a hundred and thirty times in three minutes', async () => {
    const clock = steppingClock();
    await retryTransient(failing(999), always, { clock, boundMilliseconds: 180_000 }).catch(() => undefined);
    expect(clock.slept.length).toBe(134);
    expect(pauseAfter(179_000)).toBe(5000);
  });

  it('makes no attempt after the bound and throws the last error', async () => {
    const clock = steppingClock();

    await expect(retryTransient(failing(99), always, { clock, boundMilliseconds: 6000 })).rejects.toThrow(
      'not yet',
    );
    expect(clock.slept.reduce((sum, pause) => sum + pause)).toBe(6000);
  });

  it('throws at once what is not transient', async () => {
    const clock = steppingClock();

    await expect(retryTransient(failing(1), () => false, { clock, boundMilliseconds: 6000 })).rejects.toThrow(
      'not yet',
    );
    expect(clock.slept).toStrictEqual([]);
  });

  it('says once that it waits, and not where it need not', async () => {
    const said: string[] = [];
    const options = {
      clock: steppingClock(),
      boundMilliseconds: 60_000,
      onWaiting: () => void said.push('waiting'),
    };
    await retryTransient(failing(0), always, options);
    expect(said).toStrictEqual([]);
    await retryTransient(failing(3), always, options);
    expect(said).toStrictEqual(['waiting']);
  });
});

describe('waitFor', () => {
  it('asks until there is an answer', async () => {
    const answers = [null, null, 'there'];
    const clock = steppingClock();
    const found = await waitFor(() => Promise.resolve(answers.shift() ?? null), {
      clock,
      boundMilliseconds: 9000,
    });

    expect(found).toBe('there');
    expect(clock.slept).toStrictEqual([250, 250]);
  });

  it('gives null when the bound is over', async () => {
    const clock = steppingClock();

    expect(await waitFor(() => Promise.resolve(null), { clock, boundMilliseconds: 600 })).toBeNull();
    expect(clock.slept).toStrictEqual([250, 250]);
  });
});
