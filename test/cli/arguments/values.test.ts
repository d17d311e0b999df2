import { describe, expect, it } from 'vitest';
import type { ValueFlag } from '../../../src/cli/arguments/flag.js';
import { type ValueFlagName, valueFlags } from '../../../src/cli/arguments/flags.js';
import { parseWhole } from '../../support/parse.js';
import { WrongValue } from '../../../src/cli/arguments/validate/wrong-value.js';
import { SetupError } from '../../../src/core/errors.js';

interface Samples {
  readonly right: readonly string[];
  readonly wrong: readonly string[];
}

const policyArn = 'arn:aws:iam::111122223333:policy/team/Boundary';
const file: Samples = { right: ['a.txt', './a b', '/x/ü'], wrong: ['', 'a\0b'] };
const whole = (least: number, most: number): Samples => ({
  right: [String(least), String(most)],
  wrong: [
    '',
    '-1',
    '1.5',
    '1e3',
    'many',
    ' 1',
    String(most + 1),
    ...(least === 0 ? [] : [String(least - 1)]),
  ],
});
const share: Samples = { right: ['1', '50', '10%', '100%'], wrong: ['', '-1', '101%', '1.5', '01', 'half'] };
const profile: Samples = { right: ['default', 'a/b@c:d'], wrong: ['', 'a b', '[x]', 'x'.repeat(129)] };
const mostNumber = 2 ** 31;

const samples: Readonly<Record<ValueFlagName, Samples>> = {
  region: {
    right: ['us-east-1', 'us-gov-west-1', 'eusc-de-east-1', 'us-isob-east-1', 'ap-southeast-2'],
    wrong: ['', 'mars', 'us-east-1a', 'US-EAST-1', 'us-east', 'us-east-123', 'completely-elsewhere'],
  },
  profile,
  'role-name': { right: ['a', 'x'.repeat(64), 'a+b=c,d.e@f-g_h'], wrong: ['', 'a b', 'a/b', 'x'.repeat(65)] },
  policy: {
    right: ['invoke', 'scoped', 'full-access', policyArn],
    wrong: ['', 'Invoke', 'all', 'arn:aws:iam::111122223333:role/x', 'arn:aws:s3:::policy/x'],
  },
  model: {
    right: ['sonnet', 'us.anthropic.claude-sonnet-4-6', 'amazon-bedrock/x'],
    wrong: ['', 'x', 'a b', '$(x)'],
  },
  'use-case': file,
  'permissions-boundary': {
    right: [policyArn],
    wrong: ['', 'Boundary', 'arn:aws:iam::111122223333:role/x', 'arn:aws:ec2:::policy/x'],
  },
  'resource-tag': {
    right: ['team=platform', 'a=', 'a=b=c', 'größe=1 2', `k=${'v'.repeat(256)}`],
    wrong: [
      '',
      'team',
      '=x',
      'a;b=c',
      'a=b;c',
      `${'k'.repeat(129)}=v`,
      `k=${'v'.repeat(257)}`,
      'aws:x=y',
      'AWS:x=y',
      'managed-by=me',
      'openclaw-bedrock-setup:receipt=r',
    ],
  },
  'hop-limit': whole(1, 64),
  host: { right: ['auto', 'local', 'ssm', 'skip'], wrong: ['', 'Auto', 'there'] },
  cloud: { right: ['auto', 'skip'], wrong: ['', 'local'] },
  'gateway-profile': profile,
  'openclaw-user': {
    right: ['ubuntu', 'ec2-user', '_x', 'host$'],
    wrong: ['', '1x', 'a b', '-x', 'x'.repeat(33)],
  },
  'provider-filter': {
    right: ['anthropic', 'anthropic, Mistral AI'],
    wrong: ['', 'a,,b', 'a;b', 'x'.repeat(65)],
  },
  'refresh-interval': whole(0, mostNumber),
  'default-context-window': whole(1, mostNumber),
  'default-max-tokens': whole(1, mostNumber),
  receipt: {
    right: ['r-3f9c0a1b2d4e', '~/.local/state/openclaw-bedrock-setup/r-1.json', 'r-1.json'],
    wrong: ['', 'R-1', 'r_1', '../r', 'x'.repeat(65)],
  },
  timeout: whole(1, 3600),
  account: { right: ['111122223333'], wrong: ['', '1111', '11112222333a', '1111222233334'] },
  output: { right: ['out', './a b'], wrong: ['', 'a\0b'] },
  'mock-fault': { right: ['GATEWAY_ENV', 'gateway_env'], wrong: ['', '1', 'a-b', 'x'.repeat(42)] },
  report: { right: ['report.md', 'a/b c'], wrong: ['', ' ', 'reports/', 'a\0b'] },
  trace: { right: ['trace.svg', 'a/b.html'], wrong: ['', '.svg', 'a/.html', 'trace.png', 'a\0b.svg'] },
  config: file,
  port: whole(0, 65_535),
  'instance-id': {
    right: ['i-0abc1234', 'i-0abc1234def567890'],
    wrong: ['', 'i-xxxxx', 'i-…', 'i-0abc1234d', 'i-0ABC1234', 'mi-0abc1234def567890'],
  },
  'instance-tag': { right: ['env=prod', 'a=', 'a=b=c'], wrong: ['', 'env', '=x', `${'k'.repeat(129)}=v`] },
  asg: { right: ['web', 'my group'], wrong: ['', ' web', 'a\u0007b', 'x'.repeat(256)] },
  'instances-file': file,
  enroll: {
    right: ['openclaw=yes', 'a=b=c'],
    wrong: [
      '',
      'openclaw',
      'a=',
      '=b',
      'a,b=c',
      'a=b,c',
      'a;b=c',
      `${'k'.repeat(129)}=v`,
      `k=${'v'.repeat(257)}`,
    ],
  },
  'tool-source': {
    right: ['https://example.com:8443/a/openclaw-1.0.0.tgz', '/opt/a@1.tgz'],
    wrong: [
      '',
      'http://example.com/a.tgz',
      'https://example.com/a.tgz?token=x',
      'https://u:p@h/a.tgz',
      'a.tgz',
      '/a.zip',
    ],
  },
  'max-concurrency': share,
  'max-errors': share,
  'host-timeout': whole(10, 172_800),
};

const names = Object.keys(valueFlags) as ValueFlagName[];
const flagOf = (name: ValueFlagName): ValueFlag<unknown> => valueFlags[name];

function refusal(name: ValueFlagName, value: string): SetupError {
  const [command = 'setup'] = flagOf(name).commands;
  try {
    const words = command === 'render' ? ['render', 'terraform'] : [command];
    parseWhole([...words, `--${name}=${value}`], { environment: {}, readText: () => null });
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
  throw new Error(`--${name} ${JSON.stringify(value)} was accepted`);
}

describe.each(names)('--%s', (name) => {
  it.each(samples[name].wrong)('refuses %j, names it, and shows a value that is right', (value) => {
    const error = refusal(name, value);
    expect(error).toMatchObject({
      code: 'BAD_VALUE',
      exitCode: 2,
      message: `--${name} ${JSON.stringify(value)} is not valid`,
    });
    expect(error.why).not.toBe('');
    const start = `for example: --${name} `;
    expect(error.fix.startsWith(start)).toBe(true);
    expect(() => flagOf(name).parse(error.fix.slice(start.length))).not.toThrow();
  });

  it.each(samples[name].right)('takes %j', (value) => {
    expect(() => flagOf(name).parse(value)).not.toThrow();
  });

  it('throws nothing but WrongValue', () => {
    for (const value of samples[name].wrong) expect(() => flagOf(name).parse(value)).toThrow(WrongValue);
  });
});
