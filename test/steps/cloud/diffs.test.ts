import { joinScoped, scopedPolicy } from '../../../src/core/policy/scoped-policy.js';
import { describe, expect, it } from 'vitest';
import type { Change, Conflict } from '../../../src/core/change.js';
import { isConflict } from '../../../src/core/change.js';
import { ec2TrustPolicy } from '../../../src/core/policy/policy-document.js';
import type { Association, Instance, MetadataOptions } from '../../../src/ports/ec2.js';
import type { InstanceProfile, Role } from '../../../src/ports/iam.js';
import { association } from '../../../src/steps/cloud/association.js';
import type { AssociationDesired } from '../../../src/steps/cloud/association.js';
import { iamRole } from '../../../src/steps/cloud/iam-role.js';
import { instanceProfile } from '../../../src/steps/cloud/instance-profile.js';
import { metadataOptions } from '../../../src/steps/cloud/metadata-options.js';
import { permissionPolicy } from '../../../src/steps/cloud/permission-policy.js';
import type { PolicyActual, PolicyDesired } from '../../../src/steps/cloud/permission-policy.js';
import { profileMembership } from '../../../src/steps/cloud/profile-membership.js';

const instanceId = 'i-0abc1234def567890';
const profileArn = (name: string): string => `arn:aws:iam::111122223333:instance-profile/${name}`;

/** A diff in short: the kinds of its ops and of their inverses, or the conflict. */
function short<Op extends { readonly kind: string }>(diff: readonly Change<Op>[] | Conflict): unknown {
  if (isConflict(diff)) return `${diff.scope}: ${diff.conflict.code}`;
  return diff.map(({ action, op, undo }) => `${action}: ${op.kind} / ${undo?.kind ?? '-'}`);
}

describe('iam-role', () => {
  const desired = { name: 'X', permissionsBoundary: null, tags: {} };
  const boundary = 'arn:aws:iam::111122223333:policy/edge';
  const role: Role = {
    name: 'X',
    arn: 'arn',
    trustPolicy: ec2TrustPolicy,
    tags: {},
    permissionsBoundary: null,
  };
  it.each<[string, typeof desired | { permissionsBoundary: string }, Role | null, unknown]>([
    ['missing', desired, null, ['create: create / delete']],
    ['there, made by whomever', desired, role, []],
    [
      'there with a boundary that nobody asked about',
      desired,
      { ...role, permissionsBoundary: boundary },
      [],
    ],
    [
      'there with the boundary',
      { permissionsBoundary: boundary },
      { ...role, permissionsBoundary: boundary },
      [],
    ],
    ['there without the boundary', { permissionsBoundary: boundary }, role, 'run: BOUNDARY_DIFFERS'],
    ['there, trusting others', desired, { ...role, trustPolicy: {} }, 'run: ROLE_TRUST_DIFFERS'],
  ])('%s', (_, wanted, actual, expected) => {
    expect(short(iamRole.diff({ ...desired, ...wanted }, actual))).toStrictEqual(expected);
  });
});

const empty: InstanceProfile = { name: 'X', arn: profileArn('X'), id: null, tags: {}, roles: [] };
const holding = (name: string): InstanceProfile => ({
  ...empty,
  roles: [{ name, arn: 'arn', trustPolicy: ec2TrustPolicy }],
});

describe('instance-profile', () => {
  it.each<[string, InstanceProfile | null, unknown]>([
    ['missing', null, ['create: create / delete']],
    ['there', empty, []],
  ])('%s', (_, actual, expected) => {
    expect(short(instanceProfile.diff({ name: 'X', tags: {} }, actual))).toStrictEqual(expected);
  });
});

describe('profile-membership', () => {
  it.each<[string, InstanceProfile | null, unknown]>([
    ['no profile yet', null, ['create: add / remove']],
    ['an empty profile', empty, ['create: add / remove']],
    ['our role in it', holding('X'), []],
    ['another role in it', holding('Y'), 'run: PROFILE_OCCUPIED'],
  ])('%s', (_, actual, expected) => {
    expect(short(profileMembership.diff({ profile: 'X', role: 'X' }, actual))).toStrictEqual(expected);
  });
});

describe('permission-policy', () => {
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['a:B'], Resource: '*' }],
  };
  const other = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['a:C'], Resource: '*' }] };
  const full = 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess';
  const core = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
  const inline: PolicyDesired = {
    role: 'X',
    adopted: false,
    profile: { name: 'P', arn: profileArn('P'), adopted: false },
    model: 'nova',
    policy: { kind: 'inline', name: 'OpenClawBedrock', document },
    acceptsManaged: true,
    keepsScoped: null,
    named: false,
    ssm: null,
    instanceId: null,
  };
  const managed: PolicyDesired = { ...inline, acceptsManaged: false, policy: { kind: 'managed', arn: full } };
  const has = (before: PolicyActual['inline'], ...attached: string[]): PolicyActual => ({
    inline: before,
    attached,
    missing: false,
    users: ['i-1'],
  });
  it.each<[string, PolicyDesired, PolicyActual | null, readonly string[] | string]>([
    ['inline: no role yet', inline, null, ['create: put / restore']],
    ['inline: none', inline, has(null), ['create: put / restore']],
    ['inline: the same', inline, has(document), []],
    ['inline: another', inline, has(other), ['update: put / restore']],
    ['inline: full access attached', inline, has(null, full), []],
    [
      'scoped: full access is not what was asked for',
      { ...inline, acceptsManaged: false },
      has(null, full),
      ['create: put / restore'],
    ],
    ['inline: an unrelated policy attached', inline, has(null, core), ['create: put / restore']],
    ['managed: missing', managed, has(document), ['create: attach / detach']],
    ['managed: there is none of that ARN', managed, { ...has(null), missing: true }, 'run: POLICY_NOT_FOUND'],
    ['managed: attached', managed, has(null, full), []],
    ['ssm: missing', { ...inline, ssm: core }, has(document), ['create: attach / detach']],
    ['ssm: attached', { ...inline, ssm: core }, has(document, core), []],
    [
      'ssm and policy: no role yet',
      { ...inline, ssm: core },
      null,
      ['create: put / restore', 'create: attach / detach'],
    ],
  ])('%s', (_, desired, actual, expected) => {
    expect(short(permissionPolicy.diff(desired, actual))).toStrictEqual(expected);
  });

  const profile = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-lite-v1:0';
  const model = 'arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0';
  const scoped = scopedPolicy([profile, model], 'us-east-1');
  const keeping = (...arns: string[]): PolicyDesired => ({
    ...inline,
    keepsScoped: { arns, region: 'us-east-1' },
  });

  it.each<[string, PolicyDesired, PolicyActual, readonly string[]]>([
    ['stays where nobody asked for another', keeping(), has(scoped), []],
    ['stays where it has the wanted model', keeping(model, profile), has(scoped), []],
    ['gives way to another model', keeping(`${model}x`), has(scoped), ['update: put / restore']],
    ['gives way where the default was asked for', inline, has(scoped), ['update: put / restore']],
    ['is none with other words', keeping(), has(other), ['update: put / restore']],
    [
      'is none where somebody has edited it',
      keeping(),
      has({ ...scoped, Statement: [scoped['Statement'] ?? null].flat().slice(1) }),
      ['update: put / restore'],
    ],
  ])('for chosen models only %s', (_, desired, actual, expected) => {
    expect(short(permissionPolicy.diff(desired, actual))).toStrictEqual(expected);
  });

  it.each([
    ['ours', inline, has(document), 'OpenClawBedrock on X'],
    ['ours, not made yet', inline, null, 'OpenClawBedrock on X'],
    ['one that gives as much', inline, has(null, core, full), 'AmazonBedrockFullAccess on X'],
    ['the one of --policy', managed, has(document), 'AmazonBedrockFullAccess on X'],
  ] as const)('names the policy that serves: %s', (_, desired, actual, expected) => {
    expect(permissionPolicy.subject(desired, actual)).toBe(expected);
  });

  it('restores what was there before', () => {
    const changes = permissionPolicy.diff(inline, has(other));
    expect(isConflict(changes) ? null : changes[0]?.undo).toStrictEqual({
      kind: 'restore',
      role: 'X',
      document: other,
      expected: document,
      profile: 'P',
      heldBy: ['i-1'],
    });
  });

  describe('for other models than there are', () => {
    const mistral = 'arn:aws:bedrock:us-east-1::foundation-model/mistral.mistral-large';
    const asking = (...arns: string[]): PolicyDesired => ({
      ...inline,
      acceptsManaged: false,
      policy: { kind: 'inline', name: 'OpenClawBedrock', document: scopedPolicy(arns, 'us-east-1') },
    });

    it('keeps those and says so', () => {
      const changes = permissionPolicy.diff(asking(mistral), has(scoped));
      const [change] = isConflict(changes) ? [] : changes;
      expect(change).toMatchObject({
        detail: 'adds nova; what was allowed before stays',
        op: { kind: 'put', document: joinScoped(scoped, scopedPolicy([mistral], 'us-east-1')) },
        undo: { kind: 'restore', document: scoped, heldBy: ['i-1'] },
      });
    });

    it.each<[string, PolicyDesired, PolicyActual['inline'], unknown]>([
      ['those that are there', asking(profile, model), scoped, []],
      [
        'some of those that are there',
        asking(mistral),
        joinScoped(scoped, scopedPolicy([mistral], 'us-east-1')),
        [],
      ],
      ['in a document that somebody has edited', asking(mistral), other, ['update: put / restore']],
    ])('%s', (_, desired, before, expected) => {
      expect(short(permissionPolicy.diff(desired, has(before)))).toStrictEqual(expected);
    });
  });
});

describe('association', () => {
  const desired: AssociationDesired = {
    instanceId,
    state: 'running',
    profileArn: profileArn('X'),
    role: 'X',
    replace: false,
  };
  const replacing = { ...desired, replace: true };
  const held = (name: string): Association => ({
    id: 'iip-assoc-1',
    instanceId,
    profileArn: profileArn(name),
    profileId: null,
    state: 'associated',
    since: null,
  });
  const key = `openclaw-bedrock-setup:previous-profile:${instanceId}`;
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v']));
  const remove = 'delete: release / restore';
  const add = 'create: associate / release';
  const replace = 'replace: replace / restore';
  const renew = 'replace: replace / release';
  it.each<[string, AssociationDesired, Parameters<typeof association.diff>[1], unknown]>([
    ['none', desired, null, [add]],
    ['ours', desired, { association: held('X'), goneId: null, roleTags: null }, []],
    ['ours, the deleted one', desired, { association: held('X'), goneId: 'AIPA1', roleTags: null }, [renew]],
    [
      'ours, the deleted one, replacing',
      replacing,
      { association: held('X'), goneId: 'AIPA1', roleTags: null },
      [renew],
    ],
    [
      'ours, the deleted one, stopped',
      { ...desired, state: 'stopped' },
      { association: held('X'), goneId: 'AIPA1', roleTags: null },
      ['delete: release / -', add],
    ],
    ['ours, replacing', replacing, { association: held('X'), goneId: null, roleTags: null }, []],
    ['another', desired, { association: held('Y'), goneId: null, roleTags: null }, 'run: ALREADY_ASSOCIATED'],
    [
      'another, replacing, role to be made',
      replacing,
      { association: held('Y'), goneId: null, roleTags: null },
      [replace],
    ],
    [
      'another, replacing, role there',
      replacing,
      { association: held('Y'), goneId: null, roleTags: {} },
      ['update: tag / untag', replace],
    ],
    [
      'another, replacing, remembered',
      replacing,
      { association: held('Y'), goneId: null, roleTags: { [key]: 'Y' } },
      [replace],
    ],
    [
      'another, replacing, wrongly remembered',
      replacing,
      { association: held('Y'), goneId: null, roleTags: { [key]: 'Z' } },
      ['update: tag / tag', replace],
    ],
    [
      'another, replacing, no room for a tag',
      replacing,
      { association: held('Y'), goneId: null, roleTags: many },
      [replace],
    ],
    [
      'another, replacing, stopped',
      { ...replacing, state: 'stopped' },
      { association: held('Y'), goneId: null, roleTags: null },
      [remove, add],
    ],
  ])('%s', (_, wanted, actual, expected) => {
    expect(short(association.diff(wanted, actual))).toStrictEqual(expected);
  });
});

describe('metadata-options', () => {
  const instance = (options: Partial<MetadataOptions>): Instance => ({
    id: instanceId,
    name: null,
    state: 'running',
    managers: [],
    profileArn: null,
    metadataOptions: { endpoint: 'enabled', tokens: 'required', hopLimit: 1, ...options },
  });
  it.each<[string, number | null, Instance | null, unknown]>([
    ['nothing asked for', null, instance({}), []],
    ['the same', 1, instance({}), []],
    ['another', 2, instance({}), ['update: set-hop-limit / set-hop-limit']],
    ['lower', 1, instance({ hopLimit: 2 }), ['update: set-hop-limit / set-hop-limit']],
    ['turned off', null, instance({ endpoint: 'disabled' }), 'notice: IMDS_DISABLED'],
    ['turned off, another asked for', 2, instance({ endpoint: 'disabled' }), 'notice: IMDS_DISABLED'],
    ['no instance', 2, null, []],
  ])('%s', (_, hopLimit, actual, expected) => {
    expect(short(metadataOptions.diff({ instanceId, hopLimit }, actual))).toStrictEqual(expected);
  });
});
