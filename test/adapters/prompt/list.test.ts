import { describe, expect, test } from 'vitest';
import type { List } from '../../../src/adapters/prompt/list.js';
import { current, makeList, move, narrow, visibleRows } from '../../../src/adapters/prompt/list.js';

const choices = [
  { value: 'opus', label: 'Claude Opus', group: 'Anthropic' },
  { value: 'sonnet', label: 'Claude Sonnet', group: 'Anthropic', hint: 'image' },
  { value: 'micro', label: 'Nova Micro', group: 'Amazon' },
  { value: 'pro', label: 'Nova Pro', group: 'Amazon', hint: 'image' },
];

function shown(list: List, height = 20): readonly string[] {
  return visibleRows(list, height).map((row) =>
    row.kind === 'heading' ? `[${row.text}]` : `${row.current ? '>' : ' '}${row.choice.value}`,
  );
}

describe('a list', () => {
  test.each([
    [undefined, 'opus'],
    ['micro', 'micro'],
    ['gone', 'opus'],
  ])('that begins at %s points at %s', (initial, value) => {
    expect(current(makeList(choices, initial))?.value).toBe(value);
  });

  test('goes round by single steps, and stops at its ends by larger ones', () => {
    const list = makeList(choices);
    expect(current(move(list, -1))?.value).toBe('pro');
    expect(current(move(move(list, 10), 1))?.value).toBe('opus');
    expect(current(move(list, 10))?.value).toBe('pro');
    expect(current(move(list, -10))?.value).toBe('opus');
  });

  test.each([
    ['', ['[Anthropic]', '>opus', ' sonnet', '[Amazon]', ' micro', ' pro']],
    ['nova', ['[Amazon]', '>micro', ' pro']],
    ['IMAGE', ['[Anthropic]', '>sonnet', '[Amazon]', ' pro']],
    ['ama image', ['[Amazon]', '>pro']],
    ['[.*', []],
  ])('narrowed by %j shows %j', (filter, expected) => {
    expect(shown(narrow(makeList(choices), filter))).toEqual(expected);
  });

  test('keeps pointing at the same choice while it is narrowed and widened', () => {
    const narrowed = narrow(makeList(choices, 'pro'), 'image');
    expect(current(narrowed)?.value).toBe('pro');
    expect(current(narrow(narrowed, ''))?.value).toBe('pro');
  });

  test('points at nothing when nothing matches', () => {
    expect(current(move(narrow(makeList(choices), 'zzz'), 1))).toBeNull();
  });

  test('shows the part around the choice that is pointed at', () => {
    expect(shown(makeList(choices, 'micro'), 3)).toEqual(['[Amazon]', '>micro', ' pro']);
    expect(shown(makeList(choices, 'opus'), 3)).toEqual(['[Anthropic]', '>opus', ' sonnet']);
    expect(shown(makeList(choices, 'pro'), 1)).toEqual(['>pro']);
  });
});
