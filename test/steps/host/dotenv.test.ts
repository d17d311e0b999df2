import { describe, expect, it } from 'vitest';
import { removeLine, setEntry, writtenValue } from '../../../src/steps/host/dotenv/edit.js';
import { lastEntry } from '../../../src/steps/host/dotenv/parse.js';

describe('the value of K in a .env text', () => {
  it.each([
    ['K=v', 'v'],
    ['K = v', 'v'],
    ['  K=v  ', 'v'],
    ['K: v', 'v'],
    ['K:v', null],
    ['export K=v', 'v'],
    ['export   K=v', 'v'],
    ['exportK=v', null],
    ['K=', ''],
    ['K= # c', ''],
    ['K=v # c', 'v'],
    ['K=v#c', 'v'],
    ['K="v # c" # d', 'v # c'],
    ["K='a\\nb'", 'a\\nb'],
    ['K="a\\nb"', 'a\nb'],
    ['K="a\\rb"', 'a\rb'],
    ['K=`a"b\'c`', 'a"b\'c'],
    ['K="a\nb"', 'a\nb'],
    ["K='a\nb'", 'a\nb'],
    ['K=`a\nb`', 'a\nb'],
    ['K="a\\"b"', 'a\\"b'],
    ["K='a\\'b'", "a\\'b"],
    ['K=a b', 'a b'],
    ['K=v\r\nL=w', 'v'],
    ['L=w\nK=v', 'v'],
    ['K=v\nK=w', 'w'],
    ['# K=v', null],
    ['KK=v', null],
    ['L=K=v', null],
    ['L="\nK=v\n"', null],
    ['', null],
  ])('%j: %j', (text, value) => {
    expect(lastEntry(text, 'K')?.value ?? null).toBe(value);
  });

  it.each([
    ['K=v # c', 'v'],
    ['K = "v w" # c', '"v w"'],
    ["a=1\nexport K='v'\r\n", "'v'"],
    ['K=', ''],
    ['K=\nL=w', ''],
  ])('stands in %j as %j', (text, written) => {
    const { start, end } = lastEntry(text, 'K') ?? { start: -1, end: -1 };
    expect(text.slice(start, end)).toBe(written);
  });

  it('has a key with dots and hyphens', () => {
    expect(lastEntry('a.b-c=v', 'a.b-c')?.value).toBe('v');
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
  ])('%j becomes %j', (text, after) => {
    expect(setEntry(text, 'K', 'new')).toBe(after);
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
