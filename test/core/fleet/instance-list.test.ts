import { expect, it } from 'vitest';
import { SetupError } from '../../../src/core/errors.js';
import { parseInstanceList } from '../../../src/core/fleet/instance-list.js';

function refusal(text: string): readonly string[] {
  try {
    parseInstanceList('ids', text);
  } catch (error) {
    if (error instanceof SetupError) {
      const { code, message, why, fix } = error.details;
      return [code, message, why, fix];
    }
    throw error;
  }
  throw new Error('it was taken');
}

const id = 'i-0abc1234def567890';
const code = 'BAD_INSTANCE_LIST';
const form = 'an instance id is i- and 17 (older ones 8) hexadecimal digits';
const lines = 'one id a line, for example i-0abc1234def567890; # begins a comment; or a JSON array of ids';

it.each([
  ['web', [code, 'line 1 of ids: "web" is no instance id', form, lines]],
  [`${id}\n${'x'.repeat(60)}`, [code, `line 2 of ids: "${'x'.repeat(60)}" is no instance id`, form, lines]],
  ['x'.repeat(61), [code, `line 1 of ids: "${'x'.repeat(60)}…" is no instance id`, form, lines]],
  [`a\uFEFF${id}`, [code, `line 1 of ids: "a\uFEFF${id}" is no instance id`, form, lines]],
  ['["web"]', [code, 'element 1 of ids: "web" is no instance id', form, lines]],
  [` ["${id}", {"a":1}]`, [code, 'element 2 of ids: "{\\"a\\":1}" is no instance id', form, lines]],
  [
    '# none',
    [
      code,
      'ids lists no instance',
      'there is nothing to do for no instance',
      'one id a line, for example i-0abc1234def567890',
    ],
  ],
])('%j is refused, and it says what would be right', (text, said) => {
  expect(refusal(text)).toEqual(said);
});

it('says why a text is no JSON', () => {
  const [, message, why, fix] = refusal('[');
  expect(message).toBe('ids begins like JSON and is none');
  expect(why).toMatch(/JSON/u);
  expect(fix).toBe('a JSON array of ids, for example ["i-0abc1234def567890"], or one id a line');
});

it.each(['i-0abc1234', id])('takes %s', (text) => {
  expect(parseInstanceList('ids', text)).toEqual([text]);
});
