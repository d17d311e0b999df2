import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MockAws } from '../../src/mock-aws/index.js';
import { mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import { bin } from '../support/cli.js';

const preload = fileURLToPath(new URL('loaded-files.cjs', import.meta.url));
const chunks = join(bin, '..', 'chunks');
let home: string;
let mock: MockAws;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'loading-'));
  mock = await startMockAws();
});

afterAll(async () => {
  await mock.stop();
  await rm(home, { recursive: true, force: true });
});

/** The files of the bundle that a run of the operator's loads. */
async function loaded(...words: readonly string[]): Promise<readonly string[]> {
  return loadedWith({ AWS_EC2_METADATA_DISABLED: 'true', ...mockAwsEnvironment(mock, 'operator') }, words);
}

async function loadedWith(
  variables: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<readonly string[]> {
  const file = join(home, 'loaded.json');
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, LOADED_FILES: file, ...variables };
  // A usage error ends with 2; whoever loaded what before it did is still told.
  await promisify(execFile)(process.execPath, ['--require', preload, bin, ...words], { env }).catch(
    () => undefined,
  );
  return (JSON.parse(await readFile(file, 'utf8')) as readonly string[]).toSorted();
}

const cloudHalf = ['--instance-id', 'i-0abc1234def567890', '--host', 'skip', '--json'];

describe('the bundle', () => {
  it.each([['--version'], ['--help'], ['--instance-id', 'i-xxxxx']])(
    'loads nothing but the entry for %s',
    async (...words) => {
      expect(await loaded(...words)).toEqual(['bin']);
    },
  );

  it.each([['--version'], ['--help'], ['--instance-id', 'i-xxxxx']])(
    'sets up no stream of Node for %s',
    async (...words) => {
      const list =
        "process.on('exit', () => fs.writeFileSync(process.env.BUILTINS, process.moduleLoadList.join(' ')))";
      const [script, file] = [join(home, 'builtins.cjs'), join(home, 'builtins')];
      await writeFile(script, `const fs = require('node:fs'); ${list}`);
      const env = { PATH: process.env['PATH'] ?? '', HOME: home, BUILTINS: file };
      const run = promisify(execFile)(process.execPath, ['--require', script, bin, ...words], { env });
      await run.catch(() => undefined);
      const builtins = (await readFile(file, 'utf8')).split(/,|\s/u);
      expect(builtins).toContain('fs');
      expect(builtins).not.toContain('net');
      expect(builtins).not.toContain('tty');
    },
  );

  it('loads for the account what speaks to STS, IAM and EC2, and nothing else', async () => {
    const account = ['account', 'bin', 'cloud', 'command', 'rolldown-runtime', 'sdk'];
    expect(await loaded('plan', ...cloudHalf)).toEqual(account);
    await loaded('setup', '--yes', ...cloudHalf);
    expect(await loaded('setup', '--yes', ...cloudHalf)).toEqual([...account, 'setup'].toSorted());
  });

  it('loads nothing of the host for a first run of the account alone', async () => {
    const bare = await startMockAws();
    try {
      const variables = { AWS_EC2_METADATA_DISABLED: 'true', ...mockAwsEnvironment(bare, 'operator') };
      const files = await loadedWith(variables, ['setup', '--yes', ...cloudHalf]);
      expect(bare.calls.map(({ operation }) => operation)).toContain('CreateRole');
      expect(files).toContain('setup');
      for (const name of ['host', 'execa']) expect(files).not.toContain(name);
    } finally {
      await bare.stop();
    }
  });

  it('loads single sign-on for nobody whose credentials are those of the instance', async () => {
    await loaded('setup', '--yes', ...cloudHalf);
    const isKey = (name: string): boolean => /^AWS_(?:ACCESS|SECRET|SESSION)/u.test(name);
    const operator = Object.entries(mockAwsEnvironment(mock, 'operator'));
    const instance = Object.fromEntries(operator.filter(([name]) => !isKey(name)));
    const files = await loadedWith(instance, ['plan', ...cloudHalf]);
    expect(files).toContain('credentials');
    expect(files).not.toContain('sso');
  });

  it('has no file that another one must be loaded before', async () => {
    for (const name of await readdir(chunks)) {
      const words = ['-e', `require(${JSON.stringify(join(chunks, name))})`, bin, '--version'];
      const { stderr } = await promisify(execFile)(process.execPath, words);
      expect({ name, stderr }).toEqual({ name, stderr: '' });
    }
  });
});
