import { describe, expect, it } from 'vitest';
import trustTemplate from '../../../templates/iam/trust.json' with { type: 'json' };
import { ec2TrustPolicy, sameMeaning, trustsEc2 } from '../../../src/core/policy/policy-document.js';
import type { Json, JsonObject } from '../../../src/ports/json.js';

const Version = '2012-10-17';
const policy = (...Statement: JsonObject[]): JsonObject => ({ Version, Statement });
const allow = (more: JsonObject): JsonObject => ({ Effect: 'Allow', ...more });

describe('sameMeaning', () => {
  const base = policy(
    allow({ Sid: 'One', Action: ['bedrock:InvokeModel', 'bedrock:ListFoundationModels'], Resource: '*' }),
    allow({
      Action: 's3:GetObject',
      Resource: ['a', 'b'],
      Condition: { StringEquals: { 'aws:x': ['1', '2'] } },
    }),
  );

  it.each<[string, JsonObject]>([
    ['itself', base],
    ['other order of statements', policy(...(base['Statement'] as JsonObject[]).toReversed())],
    [
      'other order of lists, other case of actions, no Sid, lists of one',
      policy(
        allow({ Resource: ['*'], Action: ['Bedrock:ListFoundationModels', 'bedrock:invokemodel'] }),
        allow({
          Action: ['s3:GetObject'],
          Condition: { StringEquals: { 'aws:x': ['2', '1'] } },
          Resource: ['b', 'a'],
        }),
      ),
    ],
  ])('%s', (_, other) => {
    expect(sameMeaning(base, other)).toBe(true);
    expect(sameMeaning(other, base)).toBe(true);
  });

  const first = { Action: 's3:GetObject', Resource: 'a' };
  it.each<[string, JsonObject, JsonObject]>([
    ['another effect', policy(allow(first)), policy({ ...first, Effect: 'Deny' })],
    ['another resource', policy(allow(first)), policy(allow({ ...first, Resource: 'A' }))],
    ['one action more', policy(allow(first)), policy(allow({ ...first, Action: ['s3:GetObject', 's3:*'] }))],
    [
      'NotAction for Action',
      policy(allow(first)),
      policy(allow({ NotAction: 's3:GetObject', Resource: 'a' })),
    ],
    [
      'a condition',
      policy(allow(first)),
      policy(allow({ ...first, Condition: { Bool: { 'aws:x': 'true' } } })),
    ],
    ['one statement more', policy(allow(first)), policy(allow(first), allow({ ...first, Resource: 'b' }))],
    ['none', policy(allow(first)), { Version }],
    [
      'another value in a condition',
      policy(allow({ ...first, Condition: { StringEquals: { k: 'a' } } })),
      policy(allow({ ...first, Condition: { StringEquals: { k: 'b' } } })),
    ],
  ])('tells %s apart', (_, left, right) => {
    expect(sameMeaning(left, right)).toBe(false);
  });

  it('takes a lone statement for a list of one', () => {
    expect(sameMeaning(policy(allow(first)), { Version, Statement: allow(first) })).toBe(true);
  });
});

describe('trustsEc2', () => {
  const Service = 'ec2.amazonaws.com';
  const Action = 'sts:AssumeRole';
  it.each<[string, Json, boolean]>([
    ['ours', ec2TrustPolicy['Statement'] ?? null, true],
    ['a lone statement', allow({ Principal: { Service }, Action }), true],
    [
      'among others',
      [allow({ Principal: { Service: ['lambda.amazonaws.com', Service] }, Action: ['sts:*'] })],
      true,
    ],
    ['China', [allow({ Principal: { Service: 'ec2.amazonaws.com.cn' }, Action })], true],
    ['another service', [allow({ Principal: { Service: 'lambda.amazonaws.com' }, Action })], false],
    ['a denial', [{ Effect: 'Deny', Principal: { Service }, Action }], false],
    ['another action', [allow({ Principal: { Service }, Action: 'sts:TagSession' })], false],
    ['under a condition', [allow({ Principal: { Service }, Action, Condition: { Bool: {} } })], false],
    ['everybody', [allow({ Principal: '*', Action })], false],
    ['an account', [allow({ Principal: { AWS: '111122223333' }, Action })], false],
    ['nothing', [], false],
  ])('%s', (_, statement, expected) => {
    expect(trustsEc2({ Version, Statement: statement })).toBe(expected);
  });
});

it('the template of the trust policy is the one that is used', () => {
  expect(trustTemplate).toStrictEqual(ec2TrustPolicy);
});

describe('two documents mean the same', () => {
  const one = (statement: JsonObject): JsonObject => ({ Version: '2012-10-17', Statement: [statement] });
  const base: JsonObject = { Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: ['x', 'y'] };
  const conditions: JsonObject = {
    StringEquals: { 'aws:a': ['1', '2'], 'aws:b': '3' },
    Bool: { 'aws:c': 'true' },
  };

  it.each<[string, JsonObject, JsonObject]>([
    ['another order of keys', base, { Resource: ['x', 'y'], Action: ['a:B', 'a:C'], Effect: 'Allow' }],
    ['another order in lists', base, { ...base, Action: ['a:C', 'a:B'], Resource: ['y', 'x'] }],
    ['doubles', base, { ...base, Resource: ['x', 'y', 'x'] }],
    ['another case of actions', base, { ...base, Action: ['A:b', 'A:c'] }],
    ['another name', base, { ...base, Sid: 'Other' }],
    [
      'another order in conditions',
      { ...base, Condition: conditions },
      {
        ...base,
        Condition: { Bool: { 'aws:c': ['true'] }, StringEquals: { 'aws:b': ['3'], 'aws:a': ['2', '1'] } },
      },
    ],
    [
      'lone values of principals',
      { ...base, Principal: { AWS: 'p', Service: ['s'] } },
      { ...base, Principal: { Service: 's', AWS: ['p'] } },
    ],
  ])('in spite of %s', (_what, left, right) => {
    expect(sameMeaning(one(left), one(right))).toBe(true);
    expect(sameMeaning(one(right), one(left))).toBe(true);
  });

  it.each<[string, JsonObject]>([
    ['another effect', { ...base, Effect: 'Deny' }],
    ['another case of resources', { ...base, Resource: ['X', 'y'] }],
    ['a resource more', { ...base, Resource: ['x', 'y', 'z'] }],
    ['a condition', { ...base, Condition: conditions }],
    ['a condition that is none', { ...base, Condition: null }],
    ['the actions that are not meant', { Effect: 'Allow', NotAction: ['a:B', 'a:C'], Resource: ['x', 'y'] }],
  ])('but not with %s', (_what, other) => {
    expect(sameMeaning(one(base), one(other))).toBe(false);
  });

  it('but not with another operator, key or value in a condition', () => {
    const others: readonly JsonObject[] = [
      { ...conditions, Bool: { 'aws:c': 'false' } },
      { ...conditions, Bool: { 'aws:d': 'true' } },
      { StringEquals: conditions['StringEquals'] ?? null, Null: { 'aws:c': 'true' } },
      { ...conditions, Bool: {} },
    ];
    for (const other of others) {
      const left = one({ ...base, Condition: conditions });
      expect(sameMeaning(left, one({ ...base, Condition: other }))).toBe(false);
    }
  });
});

describe('a role is handed to EC2', () => {
  const trust = (more: JsonObject): JsonObject => ({
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
      ...more,
    },
  });

  it.each<JsonObject>([
    {},
    { Action: 'STS:assumerole' },
    { Action: ['sts:TagSession', 'sts:AssumeRole'] },
    { Action: 'sts:*' },
    { Action: '*' },
    { Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] } },
    { Principal: { Service: 'ec2.amazonaws.com.cn' } },
  ])('with %j', (more) => {
    expect(trustsEc2(trust(more))).toBe(true);
  });

  it.each<JsonObject>([
    { Effect: 'Deny' },
    { Action: 'sts:AssumeRoleWithSAML' },
    { Action: 'x:sts:AssumeRole' },
    { Action: [] },
    { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } },
    { Principal: '*' },
    { Principal: null },
    { Principal: ['ec2.amazonaws.com'] },
    { Principal: { AWS: 'ec2.amazonaws.com' } },
    { Principal: { Service: 'ssm.amazonaws.com' } },
    { Principal: { Service: 'ec2.amazonaws.com.example' } },
  ])('not with %j', (more) => {
    expect(trustsEc2(trust(more))).toBe(false);
  });

  it('not without a statement, or with one that is none', () => {
    expect(trustsEc2({})).toBe(false);
    expect(trustsEc2({ Statement: ['text', null] })).toBe(false);
  });
});
