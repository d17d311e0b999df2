import { createRequire } from 'node:module';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../../src/core/environment/dotenv.js';
import { openClawRequirement, releases } from '../../support/openclaw.js';
import { pairs } from './pairs.js';

const version = '2026.9.6';
const hasOpenClaw = await openClawRequirement(version);

describe('a .env text', () => {
  it('has its variables with their lines', () => {
    const text =
      '# c\r\nA=1 # x\r\nexport B = "two # words"\r\nC=\'3\'\r\nD=\r\nnonsense\r\nE="a\r\nb"\r\n\r\nF=5\r\nA=6';
    expect(pairs(parseDotenv(text))).toEqual([
      '2 A=1',
      '3 B=two # words',
      '4 C=3',
      '5 D=',
      '7 E=a\nb',
      '10 F=5',
      '11 A=6',
    ]);
  });

  it.each([
    ['K=v', 'v'],
    ['K = v', 'v'],
    ['  K=v  ', 'v'],
    ['K: v', 'v'],
    ['export K=v', 'v'],
    ['\t export   K=v', 'v'],
    ['K=', ''],
    ['K= # c', ''],
    ['K=#all', ''],
    ['K=v # c', 'v'],
    ['K=v#c', 'v'],
    ['K=v #c #d', 'v'],
    ['K=v\t#c', 'v'],
    ['K="v # c" # d', 'v # c'],
    ["K=''", ''],
    ['K=``', ''],
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
    ['K=a "b"', 'a "b"'],
    ["K=it's", "it's"],
    ['K="no end', '"no end'],
    ['K="no\\nend', '"no\nend'],
    ["K='no\\nend", "'no\\nend"],
  ])('%j gives K %j', (text, value) => {
    expect(parseDotenv(text).map((entry) => [entry.name, entry.value])).toEqual([['K', value]]);
  });

  it.each(['K', '=v', 'export K', 'K L=v', 'K:v', '# K=v', 'L=K=v', 'L="\nK=v\n"', 'exportK=v', ''])(
    '%j gives no K',
    (text) => {
      expect(parseDotenv(text).filter(({ name }) => name === 'K')).toEqual([]);
    },
  );

  it('has names with dots, hyphens and digits', () => {
    expect(pairs(parseDotenv('_a.b-c=1\n2d=3'))).toEqual(['1 _a.b-c=1', '2 2d=3']);
  });

  it('tells where a value is written', () => {
    const text = 'A=1\nK = "v w" # c\n';
    expect(parseDotenv(text).map(({ start, end }) => text.slice(start, end))).toEqual(['1', '"v w"']);
  });

  it.skipIf(!hasOpenClaw)("has what the parser in OpenClaw's own folder says", () => {
    const dotenv = createRequire(import.meta.url)(path.join(releases, version, 'node_modules', 'dotenv')) as {
      readonly parse: (text: string) => Readonly<Record<string, string>>;
    };
    const pieces = [
      'A',
      'B1',
      '=',
      ': ',
      'export ',
      '"',
      "'",
      '`',
      '#',
      ' ',
      '\t',
      '\n',
      '\r',
      '\\',
      '\\n',
      '\u00e0',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (content) => {
        const seen = Object.fromEntries(parseDotenv(content).map(({ name, value }) => [name, value]));
        expect(seen).toEqual(dotenv.parse(content));
      }),
      { numRuns: 5000 },
    );
  });
});
