import { describe, expect, it } from 'vitest';
import { helpText, summaries } from '../../../src/cli/arguments/help.js';
import { parseWhole } from '../../support/parse.js';
import { valueFlags } from '../../../src/cli/arguments/flags.js';
import { switches } from '../../../src/cli/arguments/switches.js';
import { SetupError } from '../../../src/core/errors.js';
import type { Settings } from '../../../src/core/settings.js';

function settings(...argv: string[]): Settings {
  const request = parseWhole(argv);
  if (request.kind !== 'run') throw new Error(`expected a run, got ${request.kind}`);
  return request.settings;
}

function refusal(...argv: string[]): SetupError {
  try {
    parseWhole(argv);
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was accepted`);
}

describe('commands', () => {
  it('takes setup where no command is named', () => {
    expect(settings().command).toBe('setup');
    expect(settings('plan').command).toBe('plan');
  });

  it('names the nearest command for a mistyped one', () => {
    expect(refusal('verfy')).toMatchObject({
      code: 'UNKNOWN_COMMAND',
      fix: 'did you mean verify?',
      exitCode: 2,
    });
  });

  it('refuses a second word', () => {
    expect(refusal('plan', 'i-0abc1234def567890')).toMatchObject({
      code: 'UNEXPECTED_ARGUMENT',
      exitCode: 2,
    });
  });

  it('knows help and version before anything else', () => {
    expect(parseWhole(['--version'])).toEqual({ kind: 'version' });
    expect(parseWhole(['undo', '--help'])).toEqual({ kind: 'help', topic: 'undo' });
    expect(parseWhole(['help'])).toEqual({ kind: 'help', topic: null });
    expect(parseWhole(['help', 'verify'])).toEqual({ kind: 'help', topic: 'verify' });
  });
});

describe('flags', () => {
  it('names the nearest flag for a mistyped one', () => {
    expect(refusal('--instnace-id', 'i-0abc1234def567890').fix).toBe('did you mean --instance-id?');
  });

  it('refuses a flag where it has no meaning', () => {
    expect(refusal('verify', '--replace-profile')).toMatchObject({ code: 'FLAG_NOT_HERE', exitCode: 2 });
  });

  it('reads the six discovery settings and leaves out what is not given', () => {
    expect(settings('--provider-filter', 'anthropic, amazon', '--refresh-interval', '0').discovery).toEqual({
      providerFilter: ['anthropic', 'amazon'],
      refreshInterval: 0,
    });
  });

  it.each([
    [['--instance-id', 'i-xxxxx'], 'placeholder'],
    [['--instance-id', 'i-123'], 'hexadecimal'],
    [['--region', 'us-east-1a'], 'availability zone'],
    [['--region', 'mars'], 'us-east-1'],
    [['--region', 'us-esat-1'], '--region us-east-1'],
    [['--role-name', 'a b'], 'IAM allows'],
    [['--policy', 'everything'], 'invoke, scoped'],
    [['--permissions-boundary', 'Boundary'], 'ARN of a managed policy'],
    [['--resource-tag', 'novalue'], 'KEY=VALUE'],
    [['--resource-tag', 'managed-by=me'], 'reserved'],
    [['--hop-limit', '0'], 'from 1 to 64'],
    [['--refresh-interval', 'abc'], 'whole number'],
    [['--default-max-tokens', '0'], 'from 1'],
    [['--host', 'there'], 'auto, local, ssm, skip'],
  ])('refuses %s before any call', (argv, why) => {
    const error = refusal(...argv);
    expect(error).toMatchObject({ code: 'BAD_VALUE', exitCode: 2 });
    expect(error.message).toContain(JSON.stringify(argv[1]));
    expect(`${error.why} ${error.fix}`).toContain(why);
    expect(error.fix).toMatch(/^for example: --/u);
  });

  it.each([
    [['--refresh-interval', '-1'], 'BAD_VALUE', '--refresh-interval "-1" is not valid'],
    [['--region', '--yes'], 'BAD_ARGUMENTS', '--region has no value, and "--yes" follows it'],
    [['plan', '--region'], 'BAD_ARGUMENTS', '--region has no value'],
    [['--yes=no'], 'BAD_ARGUMENTS', '--yes takes no value'],
    [['-1'], 'UNKNOWN_FLAG', 'unknown flag -1'],
  ])('says of %s what is wrong in its own words', (argv, code, message) => {
    const error = refusal(...argv);
    expect(error).toMatchObject({ code, message, exitCode: 2 });
    expect(`${error.message} ${error.fix}`).not.toMatch(/ambiguous|-XYZ/u);
  });

  it('refuses what contradicts itself', () => {
    expect(refusal('--policy', 'scoped').code).toBe('MODEL_NEEDED');
    expect(refusal('--cloud', 'skip', '--host', 'skip').code).toBe('NOTHING_LEFT');
    expect(refusal('--dry-run', '--yes').code).toBe('CONTRADICTION');
  });
});

describe('help', () => {
  it('leads with examples and names each flag of the command', () => {
    const text = helpText('plan');
    expect(text.indexOf('examples:')).toBeLessThan(text.indexOf('flags'));
    const named = Object.entries({ ...valueFlags, ...switches });
    const expected = named.filter(([, flag]) => (flag.commands as readonly string[]).includes('plan'));
    const shown = named.filter(([name]) => new RegExp(`--(?:\\[no-\\])?${name}\\b`, 'u').test(text));
    expect(shown.map(([name]) => name)).toEqual(expected.map(([name]) => name));
  });

  it('of the tool fits a terminal of 24 rows, and says where the flags are', () => {
    const text = helpText(null, 80);
    expect(text.split('\n').length).toBeLessThanOrEqual(24);
    expect(text).toContain('the flags of a command: openclaw-bedrock-setup setup --help');
    for (const command of Object.keys(summaries)) expect(text).toMatch(new RegExp(`^ {2}${command} `, 'mu'));
  });

  it.each([null, 'setup', 'plan', 'verify', 'undo'] as const)(
    'of %s fits a terminal of 80 columns',
    (topic) => {
      const lines = helpText(topic, 80).split('\n');
      expect(lines.filter((line) => line.length > 80 && !/^ {2}openclaw-bedrock-setup /u.test(line))).toEqual(
        [],
      );
      const words = (text: string): readonly string[] => text.split(/\s+/u);
      expect(words(helpText(topic, 80))).toEqual(words(helpText(topic)));
    },
  );
});
