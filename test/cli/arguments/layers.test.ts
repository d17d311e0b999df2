import { describe, expect, it } from 'vitest';
import { variableOf } from '../../../src/cli/arguments/layers.js';
import { flagNames } from '../../../src/cli/arguments/flag-table.js';
import { parseWhole } from '../../support/parse.js';
import { SetupError } from '../../../src/core/errors.js';
import type { Settings } from '../../../src/core/settings.js';

interface Place {
  readonly environment?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

function settings(argv: readonly string[], { environment = {}, files = {} }: Place): Settings {
  const request = parseWhole(argv, { environment, readText: (path) => files[path] ?? null });
  if (request.kind !== 'run') throw new Error(`expected a run, got ${request.kind}`);
  return request.settings;
}

function refusal(argv: readonly string[], place: Place): SetupError {
  try {
    settings(argv, place);
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const inFile = (content: unknown): Readonly<Record<string, string>> => ({
  'openclaw-bedrock-setup.json': JSON.stringify(content),
});

describe('a setting', () => {
  const environment = { OPENCLAW_BEDROCK_SETUP_REGION: 'eu-west-1' };
  const files = inFile({ region: 'ap-northeast-1', 'role-name': 'FromFile', ssm: true });

  it('comes from the command line, then a variable, then the config file', () => {
    const found = settings(['--region', 'us-west-2'], { environment, files });
    expect(found).toMatchObject({ region: 'us-west-2', roleName: 'FromFile', ssm: true });
    expect(settings([], { environment, files }).region).toBe('eu-west-1');
    expect(settings([], { files }).region).toBe('ap-northeast-1');
    expect(settings([], {}).region).toBeNull();
  });

  it('says which file it comes from', () => {
    expect(settings([], { files }).configFile).toBe('openclaw-bedrock-setup.json');
    expect(settings([], {}).configFile).toBeNull();
    const named = { files: { 'other.json': '{"region":"us-east-2"}' } };
    expect(settings(['--config', 'other.json'], named)).toMatchObject({
      region: 'us-east-2',
      configFile: 'other.json',
    });
  });

  it('can be turned off in a higher place', () => {
    expect(settings(['--no-ssm'], { files }).ssm).toBe(false);
    expect(settings([], { files, environment: { OPENCLAW_BEDROCK_SETUP_SSM: '0' } }).ssm).toBe(false);
    const asks = inFile({ 'restart-gateway': false });
    expect(settings([], { files: asks }).restartGateway).toBe(false);
    expect(settings(['--restart-gateway'], { files: asks }).restartGateway).toBe(true);
    expect(settings([], {}).restartGateway).toBeNull();
  });

  it('is left alone where the command has no such flag', () => {
    const place = { files: inFile({ 'role-name': 'R', 'replace-profile': true }), environment };
    expect(settings(['mock-aws'], place)).toMatchObject({ configFile: null, region: 'eu-west-1' });
    expect(settings(['verify'], place)).toMatchObject({ roleName: 'R', replaceProfile: false });
  });
});

describe('a variable', () => {
  const value = (name: string, text: string): Place => ({
    environment: { [`OPENCLAW_BEDROCK_SETUP_${name}`]: text },
  });

  it('is there for each flag', () => {
    expect(new Set(flagNames.map(variableOf)).size).toBe(flagNames.length);
    expect(variableOf('instance-id')).toBe('OPENCLAW_BEDROCK_SETUP_INSTANCE_ID');
  });

  it('holds a list with commas, and a switch as 1, true, 0 or false', () => {
    const ids = 'i-0abc1234def567890, i-0abc1234def567891';
    expect(settings([], value('INSTANCE_ID', ids)).instanceIds).toEqual(ids.split(', '));
    expect(settings([], value('RESOURCE_TAG', 'team=a,stage=b')).resourceTags).toEqual({
      team: 'a',
      stage: 'b',
    });
    const read = ['1', 'true', 'TRUE', '0', 'false'].map((text) => settings([], value('YES', text)).yes);
    expect(read).toEqual([true, true, true, false, false]);
    expect(settings([], value('NO_INPUT', '1')).noInput).toBe(true);
  });

  it('is not there where it is empty', () => {
    expect(settings([], value('REGION', '')).region).toBeNull();
  });

  it('is named where it is wrong', () => {
    expect(refusal([], value('REGION', 'us-east-1a'))).toMatchObject({
      code: 'BAD_VALUE',
      message: 'OPENCLAW_BEDROCK_SETUP_REGION "us-east-1a" is not valid',
      fix: 'for example: OPENCLAW_BEDROCK_SETUP_REGION=us-east-1',
      exitCode: 2,
    });
    expect(refusal([], value('YES', 'sure'))).toMatchObject({
      message: 'OPENCLAW_BEDROCK_SETUP_YES="sure" is not valid',
      exitCode: 2,
    });
    expect(refusal([], value('REGOIN', 'x'))).toMatchObject({
      code: 'UNKNOWN_VARIABLE',
      fix: 'did you mean OPENCLAW_BEDROCK_SETUP_REGION?',
    });
  });

  it('is not looked at for help and version', () => {
    const outside = { environment: { OPENCLAW_BEDROCK_SETUP_X: '1' }, readText: () => '{' };
    expect(parseWhole(['--version'], outside)).toEqual({ kind: 'version' });
    expect(parseWhole(['plan', '--help'], outside)).toEqual({ kind: 'help', topic: 'plan' });
  });
});

describe('a config file', () => {
  it('takes strings, numbers, lists and switches', () => {
    const files = inFile({
      $schema: './schema.json',
      'instance-id': 'i-0abc1234def567890',
      'resource-tag': ['team=a', 'stage=b'],
      'hop-limit': 2,
      'refresh-interval': '60',
      json: true,
    });
    expect(settings([], { files })).toMatchObject({
      instanceIds: ['i-0abc1234def567890'],
      resourceTags: { team: 'a', stage: 'b' },
      hopLimit: 2,
      discovery: { refreshInterval: 60 },
      json: true,
    });
  });

  it.each([
    [{ regoin: 'x' }, 'unknown key "regoin"', 'did you mean "region"?'],
    [
      { qqqq: 'x' },
      'unknown key "qqqq"',
      'its keys are flags without the dashes, see openclaw-bedrock-setup setup --help',
    ],
    [{ yes: true }, '"yes" has no place in a file', 'give it on the command line: --yes'],
    [
      { 'accept-model-agreement': true },
      '"accept-model-agreement" has no place in a file',
      'give it on the command line: --accept-model-agreement',
    ],
    [{ ssm: 'true' }, '"ssm": "true" is not valid', 'schema'],
    [{ region: ['us-east-1'] }, '"region": ["us-east-1"] is not valid', 'schema'],
    [['region'], 'it is not an object', '{ "region": "us-east-1" }'],
  ])('is refused with what is right: %j', (content, message, fix) => {
    const error = refusal([], { files: inFile(content) });
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', exitCode: 2 });
    expect(error.message).toBe(`openclaw-bedrock-setup.json: ${message}`);
    expect(error.fix).toContain(fix);
  });

  it('names key and file where a value is wrong, also for a command that does not take it', () => {
    for (const command of ['plan', 'verify'])
      expect(refusal([command], { files: inFile({ 'hop-limit': 99 }) })).toMatchObject({
        code: 'BAD_VALUE',
        message: '"hop-limit" in openclaw-bedrock-setup.json: "99" is not valid',
        fix: 'for example: "hop-limit": "2"',
      });
  });

  it('must be there where it is named, and be JSON', () => {
    expect(refusal(['--config', 'gone.json'], {})).toMatchObject({ code: 'CONFIG_MISSING', exitCode: 2 });
    expect(refusal([], { files: { 'openclaw-bedrock-setup.json': '{,}' } })).toMatchObject({
      code: 'CONFIG_INVALID',
      message: 'openclaw-bedrock-setup.json: it is not JSON',
    });
    const environment = { OPENCLAW_BEDROCK_SETUP_CONFIG: 'gone.json' };
    expect(refusal([], { environment }).message).toBe('there is no config file gone.json');
  });
});
