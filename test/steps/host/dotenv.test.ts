import { describe, expect, it } from 'vitest';
import { removeLine, setEntry, writtenValue } from '../../../src/steps/host/dotenv/edit.js';
import { lastEntry } from '../../../src/steps/host/dotenv/last-entry.js';
import { binaryToUtf8, utf8ToBinary } from '../../../src/steps/host/text.js';

describe('the entry of K in a .env text', () => {
  it.each([
    ['K=v # c', 'v'],
    ['K = "v w" # c', '"v w"'],
    ["a=1\nexport K='v'\r\n", "'v'"],
    ['K=', ''],
    ['K=\nL=w', ''],
    ['K=v\nK=w\n', 'w'],
    ['# \u00e9\nK=\u00e0\n', '\u00e0'],
    ['# \u{1F600}\nK= "\u00e9 \u00e0" # c\n', '"\u00e9 \u00e0"'],
    ['\uFEFFK=v', 'v'],
    ['K=v\u00a0', 'v'],
  ])('stands in %j as %j', (text, written) => {
    const binary = utf8ToBinary(text);
    const { start, end } = lastEntry(binary, 'K') ?? { start: -1, end: -1 };
    expect(binaryToUtf8(binary.slice(start, end))).toBe(written);
  });

  it('has the value that its reader sees', () => {
    expect(lastEntry(utf8ToBinary('K="\u00e9 \u00e0"'), 'K')?.value).toBe('\u00e9 \u00e0');
    expect(lastEntry('L=v', 'K')).toBeNull();
  });

  it('is found beside bytes that are no text', () => {
    const binary = '# \u00e9\nL=\u00ff\nK=v\n';
    const { value, start, end } = lastEntry(binary, 'K') ?? { value: null, start: -1, end: -1 };
    expect([value, binary.slice(start, end)]).toEqual(['v', 'v']);
    expect(lastEntry(binary, 'L')?.value).toBe('\uFFFD');
  });
});

describe('a value that is written', () => {
  it.each([
    ['us-east-1', 'us-east-1'],
    ['a/b:c@d.e+f_g', 'a/b:c@d.e+f_g'],
    ['', "''"],
    ['a b', "'a b'"],
    ['a#b', "'a#b'"],
    ["it's", "`it's`"],
    ["it's `b`", '"it\'s `b`"'],
    ['a\\b', "'a\\b'"],
  ])('%j stands as %s', (value, written) => {
    expect(writtenValue('K', value)).toBe(written);
  });

  it.each(['\'`"', 'a b\\', "'`\\x"])('%j is refused by name', (value) => {
    expect(() => writtenValue('K', value)).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({
          code: 'VALUE_UNSAFE',
          message: 'the value of K cannot be written to a .env file',
          why: 'the format has no way to write a value with all three kinds of quotes, or with a backslash at its end',
          fix: 'give K another value',
        }) as unknown,
      }) as Error,
    );
  });
});

describe('a text in which K is set', () => {
  it.each([
    ['', 'K=new\n'],
    ['a=1', 'a=1\nK=new\n'],
    ['a=1\n', 'a=1\nK=new\n'],
    ['a=1\r\n', 'a=1\r\nK=new\r\n'],
    ['a=1\r\nb=2', 'a=1\r\nb=2\r\nK=new\r\n'],
    ['a=1\r\nb=2\n', 'a=1\r\nb=2\nK=new\n'],
    ['K=old # c\n', 'K=new # c\n'],
    ['K=a\nK=b\n', 'K=a\nK=new\n'],
    ['K=\n', 'K=new\n'],
    ['K=voil\u00e0\n', 'K=new\n'],
  ])('%j becomes %j', (text, after) => {
    expect(binaryToUtf8(setEntry(utf8ToBinary(text), 'K', 'new'))).toBe(after);
  });
});

describe('a text without the line K=v', () => {
  it.each([
    ['K=v', ''],
    ['K=v\n', ''],
    ['a=1\nK=v\nb=2\n', 'a=1\nb=2\n'],
    ['a=1\r\nK=v\r\nb=2', 'a=1\r\nb=2'],
    ['K=v\na=1', 'a=1'],
    ['K=old\nK=v\n', 'K=old\n'],
    ['K=v # c\n', null],
    ['export K=v\n', null],
    [' K=v\n', null],
    ['K=w\n', null],
    ['a=1\n', null],
  ])('%j: %j', (text, after) => {
    expect(removeLine(text, 'K', 'v')).toBe(after);
  });
});
