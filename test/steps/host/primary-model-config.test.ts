import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isConflict } from '../../../src/core/change.js';
import { primaryModel } from '../../../src/steps/host/primary-model.js';
import { goalFor, setUp, snapshot, takeBack, temporaryFolder, testHost } from '../../support/host.js';
import type { PlainOpenClaw } from '../../support/plain-openclaw.js';
import { plainOpenClaw } from '../../support/plain-openclaw.js';

const only = ['primary-model'] as const;
const [core, external] = ['2026.2.26', '2026.9.6'] as const;
const nova = 'us.amazon.nova-micro-v1:0';
const arn = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc';
const reference = `amazon-bedrock/${nova}`;
const primary = (model: unknown) => ({ agents: { defaults: { model } } });

const entry = (id: string, limits = { contextWindow: 128_000, maxTokens: 5000 }) => ({
  id,
  name: id,
  reasoning: false,
  input: ['text'],
  cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  ...limits,
});
const provider = (models: readonly unknown[], host = 'bedrock-runtime.us-east-1.amazonaws.com') => ({
  baseUrl: `https://${host}`,
  api: 'bedrock-converse-stream',
  auth: 'aws-sdk',
  models,
});
const byHand = (value: unknown) => ({ models: { providers: { 'amazon-bedrock': value } } });

async function stageWith(version: string, config: unknown): Promise<PlainOpenClaw> {
  const stage = plainOpenClaw(testHost({ home: await temporaryFolder() }), version);
  if (config !== null) {
    await mkdir(path.dirname(stage.configPath));
    await writeFile(stage.configPath, typeof config === 'string' ? config : JSON.stringify(config));
  }
  return stage;
}

async function configOf({ configPath }: PlainOpenClaw): Promise<unknown> {
  return JSON.parse(await readFile(configPath, 'utf8')) as unknown;
}

/** The limits are given, so that they do not follow what is known of a model. */
const limits = { defaultContextWindow: 128_000, defaultMaxTokens: 5000 };
const goal = (model = nova, region = 'us-east-1') => ({ model, region, settings: { discovery: limits } });

describe('the primary model', () => {
  it.each([
    ['nothing', external, nova, null, primary({ primary: reference })],
    ['another', external, nova, primary({ primary: 'openai/gpt-5' }), primary({ primary: reference })],
    [
      'another with others behind it',
      external,
      nova,
      primary({ primary: 'a/b', fallbacks: ['c/d'] }),
      primary({ primary: reference, fallbacks: ['c/d'] }),
    ],
    ['another as a mere text', external, nova, primary('openai/gpt-5'), primary({ primary: reference })],
    [
      'nothing, and discovery knows no inference profiles yet',
      core,
      nova,
      null,
      { ...byHand(provider([entry(nova)])), ...primary({ primary: reference }) },
    ],
    [
      'an application inference profile, which discovery never lists',
      external,
      arn,
      { models: { providers: { openai: {} } } },
      {
        models: { providers: { openai: {}, 'amazon-bedrock': provider([entry(arn)]) } },
        ...primary({ primary: `amazon-bedrock/${arn}` }),
      },
    ],
    [
      'a provider with a model and a setting of its own',
      core,
      nova,
      byHand({ ...provider([{ id: 'mine' }]), auth: 'mine', more: 1 }),
      {
        ...byHand({ ...provider([{ id: 'mine' }, entry(nova)]), auth: 'mine', more: 1 }),
        ...primary({ primary: reference }),
      },
    ],
    [
      'a provider without models',
      core,
      nova,
      byHand(provider([])),
      { ...byHand(provider([entry(nova)])), ...primary({ primary: reference }) },
    ],
    [
      'the model entered by hand, in the words of somebody else',
      core,
      nova,
      byHand(provider([{ id: nova, name: 'mine' }])),
      { ...byHand(provider([{ id: nova, name: 'mine' }])), ...primary({ primary: reference }) },
    ],
    [
      'the model chosen, but not entered',
      core,
      nova,
      primary({ primary: reference }),
      { ...primary({ primary: reference }), ...byHand(provider([entry(nova)])) },
    ],
  ])(
    'is set once where there is %s, and undo gives the bytes back',
    async (_what, version, model, before, after) => {
      const stage = await stageWith(version, before);
      const original = await snapshot(stage.host.user.home);
      const { made, conflicts } = await setUp(stage.host, goal(model), only);
      expect(conflicts).toEqual({});
      expect(await configOf(stage)).toEqual(after);
      expect((await setUp(stage.host, goal(model), only)).made).toEqual([]);
      expect(stage.calls).toEqual(['set']);
      await takeBack(stage.host, made);
      expect(await snapshot(stage.host.user.home)).toEqual(original);
    },
  );

  it.each([
    reference,
    `bedrock/${nova}`,
    `aws-bedrock/${nova}`,
    `AWS_Bedrock/${nova}`,
    `amazon bedrock/${nova}`,
  ])('is in place as %s, which OpenClaw takes for the same', async (text) => {
    for (const model of [text, { primary: text }]) {
      const stage = await stageWith(external, primary(model));
      expect(await setUp(stage.host, goal(), only)).toEqual({ made: [], conflicts: {} });
    }
  });

  it.each(['us.', 'us-gov.', 'eu.', 'apac.', 'ap.', 'au.', 'jp.', 'ca.', 'sa.', 'global.'])(
    'is entered by hand in the first era where its id begins with %s',
    async (prefix) => {
      const stage = await stageWith(core, null);
      await setUp(stage.host, goal(`${prefix}amazon.nova-micro-v1:0`), only);
      expect(await configOf(stage)).toHaveProperty('models.providers');
    },
  );

  it.each(['amazon.nova-micro-v1:0', 'x.us.amazon.nova'])(
    'is left to discovery in the first era as %s',
    async (model) => {
      const stage = await stageWith(core, null);
      await setUp(stage.host, goal(model), only);
      expect(await configOf(stage)).toEqual(primary({ primary: `amazon-bedrock/${model}` }));
    },
  );

  it('is asked for where its region’s endpoint is, in China too', async () => {
    const stage = await stageWith(core, null);
    await setUp(stage.host, goal(nova, 'cn-north-1'), only);
    const host = 'bedrock-runtime.cn-north-1.amazonaws.com.cn';
    expect(await configOf(stage)).toMatchObject(byHand(provider([entry(nova)], host)));
  });

  it('is put back byte for byte though nothing was recorded', async () => {
    const stage = await stageWith(core, '// mine\n{}\n');
    const before = await snapshot(stage.host.user.home);
    const { made } = await setUp(stage.host, goal(), only);
    await takeBack(
      stage.host,
      made.map((one) => ({ ...one, undo: { ...(one.undo as object), written: null } })),
    );
    expect(await snapshot(stage.host.user.home)).toEqual(before);
  });
});

describe('undo, where others have changed the config since', () => {
  const cases: readonly (readonly [string, string, unknown, (made: object) => unknown, unknown])[] = [
    [
      'takes out the model, and what it stood in',
      external,
      {},
      (made) => ({ ...made, mine: 1 }),
      { agents: { defaults: {} }, mine: 1 },
    ],
    [
      'leaves what stands beside it',
      external,
      {},
      () => primary({ primary: reference, fallbacks: ['a/b'] }),
      primary({ fallbacks: ['a/b'] }),
    ],
    [
      'puts the former model back',
      external,
      primary({ primary: 'openai/gpt-5' }),
      (made) => ({ ...made, mine: 1 }),
      { ...primary({ primary: 'openai/gpt-5' }), mine: 1 },
    ],
    [
      'takes out the whole provider that it made',
      core,
      {},
      (made) => ({ ...made, mine: 1 }),
      { models: { providers: {} }, agents: { defaults: {} }, mine: 1 },
    ],
    [
      'leaves a model that was entered beside its own',
      core,
      {},
      () => ({ ...byHand(provider([{ id: 'theirs' }, entry(nova)])), ...primary({ primary: reference }) }),
      { ...byHand(provider([{ id: 'theirs' }])), agents: { defaults: {} } },
    ],
    [
      'leaves a provider that was there before',
      core,
      byHand(provider([])),
      (made) => ({ ...made, mine: 1 }),
      { ...byHand(provider([])), agents: { defaults: {} }, mine: 1 },
    ],
    [
      'leaves its entry where somebody has changed it',
      core,
      {},
      () => ({ ...byHand(provider([{ ...entry(nova), name: 'mine' }])), ...primary({ primary: reference }) }),
      { ...byHand(provider([{ ...entry(nova), name: 'mine' }])), agents: { defaults: {} } },
    ],
    [
      'takes out its entry though somebody has chosen another model',
      core,
      {},
      () => ({ ...byHand(provider([entry(nova)])), ...primary({ primary: 'a/b' }) }),
      { models: { providers: {} }, ...primary({ primary: 'a/b' }) },
    ],
    ['is content where it is all gone', core, {}, () => ({ mine: 1 }), { mine: 1 }],
  ];
  it.each(cases)('%s', async (_what, version, before, change, after) => {
    const stage = await stageWith(version, before);
    const { made } = await setUp(stage.host, goal(), only);
    await writeFile(stage.configPath, JSON.stringify(change((await configOf(stage)) as object)));
    await takeBack(stage.host, made);
    expect(await configOf(stage)).toEqual(after);
    expect(Object.keys(await snapshot(stage.host.user.home))).toEqual([
      '.openclaw',
      '.openclaw/openclaw.json',
    ]);
  });

  it('refuses where somebody has chosen another model', async () => {
    const stage = await stageWith(external, {});
    const { made } = await setUp(stage.host, goal(), only);
    const theirs = JSON.stringify(primary({ primary: 'a/b' }));
    await writeFile(stage.configPath, theirs);
    await expect(takeBack(stage.host, made)).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
      message: `agents.defaults.model in ${stage.configPath} has been changed since this tool wrote it`,
    });
    expect(await readFile(stage.configPath, 'utf8')).toBe(theirs);
  });
});

describe('the plan', () => {
  const clock = { now: () => 0, sleep: () => Promise.resolve() };

  async function planned(version: string, config: unknown) {
    const stage = await stageWith(version, config);
    const wanted = primaryModel.desired(await goalFor(stage.host, goal()));
    if (wanted === null) throw new Error('nothing is wanted');
    return primaryModel.diff(wanted, await primaryModel.read(wanted, { ...stage, clock }));
  }

  it('says which model, and that it is entered', async () => {
    expect(await planned(core, null)).toMatchObject([
      {
        action: 'create',
        target: '~/.openclaw/openclaw.json',
        detail: `agents.defaults.model.primary = ${reference}, entered by hand`,
        body: expect.arrayContaining([
          `agents.defaults.model.primary = "${reference}"`,
          'models.providers.amazon-bedrock.auth = "aws-sdk"',
        ]) as unknown,
      },
    ]);
  });

  it('says which model replaces another', async () => {
    expect(await planned(external, primary('a/b'))).toMatchObject([
      { action: 'update', detail: `agents.defaults.model.primary = ${reference}`, undo: { previous: 'a/b' } },
    ]);
  });

  it('names a config that cannot be read', async () => {
    const result = await planned(external, '{');
    expect(isConflict(result) ? result.conflict.code : null).toBe('OPENCLAW_CONFIG_INVALID');
  });
});

it('is not set where none is asked for, or there is no OpenClaw', async () => {
  const stage = await stageWith(external, null);
  expect(await setUp(stage.host, {}, only)).toEqual({ made: [], conflicts: {} });
  const bare = testHost({ home: await temporaryFolder() });
  expect(await setUp(bare, goal(), only)).toEqual({ made: [], conflicts: {} });
});

it('refuses a model whose name has lines', async () => {
  const stage = await stageWith(external, null);
  await expect(setUp(stage.host, goal('a\nb'), only)).rejects.toMatchObject({ code: 'VALUE_UNSAFE' });
});

describe('a model that is chosen a second time, after another', () => {
  it('is taken back to the very bytes that were there first, and no copy stays', async () => {
    const first = "{ agents: { defaults: { model: { primary: 'openai/gpt-5' } } } }\n";
    const stage = await stageWith(external, first);
    const made = [];
    for (const model of [nova, 'us.amazon.nova-lite-v1:0', nova, 'us.amazon.nova-lite-v1:0', nova])
      made.push(...(await setUp(stage.host, goal(model), only)).made);
    expect(made).toHaveLength(5);
    await takeBack(stage.host, made);
    expect(await readFile(stage.configPath, 'utf8')).toBe(first);
    expect(Object.keys(await snapshot(stage.host.user.home))).toEqual([
      '.openclaw',
      '.openclaw/openclaw.json',
    ]);
  });
});
