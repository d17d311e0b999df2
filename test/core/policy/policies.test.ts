import { describe, expect, it } from 'vitest';
import { invokePolicy, isSufficientPolicy, policyGoal } from '../../../src/core/policy/policies.js';
import { isScopedTo, joinScoped, scopedPolicy } from '../../../src/core/policy/scoped-policy.js';
import { sameMeaning } from '../../../src/core/policy/policy-document.js';
import { fillTemplate } from '../../../src/core/text/template.js';
import type { JsonObject } from '../../../src/ports/json.js';

const account = '111122223333';
const identity = { account, partition: 'aws-us-gov', arn: `arn:aws-us-gov:iam::${account}:user/me` };
const region = 'us-gov-west-1';

function statements(document: JsonObject): readonly JsonObject[] {
  return document['Statement'] as readonly JsonObject[];
}

describe('invokePolicy', () => {
  const [invoke, guard, discover] = statements(invokePolicy(identity, region));

  it('invokes models and profiles of the account, in its partition', () => {
    expect(invoke?.['Action']).toStrictEqual([
      'bedrock:InvokeModel',
      'bedrock:InvokeModelWithResponseStream',
    ]);
    expect(invoke?.['Resource']).toStrictEqual([
      'arn:aws-us-gov:bedrock:*::foundation-model/*',
      `arn:aws-us-gov:bedrock:*:${account}:inference-profile/*`,
      `arn:aws-us-gov:bedrock:*:${account}:application-inference-profile/*`,
      `arn:aws-us-gov:bedrock:*:${account}:custom-model-deployment/*`,
      `arn:aws-us-gov:bedrock:*:${account}:imported-model/*`,
      `arn:aws-us-gov:bedrock:*:${account}:provisioned-model/*`,
      `arn:aws-us-gov:bedrock:*:${account}:*prompt-router/*`,
    ]);
  });

  it('applies guardrails of the account', () => {
    expect(guard).toMatchObject({
      Action: 'bedrock:ApplyGuardrail',
      Resource: [
        `arn:aws-us-gov:bedrock:*:${account}:guardrail/*`,
        `arn:aws-us-gov:bedrock:*:${account}:guardrail-profile/*`,
      ],
    });
  });

  it('only looks otherwise', () => {
    expect(discover?.['Action']).toSatisfy((actions: string[]) =>
      actions.every((action) => /^bedrock:(?:Get|List)/u.test(action)),
    );
  });
});

describe('scopedPolicy', () => {
  const profile = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-lite-v1:0';
  const model = (where: string): string => `arn:aws:bedrock:${where}::foundation-model/amazon.nova-lite-v1:0`;
  const invoke = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
  const through = { StringLike: { 'bedrock:InferenceProfileArn': [profile] } };

  it('lets a geographic profile reach its own models only, and only through itself', () => {
    const [own, behind, discover] = statements(
      scopedPolicy([profile, model('us-east-1'), model('us-west-2')], 'us-east-1'),
    );
    expect(own).toEqual({ Sid: 'InvokeProfiles', Effect: 'Allow', Action: invoke, Resource: [profile] });
    expect(behind).toEqual({
      Sid: 'InvokeModelsThroughProfiles',
      Effect: 'Allow',
      Action: invoke,
      Resource: [model('us-east-1'), model('us-west-2')],
      Condition: through,
    });
    expect(discover).toEqual({
      Sid: 'DiscoverModels',
      Effect: 'Allow',
      Action: [
        'bedrock:ListFoundationModels',
        'bedrock:GetFoundationModel',
        'bedrock:ListInferenceProfiles',
        'bedrock:GetInferenceProfile',
      ],
      Resource: '*',
    });
  });

  it('gives a global profile the three parts that it needs', () => {
    const [own, here, anywhere] = statements(
      scopedPolicy([profile, model('us-east-1'), model('')], 'us-east-1'),
    );
    const from = (requested: string): JsonObject => ({ 'aws:RequestedRegion': requested });

    expect(own).toEqual({
      Sid: 'InvokeProfiles',
      Effect: 'Allow',
      Action: invoke,
      Resource: [profile],
      Condition: { StringEquals: from('us-east-1') },
    });
    expect(here).toMatchObject({
      Sid: 'InvokeModelsInRegion',
      Resource: [model('us-east-1')],
      Condition: { ...through, StringEquals: from('us-east-1') },
    });
    expect(anywhere).toMatchObject({
      Sid: 'InvokeModelsAnywhere',
      Resource: [model('')],
      Condition: { ...through, StringEquals: from('unspecified') },
    });
  });

  it('names a bare model alone', () => {
    const all = statements(scopedPolicy([model('us-east-1')], 'us-east-1'));
    expect(all).toHaveLength(2);
    expect(all[0]).toEqual({
      Sid: 'InvokeModels',
      Effect: 'Allow',
      Action: invoke,
      Resource: [model('us-east-1')],
    });
  });

  it('leaves out a statement that would name nothing', () => {
    const sids = (arns: readonly string[]): readonly unknown[] =>
      statements(scopedPolicy(arns, 'us-east-1')).map((statement) => statement['Sid']);
    expect(sids([profile, model('')])).toEqual(['InvokeProfiles', 'InvokeModelsAnywhere', 'DiscoverModels']);
    expect(sids([profile])).toEqual(['InvokeProfiles', 'DiscoverModels']);
    expect(sids([])).toEqual(['DiscoverModels']);
  });

  it('takes an application profile for a profile, and what is no ARN for a model', () => {
    const application = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc';
    const [own, behind] = statements(scopedPolicy([application, 'x'], 'us-east-1'));
    expect([own?.['Resource'], behind?.['Resource']]).toEqual([[application], ['x']]);
  });

  it('is a policy of the version that has variables', () => {
    expect(scopedPolicy([], 'us-east-1')['Version']).toBe('2012-10-17');
  });
});

describe('joinScoped', () => {
  const profile = (name: string, where = 'us-east-1'): string =>
    `arn:aws:bedrock:${where}:111122223333:inference-profile/${name}`;
  const model = (name: string, where: string): string => `arn:aws:bedrock:${where}::foundation-model/${name}`;
  const lite = scopedPolicy([profile('us.lite'), model('lite', 'us-east-1')], 'us-east-1');
  const pro = scopedPolicy([profile('us.pro'), model('pro', 'us-west-2')], 'us-east-1');
  const bare = scopedPolicy([model('bare', 'us-east-1')], 'us-east-1');
  const globalIn = (where: string): JsonObject =>
    scopedPolicy([profile('global.x', where), model('x', where), model('x', '')], where);
  const join = (...all: readonly JsonObject[]): JsonObject =>
    all.reduce((joined, one) => joinScoped(joined, one) ?? {});

  it('puts what is alike into one statement', () => {
    const [profiles, models, discover, ...more] = statements(join(lite, pro));
    const both = [profile('us.lite'), profile('us.pro')];
    expect(profiles).toMatchObject({ Sid: 'InvokeProfiles', Resource: both });
    expect(models).toMatchObject({
      Resource: [model('lite', 'us-east-1'), model('pro', 'us-west-2')],
      Condition: { StringLike: { 'bedrock:InferenceProfileArn': both } },
    });
    expect([discover?.['Sid'], more]).toEqual(['DiscoverModels', []]);
  });

  it('lets a model that is called directly still be called directly', () => {
    const direct = statements(join(lite, bare)).filter(({ Condition: condition }) => condition === undefined);
    expect(direct.map(({ Resource: resource }) => resource)).toEqual([
      [profile('us.lite')],
      [model('bare', 'us-east-1')],
      '*',
    ]);
  });

  it('keeps each region to itself, and no Sid stands twice', () => {
    const all = statements(join(lite, globalIn('us-east-1'), globalIn('eu-west-1')));
    expect(all.map(({ Sid: sid, Resource: resource }) => [sid, resource])).toEqual([
      ['InvokeProfiles', [profile('us.lite')]],
      ['InvokeModelsThroughProfiles', [model('lite', 'us-east-1')]],
      ['InvokeProfiles2', [profile('global.x')]],
      ['InvokeModelsInRegion', [model('x', 'us-east-1')]],
      ['InvokeModelsAnywhere', [model('x', '')]],
      ['InvokeProfiles3', [profile('global.x', 'eu-west-1')]],
      ['InvokeModelsInRegion2', [model('x', 'eu-west-1')]],
      ['DiscoverModels', '*'],
    ]);
  });

  it.each([
    ['the same', lite, lite],
    ['both, the other way round', join(pro, lite), join(lite, pro)],
    ['more again', join(globalIn('us-east-1'), lite, pro), join(join(lite, pro), globalIn('us-east-1'))],
  ])('means the same for %s', (_what, one, other) => {
    expect(sameMeaning(one, other)).toBe(true);
    expect(sameMeaning(join(one, other), one)).toBe(true);
  });

  it.each([
    ['the policy for every model', invokePolicy(identity, region)],
    ['one with a statement more', { ...lite, Statement: [...statements(lite), { Effect: 'Deny' }] }],
    ['one with a condition more', { Statement: statements(lite).map((one) => ({ ...one, Condition: {} })) }],
    ['one without a statement', { Statement: statements(lite).slice(1, 2) }],
    ['something else', { Statement: 'x' }],
  ])('does not touch %s', (_what, document) => {
    expect(joinScoped(document, lite)).toBeNull();
    expect(joinScoped(lite, document)).toBeNull();
    expect(isScopedTo([], document, 'us-east-1')).toBe(false);
  });

  it('is seen to allow each of both, and no third', () => {
    const arns = [profile('us.lite'), model('lite', 'us-east-1')];
    expect(isScopedTo(arns, join(lite, pro), 'us-east-1')).toBe(true);
    expect(isScopedTo(arns, join(bare, pro), 'us-east-1')).toBe(false);
    expect(isScopedTo([model('lite', 'us-east-1')], lite, 'us-east-1')).toBe(false);
  });
});

describe('policyGoal', () => {
  const managed = (arn: string) => ({ kind: 'managed', arn }) as const;

  it('full-access is the managed policy of the partition', () => {
    expect(policyGoal({ kind: 'full-access' }, identity, region, null)).toStrictEqual({
      kind: 'managed',
      arn: 'arn:aws-us-gov:iam::aws:policy/AmazonBedrockFullAccess',
    });
  });

  it.each([
    [null, 'MODEL_NEEDED', 'without --model', 'add --model'],
    [
      { id: 'x.y', arns: [] },
      'MODEL_NOT_RESOLVED',
      'the models behind x.y',
      'allow bedrock:ListInferenceProfiles',
    ],
  ])('scoped for %j is %s', (model, code, message, fix) => {
    const text = (part: string): string => expect.stringContaining(part) as string;
    expect(() => policyGoal({ kind: 'scoped' }, identity, region, model)).toThrow(
      expect.objectContaining({
        code,
        message: text(message),
        why: text('a scoped policy names'),
        fix: text(fix),
      }),
    );
  });

  it('invoke needs no model, and takes no notice of one', () => {
    const invoke = { kind: 'inline', name: 'OpenClawBedrock', document: invokePolicy(identity, region) };
    const models = [
      null,
      { id: 'x.y', arns: [] },
      { id: 'x.y', arns: ['arn:aws-us-gov:bedrock:::foundation-model/x.y'] },
    ];
    for (const model of models)
      expect(policyGoal({ kind: 'invoke' }, identity, region, model)).toStrictEqual(invoke);
  });

  it('scoped names the model', () => {
    const arns = ['arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-lite-v1:0'];
    const goal = policyGoal({ kind: 'scoped' }, identity, region, { id: 'amazon.nova-lite-v1:0', arns });
    expect(JSON.stringify(goal)).toContain(arns[0]);
  });

  it.each([
    `arn:aws-us-gov:iam::${account}:policy/mine`,
    'arn:aws-us-gov:iam::aws:policy/AmazonBedrockReadOnly',
  ])('takes %s', (arn) => {
    expect(policyGoal(managed(arn), identity, region, null)).toStrictEqual(managed(arn));
  });

  it.each([
    `arn:aws:iam::${account}:policy/mine`,
    'arn:aws-us-gov:iam::999999999999:policy/mine',
    `arn:aws-us-gov:s3::${account}:policy/mine`,
    'mine',
  ])('refuses %s', (arn) => {
    expect(() => policyGoal(managed(arn), identity, region, null)).toThrow(
      expect.objectContaining({
        code: 'POLICY_NOT_IN_ACCOUNT',
        exitCode: 2,
        message: `the policy ${arn} cannot be attached in the account ${account} (partition aws-us-gov)`,
        why: 'a role can only carry policies of its own account, or of AWS itself',
        fix: `give one such as arn:aws-us-gov:iam::${account}:policy/NAME`,
      }),
    );
  });
});

it.each([
  ['arn:aws:iam::aws:policy/AmazonBedrockFullAccess', true],
  ['arn:aws-us-gov:iam::aws:policy/AdministratorAccess', true],
  ['arn:aws:iam::aws:policy/AmazonBedrockReadOnly', false],
  ['arn:aws:iam::111122223333:policy/AmazonBedrockFullAccess', false],
  ['AmazonBedrockFullAccess', false],
])('%s is enough: %s', (arn, enough) => {
  expect(isSufficientPolicy(arn)).toBe(enough);
});

describe('fillTemplate', () => {
  it('fills every text, however deep', () => {
    expect(
      fillTemplate({ a: ['{{x}}-{{x}}', { b: 'arn:{{x}}', c: 1, d: null }] }, { x: 'aws' }),
    ).toStrictEqual({
      a: ['aws-aws', { b: 'arn:aws', c: 1, d: null }],
    });
  });

  it.each(['*', 'a"b', '{{y}}', 'A', 'a b', 'a/b'])('refuses the value %j', (x) => {
    expect(() => fillTemplate({ a: '{{x}}' }, { x })).toThrow('not fit');
  });

  it.each(['{{y}}', '{{constructor}}'])('refuses %s without a value', (a) => {
    expect(() => fillTemplate({ a }, { x: '1' })).toThrow('no value for');
  });
});
