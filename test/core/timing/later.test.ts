import { describe, expect, it } from 'vitest';
import { later } from '../../../src/core/timing/later.js';

interface Port {
  add(one: number, other: number): Promise<number>;
  fail(): Promise<never>;
}

function portOf(opened: string[]): Port {
  return later<Port>(async () => {
    opened.push('opened');
    return {
      add: async (one, other) => Promise.resolve(one + other),
      fail: async () => Promise.reject(new Error('refused')),
    };
  });
}

describe('a port that is opened later', () => {
  it('is not opened by being made or handed out', async () => {
    const opened: string[] = [];
    const handed = await Promise.resolve(portOf(opened));
    expect(opened).toEqual([]);
    expect(await handed.add(1, 2)).toBe(3);
    expect(opened).toEqual(['opened']);
  });

  it('passes on what is refused', async () => {
    await expect(portOf([]).fail()).rejects.toThrow('refused');
  });

  it('refuses what the port does not have', async () => {
    const other = portOf([]) as unknown as { subtract(): Promise<number> };
    await expect(other.subtract()).rejects.toThrow('subtract is no method of this port');
  });
});
