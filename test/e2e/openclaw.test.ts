import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import json5 from 'json5';
import { describe, expect, it } from 'vitest';
import { setUp, snapshot, takeBack } from '../support/host.js';
import { openClawRequirement, releases, testOpenClaw, writeConfig } from '../support/openclaw.js';

const hasCore = await openClawRequirement('2026.2.26');
const hasExternal = await openClawRequirement('2026.9.6');
const plugin = path.join(releases, 'plugin');
const only = ['openclaw-discovery', 'primary-model'] as const;
const nova = 'us.amazon.nova-micro-v1:0';
const minute = { timeout: 420_000 };

/** The folder of OpenClaw's own state, which it makes and changes whenever it runs. */
function withoutState(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const own =
    /^\.openclaw\/(?:logs|state|agents|config-journal|identity|tmp|workspace)|^\.(?:npm|cache)\b|^\.openclaw\/openclaw\.json\.bak/u;
  return Object.fromEntries(Object.entries(files).filter(([name]) => !own.test(name)));
}

describe.skipIf(!hasCore)('OpenClaw 2026.2.26', minute, () => {
  it('gets its discovery in one process, is left alone the second time, and back byte for byte', async () => {
    const openclaw = await testOpenClaw('2026.2.26');
    const { host } = openclaw;
    const first = await setUp(host);
    expect(first.conflicts).toEqual({});
    expect(await openclaw.commands()).toEqual([
      '--version',
      expect.stringMatching(/^config set models\.bedrockDiscovery\./u),
    ]);
    expect(await openclaw.config()).toMatchObject({
      models: { bedrockDiscovery: { enabled: true, region: 'us-east-1' } },
    });
    const after = await snapshot(openclaw.home);
    expect((await setUp(host)).made).toEqual([]);
    expect(await openclaw.commands()).toEqual([]);
    expect(await snapshot(openclaw.home)).toEqual(after);
    expect(JSON.parse(await openclaw.run('config', 'get', 'models.bedrockDiscovery', '--json'))).toEqual({
      enabled: true,
      region: 'us-east-1',
    });
    await takeBack(host, first.made);
    expect(withoutState(await snapshot(openclaw.home))).toEqual({});
  });

  it('takes the documented commands for in place', async () => {
    const openclaw = await testOpenClaw('2026.2.26');
    await openclaw.run('config', 'set', 'models.bedrockDiscovery.enabled', 'true');
    await openclaw.run('config', 'set', 'models.bedrockDiscovery.region', 'us-east-1');
    expect(await setUp(openclaw.host, {}, only)).toEqual({ made: [], conflicts: {} });
    expect(await openclaw.commands()).toEqual(['--version']);
  });

  it('gets all six settings and an inference profile by hand, in one process each', async () => {
    const openclaw = await testOpenClaw('2026.2.26');
    const text = `// mine
{ models: { providers: { openai: { baseUrl: 'https://x.test/v1', apiKey: 'canary', models: [] } } },
  agents: { defaults: { model: { primary: 'anthropic/claude-opus-4-6', fallbacks: ['openai/gpt-5'] } } } }\n`;
    await writeConfig(openclaw, text);
    const before = await snapshot(openclaw.home);
    const discovery = {
      providerFilter: ['amazon'],
      refreshInterval: 0,
      defaultContextWindow: 64_000,
      defaultMaxTokens: 2048,
    };
    const { made } = await setUp(openclaw.host, { model: nova, settings: { discovery } }, only);
    expect(await openclaw.commands()).toHaveLength(3);
    expect(JSON.stringify(made)).not.toContain('canary');
    const config = await openclaw.config();
    expect(config).toMatchObject({
      models: {
        bedrockDiscovery: { enabled: true, region: 'us-east-1', ...discovery },
        providers: {
          openai: { apiKey: 'canary' },
          'amazon-bedrock': {
            api: 'bedrock-converse-stream',
            auth: 'aws-sdk',
            models: [{ id: nova, contextWindow: 64_000 }],
          },
        },
      },
      agents: { defaults: { model: { primary: `amazon-bedrock/${nova}`, fallbacks: ['openai/gpt-5'] } } },
    });
    expect(await readFile(openclaw.configPath, 'utf8')).toMatch(/^\/\/ mine$/mu);
    expect((await setUp(openclaw.host, { model: nova, settings: { discovery } }, only)).made).toEqual([]);
    await takeBack(openclaw.host, made);
    expect(withoutState(await snapshot(openclaw.home))).toEqual(before);
  });

  it('has the last word: a config that it refuses is not written', async () => {
    const openclaw = await testOpenClaw('2026.2.26');
    await writeConfig(openclaw, '{ bogus: 1 }\n');
    await expect(setUp(openclaw.host, {}, only)).rejects.toMatchObject({
      code: 'OPENCLAW_REFUSED',
      why: expect.stringContaining('Unrecognized key: "bogus"') as string,
    });
    expect(await readFile(openclaw.configPath, 'utf8')).toBe('{ bogus: 1 }\n');
  });
});

describe.skipIf(!hasExternal)('OpenClaw 2026.9.6', minute, () => {
  it('gets its discovery where it reads it, valid, and back byte for byte', async () => {
    const openclaw = await testOpenClaw('2026.9.6');
    const { host } = openclaw;
    const steps = ['shell-profile', 'gateway-env', 'aws-config', ...only] as const;
    const first = await setUp(host, {}, steps);
    expect(await openclaw.commands()).toHaveLength(2);
    expect(await openclaw.config()).toMatchObject({
      plugins: {
        entries: {
          'amazon-bedrock': { enabled: true, config: { discovery: { enabled: true, region: 'us-east-1' } } },
        },
      },
    });
    const after = await snapshot(openclaw.home);
    expect((await setUp(host, {}, steps)).made).toEqual([]);
    expect(await openclaw.commands()).toEqual([]);
    expect(await snapshot(openclaw.home)).toEqual(after);
    expect(JSON.parse(await openclaw.run('config', 'validate', '--json'))).toMatchObject({ valid: true });
    await takeBack(host, first.made);
    expect(withoutState(await snapshot(openclaw.home))).toEqual({});
  });

  it('is freed of the block of an older version, nothing lost, comments kept', async () => {
    const openclaw = await testOpenClaw('2026.9.6');
    const legacy = {
      enabled: false,
      region: 'eu-central-1',
      providerFilter: ['anthropic', 'amazon'],
      refreshInterval: 60,
      defaultContextWindow: 1000,
      defaultMaxTokens: 10,
    };
    const text = `// our gateway
{
  gateway: { mode: 'local' }, // here
  models: { bedrockDiscovery: ${JSON.stringify(legacy)} },
  plugins: { entries: { 'amazon-bedrock': { config: { discovery: { defaultMaxTokens: 99 } } } } },
}
`;
    await writeConfig(openclaw, text);
    await expect(openclaw.run('config', 'validate')).rejects.toThrow('config validate');
    const before = await snapshot(openclaw.home);
    const { made } = await setUp(openclaw.host, {}, only);
    expect((await openclaw.commands()).length).toBeLessThan(3);
    const written = await readFile(openclaw.configPath, 'utf8');
    expect(written).toContain('// our gateway');
    expect(json5.parse(written)).toEqual({
      gateway: { mode: 'local' },
      plugins: {
        entries: {
          'amazon-bedrock': {
            enabled: true,
            config: { discovery: { ...legacy, enabled: true, region: 'us-east-1', defaultMaxTokens: 99 } },
          },
        },
      },
    });
    expect(JSON.parse(await openclaw.run('config', 'validate', '--json'))).toMatchObject({ valid: true });
    await takeBack(openclaw.host, made);
    expect(withoutState(await snapshot(openclaw.home))).toEqual(withoutState(before));
  });

  it('gives back only its own keys where others have changed the config since', async () => {
    const openclaw = await testOpenClaw('2026.9.6');
    await writeConfig(openclaw, '{ gateway: { mode: "local" } }\n');
    const { made } = await setUp(openclaw.host, { model: nova }, only);
    await openclaw.run('config', 'set', 'gateway.port', '19001');
    await takeBack(openclaw.host, made);
    const config = (await openclaw.config()) as {
      readonly plugins?: unknown;
      readonly agents?: { readonly defaults?: unknown };
    };
    expect(config).toMatchObject({ gateway: { mode: 'local', port: 19_001 } });
    expect(JSON.stringify(config)).not.toContain('amazon-bedrock');
    expect(Object.keys(withoutState(await snapshot(openclaw.home)))).toEqual([
      '.openclaw',
      '.openclaw/openclaw.json',
    ]);
  });

  it('finds a plug-in that is linked, and removes what it installed', async () => {
    const openclaw = await testOpenClaw('2026.9.6');
    expect(await openclaw.host.openclaw.pluginState()).toBe('missing');
    await openclaw.run('plugins', 'install', '--link', '--force', '--accept-capabilities', plugin);
    expect(await openclaw.host.openclaw.pluginState()).toBe('installed');
    const { made, conflicts } = await setUp(openclaw.host, { model: nova });
    expect(conflicts).toEqual({});
    expect(made.map(({ step }) => step)).not.toContain('bedrock-plugin');
  });
});

describe.skipIf(!hasExternal)('a config of OpenClaw that must not be written', minute, () => {
  it.each([
    ['is locked', '{}', { OPENCLAW_NIX_MODE: '1' }, 'OPENCLAW_CONFIG_LOCKED'],
    ['includes others', '{ models: { $include: "./models.json" } }', {}, 'OPENCLAW_CONFIG_INCLUDES'],
    ['is no JSON5', '{ "secret": "canary" oops', {}, 'OPENCLAW_CONFIG_INVALID'],
    ['is empty', '', {}, 'OPENCLAW_CONFIG_INVALID'],
  ])('is left where it %s', async (_name, text, environment, code) => {
    const openclaw = await testOpenClaw('2026.9.6', environment);
    await writeConfig(openclaw, text);
    const { made, conflicts } = await setUp(openclaw.host, {}, only);
    expect(made).toEqual([]);
    expect(conflicts['openclaw-discovery']).toMatchObject({ scope: 'step', conflict: { code } });
    expect(JSON.stringify(conflicts)).not.toContain('canary');
    expect(await readFile(openclaw.configPath, 'utf8')).toBe(text);
  });

  it('is not asked for where there is no OpenClaw', async () => {
    const openclaw = await testOpenClaw('2026.9.6', { PATH: '/usr/bin:/bin' });
    const { made, conflicts } = await setUp(openclaw.host);
    expect(conflicts).toMatchObject({
      'openclaw-discovery': { conflict: { code: 'OPENCLAW_NOT_INSTALLED' } },
    });
    expect(new Set(made.map(({ step }) => step))).toEqual(
      new Set(['shell-profile', 'gateway-env', 'aws-config']),
    );
    await writeFile(path.join(openclaw.home, 'done'), '');
  });
});
