import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { setUp, snapshot, takeBack, temporaryFolder, testHost } from '../../support/host.js';
import type { PlainOpenClaw } from '../../support/plain-openclaw.js';
import { plainOpenClaw } from '../../support/plain-openclaw.js';

const only = ['bedrock-plugin'] as const;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const listed = '{"plugins":{"allow":["amazon-bedrock"]}}';

async function stageWith(
  version: string,
  text: string | null,
  environment: Readonly<Record<string, string>> = {},
): Promise<PlainOpenClaw> {
  const stage = plainOpenClaw(testHost({ home: await temporaryFolder(), environment }), version);
  stage.plugin = 'missing';
  if (text !== null) {
    await mkdir(path.dirname(stage.configPath));
    await writeFile(stage.configPath, text, { mode: 0o600 });
  }
  return stage;
}

describe('the Bedrock plug-in', () => {
  it.each([
    ['leaves the config alone', '{}', () => null, '{}'],
    ['writes itself into the config', '{ /* mine */ }', () => bytes(listed), listed],
    ['makes a config', null, () => bytes(listed), listed],
  ])('is installed once and removed again, where it %s', async (_what, before, afterInstall, after) => {
    const stage = await stageWith('2026.9.6', before);
    stage.afterInstall = afterInstall;
    const { made } = await setUp(stage.host, {}, only);
    expect(await readFile(stage.configPath, 'utf8')).toBe(after);
    expect(await setUp(stage.host, {}, only)).toEqual({ made: [], conflicts: {} });
    expect(stage.calls).toEqual(['install']);
    await takeBack(stage.host, made);
    expect(stage.plugin).toBe('missing');
    const left = await snapshot(stage.host.user.home);
    const config = left['.openclaw/openclaw.json'];
    expect(config?.split(' ').slice(2).join(' ')).toBe(before ?? undefined);
    expect(Object.keys(left).filter((name) => name.includes('.before-'))).toEqual([]);
    await takeBack(stage.host, made);
    expect(stage.calls).toEqual(['install', 'remove']);
  });

  it.each([
    ['is in the package still', '2026.5.7', 'missing'],
    ['is in the package still, in the first era', '2026.2.26', 'missing'],
    ['is there', '2026.9.6', 'installed'],
    ['comes with the program', '2026.9.6', 'bundled'],
  ] as const)('is left alone where it %s', async (_what, version, plugin) => {
    const stage = await stageWith(version, null);
    stage.plugin = plugin;
    expect(await setUp(stage.host, {}, only)).toEqual({ made: [], conflicts: {} });
    expect(stage.calls).toEqual([]);
  });

  it.each([
    ['{ "$include": "./more.json" }', {}, 'OPENCLAW_CONFIG_INCLUDES'],
    ['{}', { OPENCLAW_NIX_MODE: '1' }, 'OPENCLAW_CONFIG_LOCKED'],
  ])(
    'is not installed where OpenClaw could not write that into its config: %s %j',
    async (text, environment, code) => {
      const stage = await stageWith('2026.9.6', text, environment);
      const { made, conflicts } = await setUp(stage.host, {}, only);
      expect(made).toEqual([]);
      expect(conflicts['bedrock-plugin']).toMatchObject({
        conflict: { code, fix: expect.stringContaining('openclaw plugins install') as unknown },
      });
    },
  );

  it.each(['{"plugins":{"enabled":false}}', '{"plugins":{"deny":["amazon-bedrock"]}}'])(
    'is not installed where it would not be loaded: %s',
    async (text) => {
      const stage = await stageWith('2026.9.6', text);
      expect(await setUp(stage.host, {}, only)).toEqual({ made: [], conflicts: {} });
    },
  );

  it('is not installed twice where somebody was quicker', async () => {
    const stage = await stageWith('2026.9.6', null);
    const { made } = await setUp(stage.host, {}, only);
    await takeBack(
      stage.host,
      made.map(({ step, op }) => ({ step, op: null, undo: op })),
    );
    expect(stage.calls).toEqual(['install']);
  });

  it('leaves what others have written into the config since', async () => {
    const stage = await stageWith('2026.9.6', '{}');
    stage.afterInstall = () => bytes(listed);
    const { made } = await setUp(stage.host, {}, only);
    await writeFile(stage.configPath, '{"mine":1}');
    await takeBack(stage.host, made);
    expect(await readFile(stage.configPath, 'utf8')).toBe('{"mine":1}');
    expect(Object.keys(await snapshot(stage.host.user.home))).toEqual([
      '.openclaw',
      '.openclaw/openclaw.json',
    ]);
  });

  it.each([
    ['somebody has removed it meanwhile', '{}', listed, '{}'],
    ['somebody has removed it and changed the config', '{}', '{"mine":1}', '{"mine":1}'],
  ])('gives the config back where %s', async (_what, before, now, after) => {
    const stage = await stageWith('2026.9.6', before);
    stage.afterInstall = () => bytes(listed);
    const { made } = await setUp(stage.host, {}, only);
    stage.plugin = 'missing';
    await writeFile(stage.configPath, now);
    await takeBack(stage.host, made);
    expect(await readFile(stage.configPath, 'utf8')).toBe(after);
    expect(stage.calls).toEqual(['install']);
  });

  const enabled = { plugins: { entries: { 'amazon-bedrock': { enabled: true } } } };

  it.each([
    ['nothing', '{}', {}],
    [
      'another plug-in',
      '{"plugins":{"allow":["telegram"],"entries":{"telegram":{}}}}',
      { plugins: { allow: ['telegram'], entries: { telegram: {} } } },
    ],
  ])(
    'goes with its own keys and discovery with its, where %s was there and others have changed the config since',
    async (_what, before, after) => {
      const stage = await stageWith('2026.9.6', before);
      stage.afterInstall = () => {
        const { plugins } = JSON.parse(before) as { plugins?: { allow?: string[]; entries?: object } };
        const entries = { ...plugins?.entries, ...enabled.plugins.entries };
        const allow = plugins?.allow === undefined ? {} : { allow: [...plugins.allow, 'amazon-bedrock'] };
        return bytes(JSON.stringify({ meta: { touched: 1 }, plugins: { ...allow, entries } }));
      };
      const { made } = await setUp(stage.host, {}, ['bedrock-plugin', 'openclaw-discovery']);
      const text = await readFile(stage.configPath, 'utf8');
      expect(text).toContain('discovery');
      await writeFile(stage.configPath, JSON.stringify({ ...JSON.parse(text), mine: 1 }));
      await takeBack(stage.host, made);
      expect(JSON.parse(await readFile(stage.configPath, 'utf8'))).toEqual({
        ...after,
        meta: { touched: 1 },
        mine: 1,
      });
    },
  );

  it('leaves a setting of it that somebody has changed', async () => {
    const stage = await stageWith('2026.9.6', '{}');
    stage.afterInstall = () => bytes(JSON.stringify(enabled));
    const { made } = await setUp(stage.host, {}, only);
    const theirs = '{"plugins":{"entries":{"amazon-bedrock":{"enabled":false}}}}';
    await writeFile(stage.configPath, theirs);
    await takeBack(stage.host, made);
    expect(await readFile(stage.configPath, 'utf8')).toBe(theirs);
  });

  it('is removed as a receipt of an earlier version tells it, which knows of no keys', async () => {
    const stage = await stageWith('2026.9.6', '{}');
    stage.afterInstall = () => bytes(JSON.stringify(enabled));
    const { made } = await setUp(stage.host, {}, only);
    await writeFile(stage.configPath, JSON.stringify({ ...enabled, mine: 1 }));
    const earlier = made.map((one) => {
      const { keys: _keys, made: _made, ...undone } = one.undo as Record<string, unknown>;
      return { ...one, undo: undone };
    });
    await takeBack(stage.host, earlier);
    expect(JSON.parse(await readFile(stage.configPath, 'utf8'))).toEqual({ ...enabled, mine: 1 });
    expect(stage.plugin).toBe('missing');
  });

  it('is named in the plan with the version that it fits', async () => {
    const { made } = await setUp((await stageWith('2026.9.6', null)).host, {}, only);
    expect(made).toMatchObject([
      { step: 'bedrock-plugin', op: { kind: 'install' }, undo: { kind: 'remove' } },
    ]);
  });
});
