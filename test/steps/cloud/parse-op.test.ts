import { expect, it } from 'vitest';
import { association } from '../../../src/steps/cloud/association.js';
import { iamRole } from '../../../src/steps/cloud/iam-role.js';
import { instanceProfile } from '../../../src/steps/cloud/instance-profile.js';
import { metadataOptions } from '../../../src/steps/cloud/metadata-options.js';
import { permissionPolicy } from '../../../src/steps/cloud/permission-policy.js';
import { profileMembership } from '../../../src/steps/cloud/profile-membership.js';

const steps = { association, iamRole, instanceProfile, metadataOptions, permissionPolicy, profileMembership };
const [instanceId, profileArn, role] = ['i-1', 'arn:aws:iam::1:instance-profile/x', 'x'];

const known: readonly (readonly [keyof typeof steps, Record<string, unknown>])[] = [
  ['iamRole', { kind: 'create', name: 'x', permissionsBoundary: null, tags: { a: 'b' } }],
  ['iamRole', { kind: 'create', name: 'x', permissionsBoundary: 'arn', tags: {} }],
  ['iamRole', { kind: 'delete', name: 'x' }],
  ['iamRole', { kind: 'keep' }],
  ['instanceProfile', { kind: 'create', name: 'x', tags: {} }],
  ['instanceProfile', { kind: 'delete', name: 'x' }],
  ['instanceProfile', { kind: 'keep' }],
  ['profileMembership', { kind: 'add', profile: 'x', role }],
  ['profileMembership', { kind: 'remove', profile: 'x', role }],
  ['permissionPolicy', { kind: 'put', role, document: { a: 1 } }],
  ['permissionPolicy', { kind: 'restore', role, document: null, expected: {} }],
  ['permissionPolicy', { kind: 'attach', role, policyArn: 'arn' }],
  ['permissionPolicy', { kind: 'detach', role, policyArn: 'arn' }],
  ['association', { kind: 'associate', instanceId, profileArn }],
  ['association', { kind: 'release', instanceId, profileArn }],
  ['association', { kind: 'replace', instanceId, profileArn, previousArn: 'arn' }],
  ['association', { kind: 'restore', instanceId, profileArn, expectedArn: 'arn' }],
  ['association', { kind: 'tag', role, key: 'k', value: 'v' }],
  ['association', { kind: 'untag', role, key: 'k' }],
  ['metadataOptions', { kind: 'set-hop-limit', instanceId, hopLimit: 2, expected: null }],
  ['metadataOptions', { kind: 'set-hop-limit', instanceId, hopLimit: 1, expected: 2 }],
];

it.each(known)('%s reads back its own %j', (step, op) => {
  expect(steps[step].parseOp(JSON.parse(JSON.stringify(op)))).toStrictEqual(op);
});

it.each(known)('%s leaves out what does not belong in %j', (step, op) => {
  expect(steps[step].parseOp({ ...op, extra: 'x' })).toStrictEqual(op);
});

// Receipts of older versions do not tell by which profile instances have the role.
const told = { profile: 'x', heldBy: ['i-1'] };
const restore = { kind: 'restore', role, document: {}, expected: {} };

it.each([
  { ...restore, ...told },
  { kind: 'detach', role, policyArn: 'arn', profile: 'x' },
])('permissionPolicy reads who has the role: %j', (op) => {
  expect(permissionPolicy.parseOp(JSON.parse(JSON.stringify(op)))).toStrictEqual(op);
});

it.each([{ profile: '' }, { profile: 1 }, { heldBy: 'i-1' }, { heldBy: [1] }])(
  'permissionPolicy refuses another who: %j',
  (wrong) => {
    expect(() => permissionPolicy.parseOp({ ...restore, ...told, ...wrong })).toThrow(invalid);
  },
);

it.each(['associate', 'release', 'replace'])('an op %s may name a deleted profile', (kind) => {
  const op = { kind, instanceId, profileArn, ...(kind === 'replace' ? { previousArn: profileArn } : {}) };
  expect(association.parseOp({ ...op, goneId: 'AIPA1' })).toStrictEqual({ ...op, goneId: 'AIPA1' });
  for (const goneId of [null, 7, '', 'x'.repeat(2049)])
    expect(() => association.parseOp({ ...op, goneId })).toThrow(invalid);
});

const invalid = expect.objectContaining({ code: 'RECEIPT_INVALID' }) as Error;

it.each(known.flatMap(([step, op]) => Object.keys(op).map((key) => [step, key, op] as const)))(
  '%s refuses an op without its %s: %j',
  (step, key, op) => {
    const { [key]: _left, ...rest } = op;
    expect(() => steps[step].parseOp(rest)).toThrow(invalid);
    expect(() => steps[step].parseOp({ ...op, [key]: 7.5 })).toThrow(invalid);
    expect(() => steps[step].parseOp({ ...op, [key]: '' })).toThrow(invalid);
    expect(() => steps[step].parseOp({ ...op, [key]: 'x'.repeat(2049) })).toThrow(invalid);
  },
);

it.each(Object.keys(steps) as (keyof typeof steps)[])('%s refuses what is no op of its own', (step) => {
  for (const value of [
    null,
    undefined,
    'delete',
    [],
    {},
    { kind: 'drop-everything' },
    { kind: null },
    { kind: 'x'.repeat(3000) },
  ]) {
    expect(() => steps[step].parseOp(value)).toThrow(invalid);
  }
});

it.each([0, 65, 1.5, '2', null])('a hop limit of %j is refused', (hopLimit) => {
  expect(() =>
    metadataOptions.parseOp({ kind: 'set-hop-limit', instanceId, hopLimit, expected: null }),
  ).toThrow(invalid);
});
