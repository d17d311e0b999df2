import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import json5 from 'json5';
import { describe, expect, it } from 'vitest';
import type { HostWriter } from '../../../src/ports/host.js';
import { setUp, takeBack, temporaryFolder, testHost } from '../../support/host.js';

/** A program that is called as OpenClaw is: it writes down how, and does as `behaviour` says. */
async function fake(behaviour: string, environment: Readonly<Record<string, string>> = {}): Promise<Fake> {
  const home = await temporaryFolder();
  const tools = await temporaryFolder();
  const log = path.join(tools, 'log');
  const program = `#!${process.execPath}
const fs = require('node:fs'), path = require('node:path');
const words = process.argv.slice(2), env = process.env, config = env.OPENCLAW_CONFIG_PATH ?? '';
const modes = config && fs.existsSync(config) ? [fs.statSync(config).mode % 0o1000, fs.statSync(path.dirname(config)).mode % 0o1000] : [];
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({ words, env, modes, cwd: process.cwd() }) + '\\n');
if (words[0] === '--version') console.log('OpenClaw 2026.9.6 (abc)');
const read = () => JSON.parse(fs.readFileSync(config, 'utf8'));
const write = (value) => fs.writeFileSync(config, JSON.stringify(value));
${behaviour}
`;
  await writeFile(path.join(tools, 'openclaw'), program, { mode: 0o755 });
  const host = testHost({ home, environment: { PATH: `${tools}:/usr/bin:/bin`, ...environment } });
  return {
    home,
    host,
    async calls() {
      const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
      await writeFile(log, '');
      return lines.map((line) => JSON.parse(line) as Call);
    },
  };
}

interface Fake {
  readonly home: string;
  readonly host: HostWriter;
  readonly calls: () => Promise<readonly Call[]>;
}

interface Call {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly modes: readonly number[];
  readonly cwd: string;
}

const text = (content: string): Uint8Array => new Uint8Array(Buffer.from(content));
const enabled = { path: ['plugins', 'entries', 'amazon-bedrock', 'enabled'], value: true };

describe('the installation', () => {
  it('is known from npm’s package without a process', async () => {
    const { home, host, calls } = await fake('');
    const { PATH = '' } = host.environment;
    const tools = PATH.split(':')[0] ?? '';
    await writeFile(path.join(tools, 'package.json'), '{"name":"openclaw","version":"2026.5.7"}');
    expect(await host.openclaw.installation()).toEqual({
      version: '2026.5.7',
      configPath: path.join(home, '.openclaw', 'openclaw.json'),
      stateFolder: path.join(home, '.openclaw'),
    });
    expect(await calls()).toEqual([]);
  });

  it('is asked for once where npm’s package does not say', async () => {
    const { host, calls } = await fake('');
    await Promise.all([host.openclaw.installation(), host.openclaw.installation()]);
    expect(await host.openclaw.installation()).toMatchObject({ version: '2026.9.6' });
    expect((await calls()).map(({ words }) => words)).toEqual([['--version']]);
  });

  it.each([
    ['fails', 'process.exit(1);', {}],
    ['is not there', '', { PATH: '/nonexistent' }],
  ])('is none where the program %s', async (_name, behaviour, environment) => {
    const { host } = await fake(behaviour, environment);
    expect(await host.openclaw.installation()).toBeNull();
    await expect(host.openclaw.setConfig(null, [enabled])).rejects.toMatchObject({
      code: 'OPENCLAW_NOT_INSTALLED',
    });
  });

  it('keeps its things in an absolute folder, wherever it is run from', async () => {
    const { host } = await fake('', { OPENCLAW_STATE_DIR: './oc' });
    expect((await host.openclaw.installation())?.stateFolder).toBe(path.resolve('oc'));
  });

  it('is looked for where version managers put it', async () => {
    const { home, host } = await fake('');
    const { PATH = '' } = host.environment;
    const folder = path.join(home, '.nvm', 'versions', 'node', 'v24.1.0', 'bin');
    await mkdir(folder, { recursive: true });
    await symlink(path.join(PATH.split(':')[0] ?? '', 'openclaw'), path.join(folder, 'openclaw'));
    const other = testHost({ home, environment: { PATH: '/usr/bin:/bin' } });
    expect(await other.openclaw.installation()).toMatchObject({ version: '2026.9.6' });
  });

  it.each([
    [{ OPENCLAW_STATE_DIR: '~/state' }, 'state/openclaw.json', 'state'],
    [{ OPENCLAW_HOME: '~/other' }, 'other/.openclaw/openclaw.json', 'other/.openclaw'],
    [{ OPENCLAW_CONFIG_PATH: '~/my.json' }, 'my.json', '.openclaw'],
  ])('has its files where the environment says: %j', async (environment, config, state) => {
    const { home, host } = await fake('', environment);
    expect(await host.openclaw.installation()).toMatchObject({
      configPath: path.join(home, config),
      stateFolder: path.join(home, state),
    });
  });
});

describe('setting values', () => {
  it('is one process on a private copy that is gone afterwards', async () => {
    const secrets = {
      AWS_ACCESS_KEY_ID: 'canary',
      AWS_PROFILE: 'operator',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1',
    };
    const { host, home, calls } = await fake(
      "if (words[0] === 'config') write({ ...read(), meta: 1 });",
      secrets,
    );
    const source = text('{ "a": 1 }');
    const after = await host.openclaw.setConfig(source, [
      { path: ['x', 'y'], value: "it's $(true)" },
      enabled,
    ]);
    expect(JSON.parse(Buffer.from(after).toString())).toEqual({
      a: 1,
      x: { y: "it's $(true)" },
      plugins: { entries: { 'amazon-bedrock': { enabled: true } } },
      meta: 1,
    });
    const [, call] = await calls();
    expect(call?.words).toEqual([
      'config',
      'set',
      'plugins.entries.amazon-bedrock.enabled',
      'true',
      '--json',
    ]);
    expect(call?.modes).toEqual([0o600, 0o700]);
    expect(Object.keys(call?.env ?? {}).filter((name) => name.startsWith('AWS_'))).toEqual([]);
    expect(call).toMatchObject({ cwd: '/', env: { HOME: home, NO_COLOR: '1' } });
    const { OPENCLAW_CONFIG_PATH: copy = '', OPENCLAW_STATE_DIR: state } = call?.env ?? {};
    expect(state).toBe(path.dirname(copy));
    expect(copy.startsWith(tmpdir())).toBe(true);
    await expect(readdir(path.dirname(copy))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(home)).toEqual([]);
  });

  it('keeps comments, which OpenClaw takes out of what it writes', async () => {
    const { host } = await fake(
      "if (words[0] === 'config') fs.writeFileSync(config, rewritten);".replace(
        'rewritten',
        () => `'{"list":[2],"plugins":{"entries":{"amazon-bedrock":{"enabled":true}}},"meta":{"at":1}}'`,
      ),
    );
    const source = text('// mine\n{\n  gone: 1, // why\n  list: [1],\n  plugins: {}, // more\n}\n');
    const after = Buffer.from(await host.openclaw.setConfig(source, [enabled])).toString();
    expect(after).toContain('// mine');
    expect(after).toContain('// more');
    expect(json5.parse(after)).toEqual({
      list: [2],
      plugins: { entries: { 'amazon-bedrock': { enabled: true } } },
      meta: { at: 1 },
    });
  });

  it('uses OpenClaw’s own state where it has some', async () => {
    const { host, home, calls } = await fake('');
    await mkdir(path.join(home, '.openclaw', 'npm'), { recursive: true });
    await host.openclaw.setConfig(null, [enabled]);
    expect((await calls()).at(-1)?.env['OPENCLAW_STATE_DIR']).toBe(path.join(home, '.openclaw'));
  });

  it('does not have OpenClaw resolve a model that is not discovered yet', async () => {
    const { host, calls } = await fake('');
    await host.openclaw.setConfig(null, [
      { path: ['agents', 'defaults', 'model', 'primary'], value: 'amazon-bedrock/x' },
    ]);
    expect((await calls()).at(-1)?.words).toEqual(['config', 'validate']);
  });

  it('tells why OpenClaw refuses, without secrets and control sequences', async () => {
    const behaviour = `if (words[0] === 'config') {
      console.error('\\u001B[31mbad ' + config + ' aws_secret_access_key=canary0123456789');
      process.exit(1);
    }`;
    const { host, home } = await fake(behaviour);
    const refusal = host.openclaw.setConfig(null, [enabled]);
    await expect(refusal).rejects.toMatchObject({ code: 'OPENCLAW_REFUSED', exitCode: 1 });
    const why = await refusal.catch((error: { readonly why: string }) => error.why);
    expect(why).toContain(`bad ${path.join(home, '.openclaw', 'openclaw.json')}`);
    expect(why).not.toMatch(/canary|\p{Cc}/u);
  });
});

describe('the plug-in', () => {
  const only = ['bedrock-plugin'] as const;
  const install = (versions: string): string => `
    const folder = path.join(env.HOME, '.openclaw/npm/projects/x/node_modules/@openclaw/amazon-bedrock-provider');
    if (words[1] === 'install') {
      if (!${versions}.some((version) => words.at(-1).endsWith(version))) { console.error('404'); process.exit(1); }
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(path.join(folder, 'openclaw.plugin.json'), '{"id":"amazon-bedrock"}');
      const before = fs.existsSync(config) ? read() : {};
      write({ ...before, plugins: { ...before.plugins, allow: ['amazon-bedrock'] }, meta: 1 });
    }
    if (words[1] === 'uninstall') { fs.rmSync(folder, { recursive: true }); write({ broken: true }); }`;

  it('is installed in the version of OpenClaw, and its config given back byte for byte', async () => {
    const { host, home, calls } = await fake(install("['@2026.9.6']"));
    const config = path.join(home, '.openclaw', 'openclaw.json');
    await mkdir(path.dirname(config));
    await writeFile(
      config,
      '{ plugins: {} } // mine\n'.replace('plugins', '"plugins"').replace(' // mine', ''),
    );
    const before = await readFile(config, 'utf8');
    const { made } = await setUp(host, {}, only);
    expect((await calls()).map(({ words }) => words)).toEqual([
      ['--version'],
      ['plugins', 'install', '--accept-capabilities', '@openclaw/amazon-bedrock-provider@2026.9.6'],
    ]);
    expect(JSON.parse(await readFile(config, 'utf8'))).toMatchObject({
      plugins: { allow: ['amazon-bedrock'] },
    });
    expect((await setUp(host, {}, only)).made).toEqual([]);
    await takeBack(host, made);
    expect((await calls()).map(({ words }) => words)).toEqual([
      ['plugins', 'uninstall', 'amazon-bedrock', '--force'],
    ]);
    expect(await readFile(config, 'utf8')).toBe(before);
    expect(await host.openclaw.pluginState()).toBe('missing');
    expect(await readdir(path.dirname(config))).toEqual(['npm', 'openclaw.json']);
  });

  it('takes no comments out of the config', async () => {
    const { host, home } = await fake(install("['@2026.9.6']").replace('read()', '{ plugins: { mine: 1 } }'));
    const config = path.join(home, '.openclaw', 'openclaw.json');
    await mkdir(path.dirname(config));
    const before = '{ plugins: { mine: 1 } } // mine\n';
    await writeFile(config, before);
    const { made } = await setUp(host, {}, only);
    const after = await readFile(config, 'utf8');
    expect(after).toContain('// mine');
    expect(json5.parse(after)).toEqual({ plugins: { mine: 1, allow: ['amazon-bedrock'] }, meta: 1 });
    await takeBack(host, made);
    expect(await readFile(config, 'utf8')).toBe(before);
  });

  it('is installed in another version where there is none of the very same', async () => {
    const { host, calls } = await fake(install("['provider']"));
    await setUp(host, {}, only);
    expect((await calls()).at(-1)?.words.at(-1)).toBe('@openclaw/amazon-bedrock-provider');
    expect(await host.openclaw.pluginState()).toBe('installed');
  });

  it('is not taken for gone where OpenClaw is not on the path', async () => {
    const { host, home } = await fake(install("['@2026.9.6']"));
    const { made } = await setUp(host, {}, only);
    const bare = testHost({ home, environment: { PATH: '/nonexistent' } });
    await expect(takeBack(bare, made)).rejects.toMatchObject({ code: 'OPENCLAW_NOT_INSTALLED' });
    await takeBack(host, made);
    expect(await bare.openclaw.pluginState()).toBe('missing');
  });

  it('says what failed where it cannot be installed', async () => {
    const { host } = await fake(install('[]'));
    await expect(setUp(host, {}, only)).rejects.toMatchObject({ code: 'OPENCLAW_FAILED', why: '404' });
  });
});
