import { describe, expect, test } from 'vitest';
import { instanceChoices } from '../../../src/cli/guide/instance-choices.js';
import { modelChoices } from '../../../src/cli/guide/model-choices.js';
import { situationLines } from '../../../src/cli/guide/situation.js';
import type { Offers } from '../../../src/cli/guide/model-offers.js';
import type { FoundationModel, InferenceProfile } from '../../../src/ports/bedrock.js';
import type { Instance } from '../../../src/ports/ec2.js';

function model(id: string, provider: string, more: Partial<FoundationModel> = {}): FoundationModel {
  return {
    id,
    arn: `arn:aws:bedrock:us-east-1::foundation-model/${id}`,
    name: id,
    provider,
    input: ['TEXT'],
    output: ['TEXT'],
    streaming: true,
    onDemand: false,
    lifecycle: 'ACTIVE',
    endOfLife: null,
    ...more,
  };
}

function profile(prefix: string, modelId: string, regions: readonly string[]): InferenceProfile {
  const id = `${prefix}.${modelId}`;
  return {
    id,
    arn: `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${id}`,
    name: id,
    active: true,
    systemDefined: true,
    modelArns: regions.map((region) => `arn:aws:bedrock:${region}::foundation-model/${modelId}`),
  };
}

const sonnet46 = model('anthropic.claude-sonnet-4-6', 'Anthropic', { input: ['TEXT', 'IMAGE'] });
const sonnet45 = model('anthropic.claude-sonnet-4-5-20250929-v1:0', 'Anthropic');
const micro = model('amazon.nova-micro-v1:0', 'Amazon', { onDemand: true });
const pro = model('amazon.nova-pro-v1:0', 'Amazon', { onDemand: true, endOfLife: '2027-01-31T00:00:00Z' });

const models = [
  sonnet45,
  micro,
  sonnet46,
  pro,
  model('amazon.titan-embed-text-v2:0', 'Amazon', { output: ['EMBEDDING'], onDemand: true }),
  model('anthropic.claude-v2', 'Anthropic', { lifecycle: 'LEGACY', onDemand: true }),
  model('ai21.jamba-mini-v1:0', 'AI21 Labs', { onDemand: true }),
];
const profiles = [
  profile('global', sonnet46.id, ['']),
  profile('us', sonnet46.id, ['us-east-1', 'us-west-2']),
  profile('us', sonnet45.id, ['us-east-1', 'us-west-2']),
  profile('us', pro.id, ['us-east-1', 'us-east-2', 'us-west-2']),
  { ...profile('us', micro.id, ['us-east-1']), active: false },
];

const region = 'us-east-1';
const rate = (dimension: string, price: string) => ({ dimension, price, unit: 'Units' });
const offers: Offers = new Map([
  [
    sonnet46.id,
    [
      {
        token: 'a token',
        terms: null,
        rates: [
          rate('USE1_InputTokenCount', '3.3'),
          rate('USE1_OutputTokenCount', '16.5'),
          rate('USE1_InputTokenCount_Global', '3'),
          rate('USE1_OutputTokenCount_Global', '15'),
        ],
      },
    ],
  ],
  ['ai21.jamba-mini-v1:0', null],
]);

describe('models as choices', () => {
  const found = modelChoices({ region, models, profiles, offers });

  test('every way to call each that can talk, by provider, the newest first, in words', () => {
    expect(found.choices.map(({ group, value, hint }) => [group, value, hint])).toEqual([
      [undefined, '', "OpenClaw's own choice stays"],
      ['AI21 Labs', 'ai21.jamba-mini-v1:0', 'in us-east-1 only; needs nothing; takes text'],
      [
        'Amazon',
        'us.amazon.nova-pro-v1:0',
        'within the US (3 regions); needs nothing; takes text; 300K context, 5K out; ends 2027-01-31',
      ],
      [
        'Amazon',
        'amazon.nova-pro-v1:0',
        'in us-east-1 only; needs nothing; takes text; 300K context, 5K out; ends 2027-01-31',
      ],
      [
        'Amazon',
        'amazon.nova-micro-v1:0',
        'in us-east-1 only; needs nothing; takes text; 128K context, 5K out',
      ],
      [
        'Anthropic',
        'us.anthropic.claude-sonnet-4-6',
        'within the US (2 regions); $3.30 in, $16.50 out per 1M tokens; needs a form, once per account; takes text, image; 1M context, 128K out; reasoning',
      ],
      [
        'Anthropic',
        'global.anthropic.claude-sonnet-4-6',
        'global, in any region; $3 in, $15 out per 1M tokens; needs a form, once per account; takes text, image; 1M context, 128K out; reasoning',
      ],
      [
        'Anthropic',
        'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
        'within the US (2 regions); needs a form, once per account; takes text; 200K context, 64K out; reasoning',
      ],
    ]);
  });

  test('it begins at one that works at once', () => {
    expect(found.initial).toBe('us.amazon.nova-pro-v1:0');
  });

  test('where Amazon has none it begins at the first one', () => {
    expect(modelChoices({ region, models: [sonnet45], profiles, offers }).initial).toBe(
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    );
  });

  test('where there is none there is nothing to begin at', () => {
    expect(modelChoices({ region, models: [], profiles: [], offers }).initial).toBeNull();
  });

  test("inference profiles of one's own come last, by their ARN", () => {
    const own = {
      ...profile('us', sonnet46.id, ['us-east-1']),
      id: 'abc',
      arn: 'arn:own',
      systemDefined: false,
    };
    expect(modelChoices({ region, models: [sonnet46], profiles: [own], offers }).choices.at(-1)).toEqual({
      value: 'arn:own',
      label: own.name,
      hint: 'abc',
      group: 'Your inference profiles',
    });
  });
});

function instance(
  id: string,
  name: string | null,
  state: Instance['state'],
  profileArn: string | null,
): Instance {
  const metadataOptions = { endpoint: 'enabled', tokens: 'required', hopLimit: 2 } as const;
  return { id, name, state, managers: [], profileArn, metadataOptions };
}

test('instances as choices: running ones first, then by name', () => {
  const arn = 'arn:aws:iam::111122223333:instance-profile/web-server';
  const choices = instanceChoices([
    instance('i-4', null, 'running', null),
    instance('i-3', 'web-10', 'running', arn),
    instance('i-2', 'alpha', 'stopped', null),
    instance('i-1', 'web-2', 'running', null),
  ]);
  expect(choices).toEqual([
    { value: 'i-1', label: 'web-2', hint: 'i-1  running  no profile' },
    { value: 'i-3', label: 'web-10', hint: 'i-3  running  profile web-server' },
    { value: 'i-4', label: 'i-4', hint: 'running  no profile' },
    { value: 'i-2', label: 'alpha', hint: 'i-2  stopped  no profile' },
  ]);
});

test('the situation is said in five lines', () => {
  const here = {
    instanceId: 'i-0abc1234def567890',
    region: 'us-east-1',
    account: '111122223333',
    partition: 'aws',
  };
  const bare = {
    here,
    container: null,
    runsContainers: false,
    profile: null,
    user: 'ubuntu',
    shell: '/bin/bash',
    gateways: [],
  };
  expect(situationLines({ ...bare, openclaw: null, model: null }, 120)).toEqual([
    'instance  i-0abc1234def567890 in us-east-1, account 111122223333',
    'role      none yet',
    'user      ubuntu, /bin/bash',
    'OpenClaw  not installed',
    'model     none set',
  ]);
  expect(
    situationLines(
      {
        ...bare,
        container: 'Docker: /.dockerenv is there',
        profile: 'web-server',
        openclaw: '2026.9.6',
        gateways: ['openclaw-gateway.service'],
        model: 'amazon-bedrock/us.amazon.nova-pro-v1:0',
      },
      120,
    ),
  ).toEqual([
    'instance  i-0abc1234def567890 in us-east-1, account 111122223333; in a container (Docker)',
    'role      through the profile web-server',
    'user      ubuntu, /bin/bash',
    'OpenClaw  2026.9.6; running as openclaw-gateway.service',
    'model     amazon-bedrock/us.amazon.nova-pro-v1:0',
  ]);
  expect(situationLines({ ...bare, openclaw: null, model: null }, 40).slice(0, 2)).toEqual([
    'instance  i-0abc1234def567890 in',
    '          us-east-1, account',
  ]);
  expect(situationLines({ ...bare, openclaw: null, model: null, runsContainers: true }, 120)[0]).toBe(
    'instance  i-0abc1234def567890 in us-east-1, account 111122223333; runs containers',
  );
});
