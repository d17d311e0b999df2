import { describe, expect, it } from 'vitest';
import { probeModel, resolveModel } from '../../../src/core/model/model-choice.js';
import type { FoundationModel, InferenceProfile } from '../../../src/ports/bedrock.js';

const account = '111122223333';

function model(id: string, more: Partial<FoundationModel> = {}): FoundationModel {
  const [provider = ''] = id.split('.');
  return {
    id,
    arn: `arn:aws:bedrock:us-east-1::foundation-model/${id}`,
    name: id.slice(provider.length + 1),
    provider: provider === 'amazon' ? 'Amazon' : provider,
    input: ['TEXT'],
    output: ['TEXT'],
    streaming: true,
    onDemand: false,
    lifecycle: 'ACTIVE',
    endOfLife: null,
    ...more,
  };
}

function profile(prefix: string, of: string, more: Partial<InferenceProfile> = {}): InferenceProfile {
  const regions = prefix === 'global' ? ['us-east-1', ''] : ['us-east-1', 'us-west-2'];
  const id = `${prefix}.${of}`;
  return {
    id,
    arn: `arn:aws:bedrock:us-east-1:${account}:inference-profile/${id}`,
    name: id,
    active: true,
    systemDefined: true,
    modelArns: regions.map((region) => `arn:aws:bedrock:${region}::foundation-model/${of}`),
    ...more,
  };
}

const micro = 'amazon.nova-micro-v1:0';
const lite = 'amazon.nova-lite-v1:0';
const pro = 'amazon.nova-pro-v1:0';
const nextLite = 'amazon.nova-2-lite-v1:0';
const canvas = 'amazon.nova-canvas-v1:0';
const opus45 = 'anthropic.claude-opus-4-5-20251101-v1:0';
const opus46 = 'anthropic.claude-opus-4-6-v1';
const opus48 = 'anthropic.claude-opus-4-8';
const opus4 = 'anthropic.claude-opus-4-20250514-v1:0';
const sonnet35 = 'anthropic.claude-3-5-sonnet-20240620-v1:0';
const sonnet46 = 'anthropic.claude-sonnet-4-6';

const models = [
  model(sonnet35, { onDemand: true, lifecycle: 'LEGACY', endOfLife: '2026-12-31T00:00:00.000Z' }),
  ...[opus4, opus45, opus48, opus46, sonnet46].map((id) => model(id)),
  ...[pro, lite].map((id) => model(id)),
  model(micro, { onDemand: true }),
  model(canvas, { output: ['IMAGE'], onDemand: true }),
];
const profiles = [
  ...[opus4, opus45, opus46, sonnet35, sonnet46, micro, lite, pro].map((id) => profile('us', id)),
  profile('global', sonnet46),
  profile('global', opus46),
  profile('global', opus48),
];

describe('probeModel', () => {
  it('is the smallest model of Amazon, through its profile', () => {
    expect(probeModel(profiles, models)).toMatchObject({ id: `us.${micro}`, provider: 'Amazon' });
  });

  it.each<[string, readonly InferenceProfile[], readonly FoundationModel[], string | undefined]>([
    ['the bare id where no profile leads to it', [], models, micro],
    [
      'the next one where the smallest cannot be called',
      [profile('us', lite)],
      [model(micro), model(lite)],
      `us.${lite}`,
    ],
    [
      'not through a profile that is not active',
      [profile('us', micro, { active: false })],
      [model(micro)],
      undefined,
    ],
    [
      'a geographic profile before the global one',
      [profile('global', lite), profile('eu', lite)],
      [model(lite)],
      `eu.${lite}`,
    ],
    ['the global one where there is no other', [profile('global', lite)], [model(lite)], `global.${lite}`],
    ['nothing where Amazon has no model', profiles, [model(opus46)], undefined],
  ])('%s', (_, from, of, id) => {
    expect(probeModel(from, of)?.id).toBe(id);
  });
});

describe('resolveModel', () => {
  it.each([
    [`us.${opus46}`, `us.${opus46}`],
    [`global.${opus46}`, `global.${opus46}`],
    [opus46, `us.${opus46}`],
    [opus48, `global.${opus48}`],
    [micro, micro],
    [`amazon-bedrock/us.${sonnet46}`, `us.${sonnet46}`],
    [`bedrock/${sonnet46}`, `us.${sonnet46}`],
    [`aws-bedrock/${sonnet46}`, `us.${sonnet46}`],
    [profile('us', lite).arn, `us.${lite}`],
    [model(lite).arn, `us.${lite}`],
    [` us.${lite} `, `us.${lite}`],
    ['opus', `global.${opus48}`],
    ['opus-4-6', `us.${opus46}`],
    ['Opus', `global.${opus48}`],
    ['claude-opus-4-5', `us.${opus45}`],
    ['sonnet', `us.${sonnet46}`],
    ['nova', `us.${pro}`],
    ['nova-lite', `us.${lite}`],
  ])('%s is %s', (asked, id) => {
    expect(resolveModel(asked, profiles, models).id).toBe(id);
  });

  it('takes the newer generation before the larger size', () => {
    const more = [...models, model(nextLite)];
    expect(resolveModel('nova', [...profiles, profile('us', nextLite)], more).id).toBe(`us.${nextLite}`);
  });

  it('says which ARNs a call touches', () => {
    expect(resolveModel(opus48, profiles, models).arns).toStrictEqual([
      profile('global', opus48).arn,
      `arn:aws:bedrock:us-east-1::foundation-model/${opus48}`,
      `arn:aws:bedrock:::foundation-model/${opus48}`,
    ]);
    expect(resolveModel(micro, profiles, models).arns).toStrictEqual([model(micro).arn]);
  });

  it('prefers the profile that stays closer to home', () => {
    const wide = profile('apac', lite, {
      modelArns: ['a', 'b', 'c'].map((r) => `arn:aws:bedrock:${r}::foundation-model/${lite}`),
    });
    expect(resolveModel('nova-lite', [wide, profile('jp', lite)], models).id).toBe(`jp.${lite}`);
  });

  it('says when a model ends, also through its profile', () => {
    expect(resolveModel(`us.${sonnet35}`, profiles, models).endOfLife).toBe('2026-12-31T00:00:00.000Z');
  });

  it.each([
    ['provisioned-model/abc123', true],
    ['imported-model/abc123', true],
    ['application-inference-profile/of-another-account', false],
    ['prompt-router/abc123', false],
    ['default-prompt-router/anthropic.claude:1', false],
  ])('takes %s as it is, and knows whether a policy may name it alone: %s', (resource, isWhole) => {
    const arn = `arn:aws:bedrock:us-east-1:${account}:${resource}`;
    expect(resolveModel(arn, profiles, models)).toMatchObject({ id: arn, arns: isWhole ? [arn] : [] });
  });

  it('takes a profile of the account by its ARN, with the models behind it', () => {
    const arn = `arn:aws:bedrock:us-east-1:${account}:application-inference-profile/abc123`;
    const own = profile('us', pro, { id: 'abc123', arn, systemDefined: false });
    for (const asked of [arn, 'abc123', `amazon-bedrock/${arn}`])
      expect(resolveModel(asked, [...profiles, own], models)).toMatchObject({
        id: arn,
        arns: [arn, ...own.modelArns],
        name: 'nova-pro-v1:0',
      });
  });

  it.each([
    ['us.anthropic.claude-opus-4-6-v1:0', `us.${opus46}`],
    [`eu.${sonnet46}`, `us.${sonnet46}`],
    ['us.amazon.nova-lyte-v1:0', `us.${lite}`],
    [`arn:aws:bedrock:us-east-1:${account}:inference-profile/eu.${lite}`, `us.${lite}`],
  ])('refuses %s and names %s', (asked, near) => {
    expect(() => resolveModel(asked, profiles, models)).toThrow(
      expect.objectContaining({
        code: 'BAD_MODEL_ID',
        exitCode: 2,
        fix: expect.stringContaining(near) as string,
      }),
    );
  });

  it.each(['zzz', 'canvas', 'haiku', '', '*', 'o', canvas.replace('canvas', '*')])('refuses %j', (asked) => {
    expect(() => resolveModel(asked, profiles, models)).toThrow(
      expect.objectContaining({ code: 'BAD_MODEL_ID' }),
    );
  });

  it('does not take a legacy model for the newest', () => {
    expect(() =>
      resolveModel('sonnet', [profile('us', sonnet35)], [model(sonnet35, { lifecycle: 'LEGACY' })]),
    ).toThrow(expect.objectContaining({ code: 'BAD_MODEL_ID' }));
  });
});
