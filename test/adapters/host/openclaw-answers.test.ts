import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFiles } from '../../../src/adapters/host/files.js';
import { runTurn } from '../../../src/adapters/host/openclaw-agent.js';
import { listModels } from '../../../src/adapters/host/openclaw-models.js';
import type { RunProgram } from '../../../src/adapters/host/openclaw-program.js';
import {
  findProgram,
  makeRunner,
  packagedVersion,
  programFailed,
} from '../../../src/adapters/host/openclaw-program.js';
import { temporaryFolder } from '../../support/host.js';

let home: string;
beforeEach(async () => {
  home = await temporaryFolder();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const says =
  (stdout: string): RunProgram =>
  () =>
    Promise.resolve({ exitCode: 0, stdout, stderr: '' });
const user = () => ({
  name: 'claw',
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
  home,
  shell: '/bin/sh',
});

describe('a turn of the agent', () => {
  const nothing = { provider: null, model: null, text: '', inputTokens: 0, outputTokens: 0 };
  const agentMeta = { provider: 'amazon-bedrock', model: 'm', usage: { input: 5, output: 1 } };
  const answer = { payloads: [{ text: 'ready' }, {}, { text: 7 }], meta: { agentMeta } };
  const read = { provider: 'amazon-bedrock', model: 'm', text: 'ready\n\n', inputTokens: 5, outputTokens: 1 };

  it.each([
    ['nothing', '', nothing],
    ['no JSON', 'Error: no model', nothing],
    ['half of it', '{"payloads":[', nothing],
    ['an object without anything', '{}', nothing],
    ['null in each place', '{"payloads":null,"meta":{"agentMeta":{"usage":null}},"result":null}', nothing],
    ['null for who answered', '{"payloads":[null],"meta":{"agentMeta":null}}', nothing],
    ['null for what is known', '{"payloads":"ready","meta":null}', nothing],
    [
      'other kinds of values',
      '{"meta":{"agentMeta":{"provider":1,"model":"","usage":{"input":"5"}}}}',
      nothing,
    ],
    ['an answer', JSON.stringify(answer), read],
    ['an answer behind other words', `log line\n${JSON.stringify(answer)}`, read],
    ["a gateway's answer", JSON.stringify({ result: answer }), read],
  ])('is read out of %s', async (_what, stdout, expected) => {
    expect(await runTurn(says(stdout), {}, 10)).toMatchObject(expected);
  });
});

describe('the models that OpenClaw lists', () => {
  const list = async (version: string, stdout: string) =>
    listModels({
      run: says(stdout),
      version,
      files: createFiles(user()),
      stateFolder: path.join(home, '.openclaw'),
      timeoutSeconds: 5,
    });
  const generated = async (text: string) => {
    const folder = path.join(home, '.openclaw', 'agents', 'main', 'agent');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'models.json'), text);
  };

  it.each([
    ['', []],
    ['{', []],
    ['null', []],
    ['{"models":{}}', []],
    ['{"models":[null]}', []],
    ['{"models":[{},{"key":5},{"key":"openai/x"},{"key":"amazon-bedrock/m"}]}', ['amazon-bedrock/m']],
    ['plug-ins: 3\n{"models":[{"key":"amazon-bedrock/m"}]}', ['amazon-bedrock/m']],
  ])('are those of Bedrock in %j', async (stdout, keys) => {
    expect(await list('2026.9.6', stdout)).toMatchObject({ keys, discovered: keys });
    expect(await list('2026.4.5', stdout)).toMatchObject({ keys, discovered: null });
  });

  it.each([
    ['{', []],
    ['{}', []],
    ['{"providers":{}}', []],
    ['{"providers":{"amazon-bedrock":{}}}', []],
    ['{"providers":{"amazon-bedrock":{"models":{}}}}', []],
    ['{"providers":{"amazon-bedrock":{"models":[{},{"id":7},{"id":"m"}]}}}', ['amazon-bedrock/m']],
  ])('are those that an old version generated in %j', async (text, discovered) => {
    await generated(text);
    expect((await list('2026.4.2', '{}')).discovered).toStrictEqual(discovered);
  });

  it('are none where an old version has generated nothing', async () => {
    expect((await list('2026.4.2', '{}')).discovered).toStrictEqual([]);
  });
});

describe('the program', () => {
  const put = async (folder: string, mode = 0o755): Promise<string> => {
    const file = path.join(home, folder, 'openclaw');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '#!/bin/sh\nexit "${CODE:-0}"\n', { mode });
    return file;
  };

  it.each(['.npm-global/bin', '.local/share/pnpm', '.openclaw/bin', '.volta/bin', 'bin'])(
    "is found in the user's %s",
    async (folder) => {
      const file = await put(folder);
      expect(await findProgram({}, user())).toBe(file);
      expect(await findProgram({ PATH: 'relative::/nonexistent' }, user())).toBe(file);
    },
  );

  it('is that of the newest Node of nvm, and of the path before it', async () => {
    await put('.nvm/versions/node/v9.1.0/bin');
    const newest = await put('.nvm/versions/node/v24.1.0/bin');
    await put('.nvm/versions/node/v22.9.0/bin');
    expect(await findProgram({ PATH: '' }, user())).toBe(newest);
    const own = await put('tools');
    expect(await findProgram({ PATH: `relative:${path.dirname(own)}` }, user())).toBe(own);
  });

  it('is none that cannot be run', async () => {
    await put('bin', 0o644);
    expect(await findProgram({ PATH: path.join(home, 'bin') }, user())).toBeNull();
  });

  it.each([
    ['{"name":"openclaw","version":"2026.9.6"}', '2026.9.6'],
    ['{"name":"other","version":"1.0.0"}', null],
    ['{"name":"openclaw","version":7}', null],
    ['{', null],
    ['null', null],
  ])('says its version by the package beside it: %s', async (manifest, expected) => {
    const file = await put('package');
    await writeFile(path.join(home, 'package', 'package.json'), manifest);
    await mkdir(path.join(home, 'bin'));
    await symlink(file, path.join(home, 'bin', 'openclaw'));
    expect(await packagedVersion(path.join(home, 'bin', 'openclaw'))).toBe(expected);
  });

  it('that ends without a word, or cannot be started, says why', async () => {
    const run = makeRunner(await put('bin'), { AWS_PROFILE: 'mine', EMPTY: undefined }, user());
    expect(await run(['x'], 5)).toStrictEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(await run(['x'], 5, { CODE: '3' })).toStrictEqual({ exitCode: 3, stdout: '', stderr: '' });
    const absent = await makeRunner(path.join(home, 'absent'), {}, user())(['x'], 5);
    expect(absent.exitCode).toBe(-1);
    expect(absent.stderr).toContain('ENOENT');
  });

  it.each([
    [null, -1, 'it said nothing'],
    [{ exitCode: 2, stdout: '', stderr: '' }, 2, 'it said nothing'],
    [{ exitCode: 2, stdout: 'out', stderr: '' }, 2, 'out'],
    [{ exitCode: 2, stdout: 'out', stderr: 'bad' }, 2, 'bad'],
  ])('that failed with %j is told with its last words', (result, code, why) => {
    const words = ['config', 'set', 'a.b', '{"secret":1}', '--json'];
    expect(programFailed(words, result)).toMatchObject({
      code: 'OPENCLAW_FAILED',
      message: `openclaw config set a.b --json ended with exit code ${code}`,
      why,
    });
  });
});
