import { afterEach, describe, expect, it } from 'vitest';
import { processStreams } from '../../../src/adapters/output/streams.js';

const { stderr } = process;
const isTerminal = stderr.isTTY;

afterEach(() => {
  stderr.isTTY = isTerminal;
});

describe('lines on a terminal', () => {
  it.each([
    ['nothing', {}, true],
    ['TERM=dumb', { TERM: 'dumb' }, false],
    ['CI', { CI: 'true' }, false],
    ['an empty CI', { CI: '' }, true],
  ])('may be rewritten or not, with %s', (_what, environment, expected) => {
    stderr.isTTY = true;
    expect(processStreams(environment, true).rewritable).toBe(expected);
  });
});
