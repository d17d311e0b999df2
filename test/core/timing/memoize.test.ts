import { describe, expect, it } from 'vitest';
import { memoize } from '../../../src/core/timing/memoize.js';

function counting(): {
  readonly calls: string[];
  look(name: string, at?: number): Promise<string>;
  fail(): Promise<never>;
} {
  const calls: string[] = [];
  return {
    calls,
    look: (name, at) => {
      calls.push(`${name} ${at}`);
      return Promise.resolve(`${name}!`);
    },
    fail: () => {
      calls.push('fail');
      return Promise.reject(new Error('no'));
    },
  };
}

describe('memoize', () => {
  it('asks once for equal arguments, also while the first answer is on its way', async () => {
    const reader = counting();
    const memoized = memoize(reader);
    const answers = await Promise.all([memoized.look('a'), memoized.look('a'), memoized.look('a', 1)]);

    expect(answers).toStrictEqual(['a!', 'a!', 'a!']);
    expect(reader.calls).toStrictEqual(['a undefined', 'a 1']);
  });

  it('gives a failure to everybody who asks', async () => {
    const reader = counting();
    const memoized = memoize(reader);

    await expect(memoized.fail()).rejects.toThrow('no');
    await expect(memoized.fail()).rejects.toThrow('no');
    expect(reader.calls).toStrictEqual(['fail']);
  });

  it('hands on what is no method', () => {
    expect(memoize({ endpoint: 'x' }).endpoint).toBe('x');
  });
});
