import { describe, expect, test } from 'vitest';
import { fit, fitEnd, pad, printable, wrap } from '../../../src/adapters/output/fit.js';
import { paragraph } from '../../../src/adapters/output/fold.js';
import { displayWidth } from '../../../src/adapters/output/width.js';

describe('displayWidth', () => {
  test.each([
    ['', 0],
    ['web-1', 5],
    ['本番', 4],
    ['ﾊﾝｶｸ', 4],
    ['サーバー', 8],
    ['한국', 4],
    ['e\u0301', 1],
    ['🦞', 2],
    ['\u001B[31mred\u001B[39m', 3],
  ])('%j takes up %d columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('cutting', () => {
  test.each([
    ['EC2-Bedrock-Access', 18, 'EC2-Bedrock-Access'],
    ['EC2-Bedrock-Access', 10, 'EC2-Bedr..'],
    ['本番サーバー', 7, '本番..'],
    ['long', 3, 'lon'],
  ])('the beginning of %j in %d columns is %j', (text, columns, expected) => {
    expect(fit(text, columns)).toBe(expected);
    expect(displayWidth(fit(text, columns))).toBeLessThanOrEqual(columns);
  });

  test.each([
    ['us-east-1', 4, 'st-1'],
    ['本番', 3, '番'],
  ])('the end of %j in %d columns is %j', (text, columns, expected) => {
    expect(fitEnd(text, columns)).toBe(expected);
  });

  test('padding counts columns, not characters', () => {
    expect(pad('本番', 6)).toBe('本番  ');
  });
});

test('words are kept whole where they fit', () => {
  expect(wrap('Which instance is it that OpenClaw runs on?', 20)).toEqual([
    'Which instance is it',
    'that OpenClaw runs',
    'on?',
  ]);
  expect(wrap('averyveryverylongword x', 10)).toEqual(['averyver..', 'x']);
});

describe('printable', () => {
  test('control sequences and line breaks never reach the terminal', () => {
    expect(printable('a\u001B[2Jb\r\nc\u0007', true)).toBe('ab c ');
  });

  test('outside of a Unicode locale everything is ASCII', () => {
    expect(printable('Claude… – “x” 本', false)).toBe('Claude... - ?x? ?');
  });
});

describe('a paragraph', () => {
  test('that fits stays on its line', () => {
    expect(paragraph('  fix  ', 'run: aws sso login', 40)).toEqual(['  fix  run: aws sso login']);
    expect(paragraph('  fix  ', 'x'.repeat(500), Number.POSITIVE_INFINITY)).toHaveLength(1);
  });

  test('is broken at spaces, under its own beginning', () => {
    expect(paragraph('  why  ', 'the instance metadata service knows of no role', 30)).toEqual([
      '  why  the instance metadata',
      '       service knows of no',
      '       role',
    ]);
  });

  test.each([
    ['wait a minute: aws sso login --profile work', ['wait a minute:', 'aws sso login --profile work']],
    ['npx openclaw-bedrock-setup verify --region x', ['npx openclaw-bedrock-setup verify --region x']],
  ])('leaves a command whole: %s', (text, lines) => {
    const [first = '', ...rest] = lines;
    expect(paragraph('  fix  ', text, 30)).toEqual([
      `  fix  ${first}`,
      ...rest.map((line) => `       ${line}`),
    ]);
  });

  test.each([
    ['look there: aws iam get-role, then go on', ['look there: aws iam', 'get-role, then go on']],
    ['see https://example.com/a-long-address here', ['see', 'https://example.com/a-long-address', 'here']],
    ['add {"Effect":"Allow","Action":"iam:GetRole"}', ['add', '{"Effect":"Allow","Action":"iam:GetRole"}']],
    ['one of:\n  sign in here: aws sso login', ['one of:', '  sign in here:', '  aws sso login']],
  ])('breaks what is not copied, and nothing else: %s', (text, lines) => {
    const [first = '', ...rest] = lines;
    expect(paragraph('  fix  ', text, 29)).toEqual([
      `  fix  ${first}`,
      ...rest.map((line) => `       ${line}`),
    ]);
  });

  test('where there is hardly any room it is left to the terminal', () => {
    expect(paragraph('  why  ', 'the instance has no role', 20)).toEqual(['  why  the instance has no role']);
  });
});
