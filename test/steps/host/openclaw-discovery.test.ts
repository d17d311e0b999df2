import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isConflict } from '../../../src/core/change.js';
import type { Made } from '../../support/host.js';
import { goalFor, setUp, snapshot, takeBack, temporaryFolder, testHost } from '../../support/host.js';
import type { PlainOpenClaw } from '../../support/plain-openclaw.js';
import { plainOpenClaw } from '../../support/plain-openclaw.js';
import { isMigration, openclawDiscovery } from '../../../src/steps/host/openclaw-discovery.js';

const only = ['openclaw-discovery'] as const;
const [core, bundled, external] = ['2026.2.26', '2026.5.7', '2026.9.6'] as const;
const wanted = { enabled: true, region: 'us-east-1' };
const inPlugin = (discovery: object, more: object = { enabled: true }) => ({
  plugins: { entries: { 'amazon-bedrock': { config: { discovery }, ...more } } },
});

async function stageWith(
  version: string,
  text: string | null,
  environment: Readonly<Record<string, string>> = {},
): Promise<PlainOpenClaw> {
  const home = await temporaryFolder();
  const stage = plainOpenClaw(testHost({ home, environment }), version);
  if (text !== null) {
    await mkdir(path.dirname(stage.configPath));
    await writeFile(stage.configPath, text, { mode: 0o600 });
  }
  return stage;
}

function textOf({ configPath }: PlainOpenClaw): Promise<string> {
  return readFile(configPath, 'utf8');
}

async function configOf(stage: PlainOpenClaw): Promise<unknown> {
  return JSON.parse(await textOf(stage)) as unknown;
}

/** As a receipt has it where the tool was killed before it could record what it wrote. */
function unrecorded(made: readonly Made[]): readonly Made[] {
  return made.map((one) => ({ ...one, undo: { ...(one.undo as object), written: null } }));
}

/** The one edit that the step would make. */
async function planned(stage: PlainOpenClaw, options: Parameters<typeof goalFor>[1] = {}) {
  const goal = openclawDiscovery.desired(await goalFor(stage.host, options));
  if (goal === null) throw new Error('nothing is wanted');
  const result = openclawDiscovery.diff(goal, await openclawDiscovery.read(goal, { ...stage, clock: clock }));
  if (isConflict(result)) throw new Error(result.conflict.code);
  return { changes: result, subject: openclawDiscovery.subject(goal, null) };
}

const clock = { now: () => 0, sleep: () => Promise.resolve() };

describe('the discovery settings', () => {
  it.each([
    ['core, no config', core, null, { models: { bedrockDiscovery: wanted } }],
    ['bundled, no config', bundled, null, inPlugin(wanted)],
    ['external, no config', external, null, inPlugin(wanted)],
    [
      'core, others there',
      core,
      '{"gateway":{"port":1},"models":{"providers":{}}}',
      { gateway: { port: 1 }, models: { providers: {}, bedrockDiscovery: wanted } },
    ],
    [
      'external, one of two there, switched off',
      external,
      JSON.stringify(inPlugin({ region: 'us-east-1', refreshInterval: 5 }, { enabled: false })),
      inPlugin({ ...wanted, refreshInterval: 5 }),
    ],
    [
      'external, another region',
      external,
      JSON.stringify(inPlugin({ enabled: true, region: 'eu-west-1' })),
      inPlugin(wanted),
    ],
    [
      'bundled, only the entry is not switched on',
      bundled,
      JSON.stringify(inPlugin(wanted, {})),
      inPlugin(wanted),
    ],
    [
      'external, only the entry is switched off',
      external,
      JSON.stringify(inPlugin(wanted, { enabled: false })),
      inPlugin(wanted),
    ],
    [
      'external, a list of plug-ins that alone are loaded',
      external,
      JSON.stringify({ plugins: { allow: ['telegram'] } }),
      { plugins: { ...inPlugin(wanted).plugins, allow: ['telegram', 'amazon-bedrock'] } },
    ],
  ])('%s: are written once, and undo gives the bytes back', async (_what, version, before, after) => {
    const stage = await stageWith(version, before);
    const original = await snapshot(stage.host.user.home);
    const { made, conflicts } = await setUp(stage.host, {}, only);
    expect(conflicts).toEqual({});
    expect(await configOf(stage)).toEqual(after);
    expect((await setUp(stage.host, {}, only)).made).toEqual([]);
    expect(stage.calls).toEqual(['set']);
    await takeBack(stage.host, made);
    expect(await snapshot(stage.host.user.home)).toEqual(original);
    await takeBack(stage.host, made);
    expect(await snapshot(stage.host.user.home)).toEqual(original);
  });

  it.each([
    ['core', core, { models: { bedrockDiscovery: wanted } }],
    ['bundled', bundled, inPlugin(wanted)],
    ['external, never switched off', external, inPlugin(wanted, {})],
  ])('are in place: %s', async (_what, version, config) => {
    const stage = await stageWith(version, JSON.stringify(config));
    expect(await setUp(stage.host, {}, only)).toEqual({ made: [], conflicts: {} });
  });

  it('hold what the user asks for besides', async () => {
    const stage = await stageWith(external, null);
    const discovery = { providerFilter: ['amazon'], refreshInterval: 0, defaultMaxTokens: 5 };
    const { made } = await setUp(stage.host, { settings: { discovery } }, only);
    expect(await configOf(stage)).toEqual(inPlugin({ ...wanted, ...discovery }));
    await takeBack(stage.host, made);
    expect(await snapshot(stage.host.user.home)).toEqual({});
  });

  it('are put back byte for byte though nothing was recorded', async () => {
    const text = `// mine\n${JSON.stringify({ gateway: {} })}\n`;
    const stage = await stageWith(external, text);
    const before = await snapshot(stage.host.user.home);
    const { made } = await setUp(stage.host, {}, only);
    expect(await textOf(stage)).toContain('// mine');
    await takeBack(stage.host, unrecorded(made));
    expect(await snapshot(stage.host.user.home)).toEqual(before);
  });

  it.each([
    ['nothing of them was written', null],
    [
      'the copy was made, and the config not yet',
      '.before-openclaw-bedrock-setup-discovery-0123456789abcdef',
    ],
  ])('are left alone where the plug-in has set one of them, and %s', async (_what, copy) => {
    const stage = await stageWith(external, '// mine\n{"gateway":{}}');
    const { changes } = await planned(stage);
    const installed = '// mine\n{"gateway":{},"plugins":{"entries":{"amazon-bedrock":{"enabled":true}}}}';
    await writeFile(stage.configPath, installed);
    const before = await snapshot(stage.host.user.home);
    if (copy !== null) await writeFile(`${stage.configPath}${copy}`, installed);
    await takeBack(
      stage.host,
      changes.map(({ op, undo }) => ({ step: 'openclaw-discovery', op, undo })),
    );
    expect(await snapshot(stage.host.user.home)).toEqual(before);
  });

  it('are not looked for where they never came to be written', async () => {
    const stage = await stageWith(external, '{"gateway":{}}');
    const { changes } = await planned(stage);
    const before = await snapshot(stage.host.user.home);
    await takeBack(
      stage.host,
      changes.map(({ op, undo }) => ({ step: 'openclaw-discovery', op, undo })),
    );
    expect(await snapshot(stage.host.user.home)).toEqual(before);
    expect(stage.calls).toEqual([]);
  });
});

describe('undo, where others have changed the config since', () => {
  it('takes out its own keys and what they stood in, and keeps the rest', async () => {
    const stage = await stageWith(external, '{"gateway":{"port":1}}');
    const { made } = await setUp(stage.host, {}, only);
    const now = (await configOf(stage)) as object;
    await writeFile(stage.configPath, JSON.stringify({ ...now, mine: true }));
    await takeBack(stage.host, made);
    expect(await configOf(stage)).toEqual({ gateway: { port: 1 }, mine: true });
    expect(Object.keys(await snapshot(stage.host.user.home))).toEqual([
      '.openclaw',
      '.openclaw/openclaw.json',
    ]);
  });

  it('keeps what stands beside its keys', async () => {
    const stage = await stageWith(external, null);
    const { made } = await setUp(stage.host, {}, only);
    const theirs = inPlugin({ ...wanted, refreshInterval: 9 });
    await writeFile(stage.configPath, JSON.stringify(theirs));
    await takeBack(stage.host, made);
    expect(await configOf(stage)).toEqual(inPlugin({ refreshInterval: 9 }, {}));
  });

  it('puts former values back, and leaves the one that somebody has changed', async () => {
    const stage = await stageWith(
      core,
      JSON.stringify({ models: { bedrockDiscovery: { enabled: false, region: 'a' } } }),
    );
    const { made } = await setUp(stage.host, {}, only);
    const theirs = { models: { bedrockDiscovery: { enabled: true, region: 'theirs' } } };
    await writeFile(stage.configPath, JSON.stringify(theirs));
    await takeBack(stage.host, made);
    expect(await configOf(stage)).toEqual({
      models: { bedrockDiscovery: { enabled: false, region: 'theirs' } },
    });
  });

  it('refuses where no value is its own any more, naming them', async () => {
    const stage = await stageWith(core, null);
    const { made } = await setUp(stage.host, {}, only);
    const theirs = JSON.stringify({ models: { bedrockDiscovery: { enabled: false, region: 'theirs' } } });
    await writeFile(stage.configPath, theirs);
    await expect(takeBack(stage.host, made)).rejects.toMatchObject({
      details: {
        code: 'CHANGED_SINCE',
        message: `models.bedrockDiscovery.enabled, models.bedrockDiscovery.region in ${stage.configPath} has been changed since this tool wrote it`,
        fix: 'set or remove it by hand: openclaw config unset',
      },
    });
    expect(await textOf(stage)).toBe(theirs);
  });

  it('is content where somebody has taken them out already', async () => {
    const stage = await stageWith(core, null);
    const { made } = await setUp(stage.host, {}, only);
    await writeFile(stage.configPath, '{"mine":1}');
    await takeBack(stage.host, made);
    expect(await textOf(stage)).toBe('{"mine":1}');
    expect(Object.keys(await snapshot(stage.host.user.home))).toEqual([
      '.openclaw',
      '.openclaw/openclaw.json',
    ]);
  });
});

describe('a block of an older version', () => {
  const old = { bedrockDiscovery: { enabled: false, region: 'eu-west-1', refreshInterval: 7 } };
  const text = `// mine\n${JSON.stringify({ models: old, gateway: {} })}\n`;
  const moved = { gateway: {}, ...inPlugin({ enabled: true, region: 'us-east-1', refreshInterval: 7 }) };

  it.each([bundled, external])(
    'is moved with all its keys, and comes back with the file: %s',
    async (version) => {
      const stage = await stageWith(version, text);
      const before = await snapshot(stage.host.user.home);
      const openclaw = await stage.host.openclaw.installation();
      expect(await isMigration(openclaw, stage.host.openclaw)).toBe(true);
      const { changes } = await planned(stage);
      expect(changes[0]?.detail).toBe(
        'models.bedrockDiscovery -> plugins.entries.amazon-bedrock.config.discovery',
      );
      expect(changes[0]?.body).toContain('models = (removed)');
      const { made } = await setUp(stage.host, {}, only);
      expect((await textOf(stage)).startsWith('// mine\n')).toBe(true);
      expect(await stage.host.openclaw.readConfig()).toEqual(moved);
      expect(await isMigration(openclaw, stage.host.openclaw)).toBe(false);
      await takeBack(stage.host, made);
      expect(await snapshot(stage.host.user.home)).toEqual(before);
    },
  );

  it('stays moved where others have changed the config since: OpenClaw would refuse it', async () => {
    const stage = await stageWith(external, text);
    const { made } = await setUp(stage.host, {}, only);
    await writeFile(stage.configPath, JSON.stringify({ ...moved, mine: 1 }));
    await expect(takeBack(stage.host, made)).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
      message: expect.stringMatching(/^plugins\.entries\.amazon-bedrock\.config\.discovery in /u) as unknown,
    });
  });

  it('gives way to what is at the new place already', async () => {
    const both = { models: old, ...inPlugin({ refreshInterval: 8 }) };
    const stage = await stageWith(external, JSON.stringify(both));
    await setUp(stage.host, {}, only);
    expect(await configOf(stage)).toEqual(inPlugin({ ...wanted, refreshInterval: 8 }));
  });

  it('is where it belongs for an old version', async () => {
    const stage = await stageWith(core, JSON.stringify({ models: { bedrockDiscovery: wanted } }));
    expect(await isMigration(await stage.host.openclaw.installation(), stage.host.openclaw)).toBe(false);
    expect(await isMigration(null, stage.host.openclaw)).toBe(false);
  });

  it('that cannot be read is left to the step that says so', async () => {
    const stage = await stageWith(external, '{');
    expect(await isMigration(await stage.host.openclaw.installation(), stage.host.openclaw)).toBe(false);
  });
});

describe('the plan', () => {
  it('says what is set, and where', async () => {
    const { changes, subject } = await planned(await stageWith(external, null));
    expect(subject).toBe('~/.openclaw/openclaw.json');
    expect(changes).toMatchObject([
      {
        action: 'create',
        target: '~/.openclaw/openclaw.json',
        detail: 'plugins.entries.amazon-bedrock.config.discovery: enabled, region',
        body: [
          'plugins.entries.amazon-bedrock.config.discovery.enabled = true',
          'plugins.entries.amazon-bedrock.config.discovery.region = "us-east-1"',
          'plugins.entries.amazon-bedrock.enabled = true',
        ],
      },
    ]);
  });

  it('says it where only the plug-in is to be switched on', async () => {
    const { changes } = await planned(await stageWith(bundled, JSON.stringify(inPlugin(wanted, {}))));
    expect(changes).toMatchObject([{ action: 'update', detail: 'plugins.entries.amazon-bedrock.enabled' }]);
  });

  it('says it where only a list of plug-ins leaves it out', async () => {
    const config = { plugins: { ...inPlugin(wanted).plugins, allow: ['telegram'] } };
    const { changes } = await planned(await stageWith(external, JSON.stringify(config)));
    expect(changes).toMatchObject([{ detail: 'plugins.allow' }]);
  });

  it('says it for the first era', async () => {
    const { changes } = await planned(await stageWith(core, '{}'));
    expect(changes).toMatchObject([{ action: 'update', detail: 'models.bedrockDiscovery: enabled, region' }]);
  });
});

describe('a config that is not written', () => {
  async function conflictOf(stage: PlainOpenClaw) {
    const { made, conflicts } = await setUp(stage.host, {}, only);
    expect(made).toEqual([]);
    return conflicts['openclaw-discovery'];
  }
  const commands =
    "openclaw config set models.bedrockDiscovery.enabled 'true'; openclaw config set models.bedrockDiscovery.region '\"us-east-1\"'";

  it.each([
    ['OPENCLAW_NIX_MODE', '1'],
    ['OPENCLAW_CONFIG_READONLY', 'true'],
    ['OPENCLAW_CONFIG_READONLY', ' yes '],
  ])('because of %s=%j', async (name, value) => {
    const stage = await stageWith(core, '{}', { [name]: value });
    expect(await conflictOf(stage)).toMatchObject({
      scope: 'step',
      conflict: {
        code: 'OPENCLAW_CONFIG_LOCKED',
        message: `${name} is set, so that ~/.openclaw/openclaw.json must not be written`,
        fix: `put it into that other source; as commands: ${commands}`,
      },
    });
  });

  it.each(['', '0', 'false', 'FALSE', ' 0 '])('but not because of OPENCLAW_NIX_MODE=%j', async (value) => {
    const stage = await stageWith(core, '{}', { OPENCLAW_NIX_MODE: value });
    expect((await setUp(stage.host, {}, only)).conflicts).toEqual({});
  });

  it.each([
    '{"$include":"./more.json"}',
    '{"models":{"$include":"./more.json"}}',
    '{"agents":{"list":[1,{"a":{"$include":"./more.json"}}]}}',
  ])('because it takes parts from other files: %s', async (text) => {
    expect(await conflictOf(await stageWith(core, text))).toMatchObject({
      scope: 'step',
      conflict: { code: 'OPENCLAW_CONFIG_INCLUDES', fix: `set it by hand: ${commands}` },
    });
  });

  it('but not because a value only says so', async () => {
    const stage = await stageWith(core, '{"a":"$include","b":["$include"],"c":null}');
    expect((await setUp(stage.host, {}, only)).conflicts).toEqual({});
  });

  it.each([
    ['plugins.enabled is false', '{"plugins":{"enabled":false}}'],
    ['plugins.deny names amazon-bedrock', '{"plugins":{"deny":[1,"amazon-bedrock "]}}'],
  ])('because somebody has turned the plug-in off: %s', async (what, text) => {
    for (const version of [bundled, external])
      expect(await conflictOf(await stageWith(version, text))).toMatchObject({
        conflict: {
          code: 'OPENCLAW_PLUGIN_BLOCKED',
          message: `${what} in ~/.openclaw/openclaw.json, so that OpenClaw does not load its Bedrock plug-in`,
        },
      });
    expect((await setUp((await stageWith(core, text)).host, {}, only)).conflicts).toEqual({});
  });

  it('because it is no JSON5, whatever else there is to say', async () => {
    const stage = await stageWith(core, '{', { OPENCLAW_NIX_MODE: '1' });
    expect(await conflictOf(stage)).toMatchObject({
      scope: 'step',
      conflict: { code: 'OPENCLAW_CONFIG_INVALID' },
    });
  });

  it('because there is no OpenClaw whose it would be', async () => {
    const host = testHost({ home: await temporaryFolder() });
    const { conflicts } = await setUp(host, {}, only);
    expect(conflicts['openclaw-discovery']).toMatchObject({
      scope: 'step',
      conflict: {
        code: 'OPENCLAW_NOT_INSTALLED',
        fix: expect.stringContaining('npm install -g openclaw') as unknown,
      },
    });
  });
});
