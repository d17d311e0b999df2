import { expect, it } from 'vitest';
import { closingWords } from '../../../src/cli/prove/verify-target.js';
import { ExitCode } from '../../../src/core/errors.js';
import type { Finding } from '../../../src/core/finding.js';

const listed: Finding = { id: 'list-models', status: 'ok', message: '11 foundation models' };
const uncalled: Finding = { id: 'primary-model', status: 'skip', message: 'sonnet was not called' };
const answered: Finding = { id: 'converse', status: 'ok', message: 'nova answered' };
const { done, failed, pending } = ExitCode;

it.each([
  [done, [listed, answered, uncalled], 'It works.'],
  [pending, [listed, answered], 'It works, but it is no longer as it was set up.'],
  [done, [listed, uncalled], 'Nothing is in the way; no model was called.'],
  [
    pending,
    [listed, uncalled],
    'Nothing is in the way; no model was called, but it is no longer as it was set up.',
  ],
  [failed, [listed, answered], 'It does not work yet.'],
] as const)('%i with these findings: %j', (exitCode, findings, words) => {
  expect(closingWords(exitCode, false, findings)).toBe(words);
});
