import { expect, test } from 'vitest';
import { isText, splitKeys } from '../../../src/adapters/prompt/keys.js';

test.each([
  ['abc', ['a', 'b', 'c'], ''],
  ['\u001B[A\u001B[1;5C\r', ['\u001B[A', '\u001B[1;5C', '\r'], ''],
  ['\u001BOH\u001B[[A\u001B[6~', ['\u001BOH', '\u001B[[A', '\u001B[6~'], ''],
  ['x\u001B', ['x'], '\u001B'],
  ['\u001B[1;', [], '\u001B[1;'],
  ['\u001B\u001B', ['\u001B'], '\u001B'],
  ['\u001B\u0003', ['\u001B', '\u0003'], ''],
  ['\u001Bb', ['\u001Bb'], ''],
  ['本🦞', ['本', '🦞'], ''],
])('%j is the keys %j and the beginning %j', (text, keys, rest) => {
  expect(splitKeys(text)).toEqual({ keys, rest });
});

test('a sequence that comes in pieces is one key', () => {
  const first = splitKeys('\u001B[');
  expect(splitKeys(`${first.rest}5~`)).toEqual({ keys: ['\u001B[5~'], rest: '' });
});

test.each([
  ['a', true],
  [' ', true],
  ['本', true],
  ['', false],
  ['\t', false],
  ['\u001B[A', false],
  ['\u001Bb', false],
])('whether %j belongs into an answer: %s', (key, expected) => {
  expect(isText(key)).toBe(expected);
});
