import { describe, expect, it } from 'vitest';
import { parseEnvironmentFile } from '../../../src/core/environment/environment-file.js';
import { pairs } from './pairs.js';

describe("an environment file of systemd's", () => {
  it('has its variables with their lines', () => {
    const text = '# c\r\n;d\r\nA=1\r\n\r\n B = "two\nlines"\nnonsense\nC=3\\\n4\nD=5';
    expect(pairs(parseEnvironmentFile(text))).toEqual(['3 A=1', '5 B=two\nlines', '8 C=34', '10 D=5']);
  });

  it.each([
    ['A=b # c', 'b # c'],
    ['A=b#c', 'b#c'],
    ['A="b c"', 'b c'],
    ['A="b" # c', 'b# c'],
    ["A='b\\'", 'b\\'],
    ['A="b\\$\\"c\\d\\`\\\\"', 'b$"c\\d`\\'],
    ['A=b\\ c', 'b c'],
    ['A=b\\ ', 'b '],
    ['A= b  ', 'b'],
    ['A=`b`', '`b`'],
    ["A=it's", "it's"],
    ['A=b"c"', 'b"c"'],
    ['A=b\\\nc', 'bc'],
    ['A="b\\\nc"', 'bc'],
    ["A='b' \\\nc", 'bc'],
    ['A=', ''],
    ['A=\'b\'"c" d', 'bcd'],
    ["A='b\nc", 'b\nc'],
    ['A="b\\', 'b'],
    ['A=b \\', 'b '],
  ])('takes %j for %j, as systemd 252 does', (text, value) => {
    expect(parseEnvironmentFile(text)).toEqual([{ name: 'A', value, line: 1 }]);
  });

  it.each(['#A=b', ';A=b', ' # A=b', 'export A=b', 'A', ' ', '=b', '1A=b', 'A: b', 'A-B=c'])(
    'finds nothing in %j',
    (text) => {
      expect(parseEnvironmentFile(text)).toEqual([]);
    },
  );
});
