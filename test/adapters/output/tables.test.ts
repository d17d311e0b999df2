import { describe, expect, it } from 'vitest';
import { makeReporter } from '../../../src/adapters/output/reporter.js';
import { changesText, findingsText } from '../../../src/adapters/output/tables.js';
import { fold } from '../../../src/adapters/output/fold.js';
import type { ChangeResult } from '../../../src/core/change-result.js';
import type { Finding } from '../../../src/core/finding.js';
import { emptyReport } from '../../../src/core/report.js';
import { keptStreams } from './streams.js';

const changes: readonly ChangeResult[] = [
  {
    step: 'association',
    lane: 'cloud',
    title: 'association',
    action: 'create',
    target: 'i-0abc1234def567890 -> EC2-Bedrock-Access',
    detail: 'the instance gets the profile',
    status: 'planned',
  },
  {
    step: 'openclaw-discovery',
    lane: 'host',
    title: 'OpenClaw discovery',
    action: 'update',
    target: '/home/claw/.openclaw/openclaw.json',
    detail: 'plugins.entries.amazon-bedrock.config.discovery: enabled, region',
    status: 'planned',
  },
];
const findings: readonly Finding[] = [
  { id: 'metadata', status: 'ok', message: 'http://169.254.169.254 answers' },
  {
    id: 'converse',
    status: 'ok',
    message: 'us.amazon.nova-micro-v1:0 answered in 50 ms, 9 tokens in, 6 out',
  },
];

function options(columns: number) {
  return { paint: (_style: unknown, text: string) => text, home: '/home/claw', columns };
}

function withoutSpaces(text: string): string {
  return text.replaceAll(/\s+/gu, '');
}

describe('a plan', () => {
  it('has one line a change where there is room', () => {
    expect(changesText(changes, options(Number.POSITIVE_INFINITY))).toMatchInlineSnapshot(`
      "  cloud
      + association         create  i-0abc1234def567890 -> EC2-Bedrock-Access  the instance gets the profile
        host
      ~ OpenClaw discovery  update  ~/.openclaw/openclaw.json                  plugins.entries.amazon-bedrock.config.discovery: enabled, region"
    `);
  });

  it('leaves paths alone where the home folder is not known', () => {
    const nowhere = { ...options(Number.POSITIVE_INFINITY), home: '' };
    const known = options(Number.POSITIVE_INFINITY);
    expect(changesText(changes, nowhere)).toBe(changesText(changes, { ...known, home: null }));
  });

  it('has the detail below where there is less', () => {
    expect(changesText(changes, options(80))).toMatchInlineSnapshot(`
      "  cloud
      + association         create  i-0abc1234def567890 -> EC2-Bedrock-Access
                                    the instance gets the profile
        host
      ~ OpenClaw discovery  update  ~/.openclaw/openclaw.json
                                    plugins.entries.amazon-bedrock.config.discovery:
                                    enabled, region"
    `);
  });

  it('has everything below each other on a narrow terminal', () => {
    expect(changesText(changes, options(40))).toMatchInlineSnapshot(`
      "  cloud
      + association         create
            i-0abc1234def567890 ->
            EC2-Bedrock-Access
            the instance gets the profile
        host
      ~ OpenClaw discovery  update
            ~/.openclaw/openclaw.json
            plugins.entries.amazon-bedrock.con
            fig.discovery: enabled, region"
    `);
  });

  it.each([20, 40, 60, 80, 100, 200])('is never wider than %d columns, and loses nothing', (columns) => {
    const text = changesText(changes, options(columns));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(
      Math.max(columns, 30),
    );
    const whole = withoutSpaces(text);
    for (const { target, detail } of changes) {
      expect(whole).toContain(withoutSpaces(detail));
      expect(whole).toContain(withoutSpaces(target.replace('/home/claw', '~')));
    }
  });
});

describe('findings', () => {
  it.each([40, 80, 200])('are never wider than %d columns', (columns) => {
    const text = findingsText(findings, options(columns));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(withoutSpaces(text)).toContain(withoutSpaces(findings[1]?.message ?? 'nothing'));
  });
});

describe('what is explained', () => {
  const finding = (id: Finding['id'], status: Finding['status'], code: string): Finding => ({
    id,
    status,
    message: `message of ${code}`,
    code,
    fix: `mend ${code}`,
  });
  const failed = [
    finding('metadata-profile', 'fail', 'NO_PROFILE_YET'),
    finding('gateway-env', 'fail', 'SHADOWED_BY_KEYS'),
    finding('identity', 'fail', 'SHADOWED_BY_KEYS'),
    finding('openclaw', 'warn', 'OPENCLAW_SLOW'),
  ];
  const fixes = (shown: readonly Finding[]): readonly string[] =>
    findingsText(shown, options(80))
      .split('\n')
      .filter((line) => line.startsWith('  fix'));

  it('is every failure, once', () => {
    expect(fixes(failed)).toEqual(['  fix  mend NO_PROFILE_YET', '  fix  mend SHADOWED_BY_KEYS']);
  });

  it('is a warning where nothing failed', () => {
    expect(fixes(failed.slice(3))).toEqual(['  fix  mend OPENCLAW_SLOW']);
  });
});

describe('the end of a run', () => {
  it('says what was done and proved, where the receipt is, how to undo, and what comes next', async () => {
    const streams = keptStreams(null);
    const reporter = makeReporter(streams, {
      json: false,
      quiet: false,
      home: '/home/claw',
      shareable: false,
    });
    const report = {
      ...emptyReport('setup', false),
      changes: changes.map((change) => ({ ...change, status: 'applied' as const })),
      checks: findings,
      receipt: '/home/claw/.local/state/openclaw-bedrock-setup/r-1.json',
      next: ['openclaw-bedrock-setup verify'],
    };
    const undo = 'openclaw-bedrock-setup undo --instance-id i-0abc1234def567890 --region us-east-1';
    await reporter.finish(report, 'Everything is in place.', undo);
    expect(streams.written.result.split('\n').slice(-6)).toEqual([
      '2 applied. Everything is in place.',
      'proved: us.amazon.nova-micro-v1:0 answered in 50 ms, 9 tokens in, 6 out',
      'receipt: ~/.local/state/openclaw-bedrock-setup/r-1.json',
      `undo: ${undo}`,
      'next: openclaw-bedrock-setup verify',
      '',
    ]);
  });
});

describe('a folded text', () => {
  it('breaks at spaces, then anywhere, and loses nothing', () => {
    expect(fold('one two three', 7)).toEqual(['one two', 'three']);
    expect(fold('abcdefghij k', 4)).toEqual(['abcd', 'efgh', 'ij k']);
    expect(fold('本番環境', 4)).toEqual(['本番', '環境']);
    expect(fold('', 4)).toEqual(['']);
  });
});
