import { describe, expect, it } from 'vitest';
import { findBlock, markers, putBlock, takeBlock } from '../../../src/steps/host/block/block.js';
import { missingFolders } from '../../../src/steps/host/missing-folders.js';
import {
  binaryToUtf8,
  jointOf,
  linesOf,
  newlineOf,
  unjoined,
  utf8ToBinary,
} from '../../../src/steps/host/text.js';

const { begin, end } = markers;

describe('line endings', () => {
  it.each([
    ['', '\n', 'none'],
    ['a', '\n', 'lf'],
    ['a\n', '\n', 'none'],
    ['a\r\n', '\r\n', 'none'],
    ['a\r\nb', '\r\n', 'crlf'],
    ['a\r\nb\nc', '\n', 'lf'],
    ['\na\r\nb', '\n', 'lf'],
    ['a\rb', '\n', 'lf'],
  ])('of %j', (text, newline, joint) => {
    expect([newlineOf(text), jointOf(text)]).toEqual([newline, joint]);
  });

  it.each([
    ['a\n', 'none', 'a\n'],
    ['a\n', 'lf', 'a'],
    ['a\r\n', 'crlf', 'a'],
    ['a\n', 'crlf', 'a\n'],
    ['a', 'lf', 'a'],
    ['a\n\n', 'lf', 'a\n'],
  ] as const)('%j without the one that it was given (%s): %j', (text, joint, without) => {
    expect(unjoined(text, joint)).toBe(without);
  });

  it('are left out of lines', () => {
    expect(linesOf('a\n\nb\r\nc')).toEqual([
      { text: 'a', start: 0, end: 2 },
      { text: '', start: 2, end: 3 },
      { text: 'b', start: 3, end: 6 },
      { text: 'c', start: 6, end: 7 },
    ]);
    expect(linesOf('')).toEqual([]);
    expect(linesOf('a\n')).toHaveLength(1);
  });

  it('stand beside any letter', () => {
    expect(utf8ToBinary('ü')).toBe('\u00C3\u00BC');
    expect(binaryToUtf8('\u00C3\u00BC')).toBe('ü');
  });
});

describe('the marked block', () => {
  const block = `${begin}\na\n${end}\n`;

  it.each([
    ['a text without one', 'x\n', { kind: 'none' }],
    ['a marker within a line', `echo "${begin}"\n`, { kind: 'none' }],
    ['a block', `x\n${block}y\n`, { kind: 'found', start: 2, end: 2 + block.length, lines: ['a'] }],
    ['an indented one', `  ${begin}\na\n  ${end}`, { kind: 'found', lines: ['a'] }],
    ['an empty one', `${begin}\n${end}\n`, { kind: 'found', lines: [] }],
    ['one with CRLF', `${begin}\r\na #\r\nb\r\n${end}\r\n`, { kind: 'found', lines: ['a', 'b'] }],
    ['one that never ends', `${begin}\n`, { reason: 'the block that begins on line 1 never ends' }],
    ['one that never begins', `x\n${end}\n`, { reason: 'line 2 ends a block that never begins' }],
    [
      'one in another',
      `${begin}\n${begin}\n${end}\n`,
      { reason: 'line 2 begins a block inside the one from line 1' },
    ],
    ['a second', block + block, { reason: 'line 4 has a marker of a second block' }],
  ])('is found: %s', (_what, text, expected) => {
    expect(findBlock(text)).toMatchObject(expected);
  });

  it.each([
    ['nothing', '', `${begin}\nn\n${end}\n`],
    ['a text', 'x\n', `x\n${begin}\nn\n${end}\n`],
    ['a text without an end', 'x', `x\n${begin}\nn\n${end}\n`],
    ['CRLF', 'x\r\n', `x\r\n${begin}\r\nn #\r\n${end}\r\n`],
    ['CRLF without an end', 'x\r\ny', `x\r\ny\r\n${begin}\r\nn #\r\n${end}\r\n`],
    ['another block', `x\n${block}y`, `x\n${begin}\nn\n${end}\ny`],
    ['another block at the very end', `x\n${begin}\na\n${end}`, `x\n${begin}\nn\n${end}`],
    [
      'one with CRLF in a text with LF',
      `x\n${begin}\r\na\r\n${end}\r\ny`,
      `x\n${begin}\r\nn #\r\n${end}\r\ny`,
    ],
    ['one with CRLF at the very end', `${begin}\r\na\r\n${end}`, `${begin}\r\nn #\r\n${end}`],
  ])('goes into %s', (_what, text, after) => {
    expect(putBlock(text, ['n'])).toBe(after);
  });

  it('ends its lines as it is told, where a comment would not do', () => {
    expect(putBlock('x\r\n', ['n'], '')).toBe(`x\r\n${begin}\r\nn\r\n${end}\r\n`);
  });

  it.each([
    ['nothing before', block, 'none', ''],
    ['a line that was given its end', `x\n${block}`, 'lf', 'x'],
    ['a line that had its end', `x\n${block}`, 'none', 'x\n'],
    ['what was added behind', `x\n${block}y\n`, 'lf', 'x\ny\n'],
    ['no block', 'x\n', 'lf', 'x\n'],
  ] as const)('goes out, leaving %s', (_what, text, joint, after) => {
    expect(takeBlock(text, joint)).toBe(after);
  });
});

describe('a path', () => {
  it.each([
    ['/a/b/c', ['/a/b', '/a'], []],
    ['/a/b/c', ['/a/b'], ['/a']],
    ['/a/b/c', [], ['/a/b']],
    ['/a/b/c', [], ['/a/b', '/a']],
    ['/c', [], []],
  ])('%s needs the folders %j besides %j', async (path, missing, there) => {
    const files = { exists: (folder: string) => Promise.resolve(there.includes(folder)) };
    expect(await missingFolders(path, files)).toEqual(missing);
  });
});
