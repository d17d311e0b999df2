import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { streamProgress } from '../../../src/adapters/output/progress.js';
import { systemClock } from '../../../src/adapters/clock.js';
import { Screen } from '../../support/screen.js';
import { keptStreams } from './streams.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('progress in a log', () => {
  it('is one plain line a step, with its time', async () => {
    const streams = keptStreams(null);
    const line = streamProgress(streams, systemClock, 'normal').begin('IAM role');
    await vi.advanceTimersByTimeAsync(400);
    line.done('+', 'EC2-Bedrock-Access');
    expect(streams.written.aside).toBe('+ IAM role              EC2-Bedrock-Access  0.4 s\n');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(streams.written.aside).toContain('0.4 s\n');
    expect(streams.written.aside.split('\n')).toHaveLength(2);
  });

  it('says within a second what takes longer, and again every ten', async () => {
    const streams = keptStreams(null);
    const work = streamProgress(streams, systemClock, 'normal').during('looking', async () =>
      systemClock.sleep(12_000),
    );
    await vi.advanceTimersByTimeAsync(1000);
    expect(streams.written.aside).toBe('  looking ...\n');
    await vi.advanceTimersByTimeAsync(12_000);
    await work;
    expect(streams.written.aside).toBe('  looking ...\n  looking  11 s\n');
  });

  it('names what is waited for and for how long at most', async () => {
    const streams = keptStreams(null);
    const line = streamProgress(streams, systemClock, 'normal').begin('association');
    line.waiting('EC2', 180);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(streams.written.aside).toBe(
      '  association: waiting for EC2, at most 180 s\n  association  10 s of at most 180 s: waiting for EC2\n',
    );
  });

  it('does not tell every look at what is waited for', async () => {
    const streams = keptStreams(null);
    const work = streamProgress(streams, systemClock, 'normal').during('hosts', async (waiting) => {
      for (let left = 8; left > 0; left -= 1) {
        waiting(`${left} of 8 agents`, 300);
        await new Promise((resolve) => {
          setTimeout(resolve, 3000);
        });
      }
    });
    await vi.advanceTimersByTimeAsync(24_000);
    await work;
    expect(streams.written.aside.split('\n')).toEqual([
      '  hosts: waiting for 8 of 8 agents, at most 300 s',
      expect.stringMatching(/^ {2}hosts.*waiting for [45] of 8 agents/u),
      expect.stringMatching(/^ {2}hosts.*waiting for [12] of 8 agents/u),
      '',
    ]);
  });

  it('keeps quiet where that is asked for, but for what must be seen', async () => {
    const streams = keptStreams(null);
    const progress = streamProgress(streams, systemClock, 'quiet');
    const line = progress.begin('step');
    await vi.advanceTimersByTimeAsync(5000);
    progress.detail('detail');
    line.done('!', 'it failed');
    expect(streams.written.aside).toBe('! step                  it failed  5.0 s\n');
  });
});

describe('progress on a terminal', () => {
  function onScreen(columns: number) {
    const streams = keptStreams({ columns });
    const screen = new Screen(columns, 24);
    let seen = 0;
    const look = (): string => {
      screen.write(streams.written.aside.slice(seen).replaceAll('\n', '\r\n'));
      seen = streams.written.aside.length;
      return screen.text;
    };
    return { progress: streamProgress(streams, systemClock, 'normal'), look, streams };
  }

  it('counts the seconds in place', async () => {
    const { progress, look } = onScreen(80);
    const line = progress.begin('association');
    expect(look()).toBe('... association');
    line.waiting('EC2', 180);
    await vi.advanceTimersByTimeAsync(1000);
    expect(look()).toBe('... association  1 s of at most 180 s: waiting for EC2');
    await vi.advanceTimersByTimeAsync(1000);
    expect(look()).toBe('... association  2 s of at most 180 s: waiting for EC2');
    line.done('+', 'i-1');
    expect(look()).toBe('+ association           i-1  2.0 s');
  });

  it('is never wider than the terminal, and always ASCII', async () => {
    const { progress, look, streams } = onScreen(40);
    const line = progress.begin('a step with a long name');
    line.waiting('something that takes very long to describe', 3600);
    progress.begin('another');
    await vi.advanceTimersByTimeAsync(70_000);
    expect(look().split('\n')).toHaveLength(1);
    expect(look().length).toBeLessThan(40);
    line.done('+', 'a target with a name that is much too long  and a detail');
    expect(
      Math.max(
        ...look()
          .split('\n')
          .map((text) => text.length),
      ),
    ).toBeLessThanOrEqual(40);
    const codes = Array.from(streams.written.aside, (character) => character.codePointAt(0) ?? 0);
    expect(Math.max(...codes)).toBeLessThan(127);
  });

  it('leaves nothing behind of what is only said while it runs', async () => {
    const { progress, look } = onScreen(80);
    const work = progress.during('looking', async () => systemClock.sleep(3000));
    await vi.advanceTimersByTimeAsync(2000);
    expect(look()).toBe('... looking  2 s');
    await vi.advanceTimersByTimeAsync(2000);
    await work;
    expect(look()).toBe('');
    progress.begin('step');
    expect(look()).toBe('... step');
    progress.stop();
    expect(look()).toBe('');
    expect(vi.getTimerCount()).toBe(0);
  });
});
