import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveRegion } from '../../../src/adapters/aws/region.js';
import { parseProfileName } from '../../../src/cli/arguments/validate/account.js';
import { WrongValue } from '../../../src/cli/arguments/validate/wrong-value.js';
import { parseEnvironmentFile } from '../../../src/core/environment/environment-file.js';
import { SetupError } from '../../../src/core/errors.js';
import { setUp, takeBack, temporaryFolder, testHost } from '../../support/host.js';
import { openClawRequirement, releases } from '../../support/openclaw.js';
import { commandRequirement } from '../../support/requirements.js';

const run = promisify(execFile);
const hasAws = await commandRequirement('aws');
const version = '2026.9.6';
const hasOpenClaw = await openClawRequirement(version);

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...Array.from('\'"`$\\!#;&|<>(){}[]*?~= \n\r\t%a-1')), maxLength: 20 }),
  fc.constantFrom('us-east-1\naws_access_key_id = x', 'us-east-1 # x', '[default]', 'us-east-1;id', '%(x)s'),
);
const region = fc.constantFrom(
  'us-east-1',
  'eu-central-2',
  'us-gov-west-1',
  'ap-southeast-5',
  'mx-central-1',
);
const profileName = fc.stringMatching(/^[\w+=,.@:/-]{1,40}$/u);

function isRefused(action: () => unknown): boolean {
  try {
    action();
    return false;
  } catch (error) {
    if (error instanceof SetupError || error instanceof WrongValue) return true;
    throw error;
  }
}

describe('what is said to be a region or a profile', () => {
  it('is a plain word, or refused', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const sources = { fromSharedConfig: async () => null, fromMetadata: async () => null };
        const given = await resolveRegion({ flag: null, environment: { AWS_REGION: text }, ...sources }).then(
          (region) => region,
          (error: unknown) => (error instanceof SetupError ? null : String(error)),
        );
        expect(given === null || /^[a-z\d-]+$/u.test(given)).toBe(true);
        const isPlain = /^[\w+=,.@:/-]+$/u.test(text);
        expect(isPlain || isRefused(() => parseProfileName(text))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe.skipIf(!hasAws)('the AWS config before the AWS CLI', () => {
  async function get(file: string, ...words: readonly string[]): Promise<string> {
    const env = { PATH: process.env['PATH'], HOME: path.dirname(file), AWS_CONFIG_FILE: file };
    const { stdout } = await run('aws', ['configure', 'get', ...words], { env });
    return stdout.trimEnd();
  }

  it.each([
    ['no final newline', '[profile dev]\nregion = eu-west-1\noutput = json'],
    [
      'a nested section at its end',
      '[profile dev]\nregion = eu-west-1\ns3 =\n  max_queue_size = 1000\n  x = y',
    ],
    ['CRLF', '[profile dev]\r\nregion = eu-west-1\r\n'],
    [
      'names with spaces, and sections of other kinds',
      '[sso-session a]\nsso_region = x\n[profile "a b"]\nregion=x\n[profile dev]\nregion=eu-west-1\n',
    ],
    [
      'comments that look like sections',
      '# [default]\n; region = x\n[profile dev]\nregion = eu-west-1\n#[profile x]\n',
    ],
    [
      'blank lines, and a value with a sign of its own',
      '\n\n[profile dev]\nregion = eu-west-1\ncredential_process = a "b" # [default] = %x\n\n\n',
    ],
  ])('says the region, and what others had is as it was: %s', { timeout: 60_000 }, async (_name, text) => {
    const home = await temporaryFolder();
    const file = path.join(home, '.aws', 'config');
    await mkdir(path.dirname(file));
    await writeFile(file, text);
    const [wanted = ''] = fc.sample(region, 1);
    const host = testHost({ home });
    const { made } = await setUp(host, { region: wanted }, ['aws-config']);
    expect(made).toHaveLength(1);
    expect(await get(file, 'region')).toBe(wanted);
    expect(await get(file, 'region', '--profile', 'dev')).toBe('eu-west-1');
    await takeBack(host, made);
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});

describe('the .env before those who read it', () => {
  const others = fc.constantFrom(
    '',
    '# c\n',
    'FOO="a b"\n',
    "FOO='a # b'",
    'FOO=bar # c\n',
    'FOO=1\r\n',
    '\n\n',
  );

  async function written(before: string, values: readonly [string, string]): Promise<string> {
    const home = await temporaryFolder();
    const file = path.join(home, '.openclaw', '.env');
    await mkdir(path.dirname(file));
    await writeFile(file, before);
    const variables = { AWS_PROFILE: values[0], AWS_REGION: values[1] };
    await setUp(testHost({ home }), { variables }, ['gateway-env']);
    return readFile(file, 'utf8');
  }

  it('is read by the rules of systemd as it is meant', async () => {
    await fc.assert(
      fc.asyncProperty(others, profileName, region, async (before, name, where) => {
        const assignments = parseEnvironmentFile(await written(before, [name, where]));
        const seen = Object.fromEntries(assignments.map((one) => [one.name, one.value]));
        expect(seen).toMatchObject({ AWS_PROFILE: name, AWS_REGION: where });
        expect(
          Object.keys(seen)
            .filter((key) => key !== 'FOO')
            .sort(),
        ).toEqual(['AWS_PROFILE', 'AWS_REGION']);
      }),
      { numRuns: 150 },
    );
  });

  it.skipIf(!hasOpenClaw)("is read as it is meant by the parser in OpenClaw's own folder", async () => {
    const dotenv = createRequire(import.meta.url)(path.join(releases, version, 'node_modules', 'dotenv')) as {
      readonly parse: (text: string) => Readonly<Record<string, string>>;
    };
    const anything = fc
      .string({
        unit: fc.constantFrom(...Array.from('\'"$!#;&|<>(){}[]*?~= \u00e9\u{1F600}a:%')),
        minLength: 1,
        maxLength: 20,
      })
      .filter((text) => text.trim() === text);
    await fc.assert(
      fc.asyncProperty(others, fc.oneof(profileName, anything), region, async (before, name, where) => {
        const seen = dotenv.parse(await written(before, [name, where]));
        expect(seen).toMatchObject({ AWS_PROFILE: name, AWS_REGION: where });
        expect(
          Object.keys(seen)
            .filter((key) => key !== 'FOO')
            .sort(),
        ).toEqual(['AWS_PROFILE', 'AWS_REGION']);
      }),
      { numRuns: 150 },
    );
  });
});
