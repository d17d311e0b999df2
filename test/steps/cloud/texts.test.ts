import { describe, expect, it } from 'vitest';
import { isConflict } from '../../../src/core/change.js';
import type { Change, Conflict } from '../../../src/core/change.js';
import type { SetupError } from '../../../src/core/errors.js';
import { ec2TrustPolicy } from '../../../src/core/policy/policy-document.js';
import type { Instance } from '../../../src/ports/ec2.js';
import type { Role } from '../../../src/ports/iam.js';
import type { JsonObject } from '../../../src/ports/json.js';
import { association } from '../../../src/steps/cloud/association.js';
import { enrollment } from '../../../src/steps/cloud/enrollment.js';
import { iamRole } from '../../../src/steps/cloud/iam-role.js';
import { instanceNotFound, refuseState } from '../../../src/steps/cloud/instance-refusals.js';
import { instanceProfile } from '../../../src/steps/cloud/instance-profile.js';
import { metadataOptions } from '../../../src/steps/cloud/metadata-options.js';
import { permissionPolicy } from '../../../src/steps/cloud/permission-policy.js';
import { describeDocument } from '../../../src/steps/cloud/permission-policy-changes.js';
import { profileMembership } from '../../../src/steps/cloud/profile-membership.js';
import * as refusals from '../../../src/steps/cloud/refusals.js';
import { plainInstance } from '../../support/plain-account.js';

const id = 'i-0abc1234def567890';
const arnOf = (name: string): string => `arn:aws:iam::111122223333:instance-profile/${name}`;

/** What the plan says of a diff: a line for each change, or the refusal. */
function told<Op>(diff: readonly Change<Op>[] | Conflict): readonly string[] {
  if (isConflict(diff)) return words(diff.conflict);
  return diff.map(({ action, target, detail }) => `${action} ${target}: ${detail}`);
}

function words({ code, message, why, fix }: SetupError['details']): readonly string[] {
  return [`${code}: ${message}`, why, fix];
}

describe('what the plan says of the account', () => {
  const role = { name: 'R', permissionsBoundary: null, tags: {} };
  const there: Role = {
    name: 'R',
    arn: 'a',
    trustPolicy: ec2TrustPolicy,
    tags: {},
    permissionsBoundary: null,
  };
  const edge = 'arn:aws:iam::111122223333:policy/edge';

  it('of the role', () => {
    expect(told(iamRole.diff(role, null))).toEqual(['create R: trusted by ec2.amazonaws.com']);
    expect(told(iamRole.diff({ ...role, permissionsBoundary: edge }, null))).toEqual([
      `create R: trusted by ec2.amazonaws.com, bounded by ${edge}`,
    ]);
    expect(told(iamRole.diff(role, { ...there, trustPolicy: {} }))).toEqual([
      'ROLE_TRUST_DIFFERS: the role R exists and does not trust ec2.amazonaws.com',
      'EC2 could not hand its credentials to the instance, and a trust policy that others may rely on is not rewritten',
      'choose another name with --role-name, or let ec2.amazonaws.com assume R yourself',
    ]);
    const fix = `run: aws iam put-role-permissions-boundary --role-name R --permissions-boundary ${edge}; or choose another name with --role-name`;
    const why =
      'a boundary is set on what this tool makes; on a role that is there already it is not changed';
    expect(told(iamRole.diff({ ...role, permissionsBoundary: edge }, there))).toEqual([
      `BOUNDARY_DIFFERS: the role R exists with no permissions boundary, not ${edge}`,
      why,
      fix,
    ]);
    expect(
      told(iamRole.diff({ ...role, permissionsBoundary: edge }, { ...there, permissionsBoundary: 'other' })),
    ).toEqual([
      `BOUNDARY_DIFFERS: the role R exists with the permissions boundary other, not ${edge}`,
      why,
      fix,
    ]);
    expect(iamRole.subject(role, null)).toBe('R');
  });

  it('of the profile and the role in it', () => {
    expect(told(instanceProfile.diff({ name: 'P', tags: {} }, null))).toEqual(['create P: carries the role']);
    expect(instanceProfile.subject({ name: 'P', tags: {} }, null)).toBe('P');
    const wanted = { profile: 'P', role: 'R' };
    expect(told(profileMembership.diff(wanted, null))).toEqual([
      'create R -> P: the role goes into the profile',
    ]);
    expect(profileMembership.subject(wanted, null)).toBe('R -> P');
    const holding = {
      name: 'P',
      arn: arnOf('P'),
      id: null,
      tags: {},
      roles: [{ name: 'S', arn: 'a', trustPolicy: ec2TrustPolicy }],
    };
    expect(told(profileMembership.diff(wanted, holding))).toEqual([
      'PROFILE_OCCUPIED: the instance profile P already holds the role S, not R',
      'an instance profile holds one role, and swapping it would cut off whatever uses the profile',
      'choose another name with --role-name, or take S out of P yourself',
    ]);
  });

  it('of the association', () => {
    const wanted = {
      instanceId: id,
      state: 'running',
      profileArn: arnOf('P'),
      role: 'R',
      replace: true,
    } as const;
    const held = {
      id: 'x',
      instanceId: id,
      profileArn: arnOf('Q'),
      profileId: null,
      state: 'associated',
      since: null,
    } as const;
    expect(association.subject(wanted, null)).toBe(`${id} -> P`);
    expect(told(association.diff(wanted, null))).toEqual([
      `create ${id} -> P: the instance gets the profile`,
    ]);
    expect(told(association.diff(wanted, { association: held, goneId: null, roleTags: {} }))).toEqual([
      `update R: tag: ${id} had Q`,
      `replace ${id} -> P: instead of Q`,
    ]);
    const stopped = { ...wanted, state: 'stopped' } as const;
    expect(told(association.diff(stopped, { association: held, goneId: null, roleTags: null }))).toEqual([
      `delete ${id} -> Q: taken off, since the instance is stopped`,
      `create ${id} -> P: instead of Q`,
    ]);
    const gone = { association: { ...held, profileArn: arnOf('P') }, goneId: 'AIPA1', roleTags: null };
    const why = 'the instance still has the deleted profile of that name, not the one made anew';
    expect(told(association.diff(wanted, gone))).toEqual([`replace ${id} -> P: ${why}`]);
    expect(told(association.diff(stopped, gone))).toEqual([
      `delete ${id} -> P: ${why}`,
      `create ${id} -> P: instead of the deleted profile`,
    ]);
    expect(
      told(
        association.diff({ ...wanted, replace: false }, { association: held, goneId: null, roleTags: null }),
      ),
    ).toEqual([
      `ALREADY_ASSOCIATED: ${id} already has the instance profile Q`,
      'an instance holds one profile; replacing it takes away the rights that the profile gives',
      'run again to add the policy to its role (the default), or pass --replace-profile',
    ]);
  });

  it('of the policy', () => {
    const document: JsonObject = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: '*' },
        { Effect: 'Allow', Action: 'a:B', Resource: ['x', 'y'] },
        { Effect: 'Deny', NotAction: 'z' },
      ],
    };
    expect(describeDocument(document)).toBe('2 actions, 2 resource patterns');
    expect(describeDocument({ Statement: { Action: 'a:B' } })).toBe('1 actions, 0 resource patterns');
    const wanted = {
      role: 'R',
      adopted: false,
      profile: { name: 'P', arn: 'arn:P', adopted: false },
      model: null,
      policy: { kind: 'inline', name: 'OpenClawBedrock', document } as const,
      acceptsManaged: true,
      keepsScoped: null,
      named: false,
      ssm: null,
      instanceId: null,
    };
    expect(told(permissionPolicy.diff(wanted, null))).toEqual([
      'create OpenClawBedrock on R: 2 actions, 2 resource patterns',
    ]);
    expect(told(permissionPolicy.diff({ ...wanted, adopted: true }, null))).toEqual([
      "create OpenClawBedrock on R: the instance's own role: 2 actions, 2 resource patterns",
    ]);
    const arn = 'arn:aws:iam::aws:policy/service-role/Some';
    const managed = { ...wanted, policy: { kind: 'managed', arn } as const, named: true, ssm: `${arn}Core` };
    expect(told(permissionPolicy.diff(managed, null))).toEqual([
      'create Some on R: a managed policy',
      'create SomeCore on R: lets Systems Manager reach the instance',
    ]);
    expect(
      told(permissionPolicy.diff(managed, { inline: null, attached: [], missing: true, users: [] })),
    ).toEqual([
      `POLICY_NOT_FOUND: there is no managed policy ${arn}`,
      'a role can only carry a policy that exists in its account, or one of AWS itself',
      'look the ARN up (aws iam list-policies), give the right one with --policy, and run the same command again',
    ]);
  });

  it('of the metadata service', () => {
    const instance = (endpoint: 'enabled' | 'disabled'): Instance =>
      plainInstance(id, { metadataOptions: { endpoint, tokens: 'required', hopLimit: 1 } });
    const wanted = { instanceId: id, hopLimit: 2 };
    expect(metadataOptions.subject(wanted, null)).toBe(id);
    expect(told(metadataOptions.diff(wanted, instance('enabled')))).toEqual([
      `update ${id}: metadata hop limit 1 -> 2`,
    ]);
    expect(told(metadataOptions.diff(wanted, instance('disabled')))).toEqual([
      `IMDS_DISABLED: the metadata service of ${id} is turned off`,
      "the role's credentials reach OpenClaw through it; somebody turned it off on purpose, so it is left as it is",
      `run: aws ec2 modify-instance-metadata-options --instance-id ${id} --http-endpoint enabled`,
    ]);
  });

  it('of the enrollment', () => {
    const script = 'set -- setup\necho openclaw-bedrock-setup-report:';
    const wanted = { key: 'k', value: 'v', name: 'N', tags: {}, script };
    const made = { id: 'a', name: 'N', document: 'AWS-RunShellScript', tag: 'k', value: 'v', script };
    expect(enrollment.subject(wanted, null)).toBe('N');
    expect(told(enrollment.diff(wanted, null))).toEqual([
      'create N: instances with the tag k=v set themselves up',
    ]);
    expect(told(enrollment.diff(wanted, { ...made, script: `${script} x` }))).toEqual([
      'update N: instances with the tag k=v set themselves up, with these flags',
    ]);
    expect(told(enrollment.diff(wanted, made))).toEqual([]);
    for (const differing of [{ tag: 'x' }, { value: 'x' }, { document: 'x' }, { script: 'x' }]) {
      expect(told(enrollment.diff(wanted, { ...made, ...differing }))).toEqual([
        'ENROLLMENT_DIFFERS: there is an association N that this tool has not made',
        'it runs something else, or on other instances, and is left as it is',
        'delete or rename it, or enroll under another tag',
      ]);
    }
  });
});

describe('what is said of an instance', () => {
  const identity = { account: '111122223333', partition: 'aws', arn: 'a' };
  const ask = async (findRegions: () => Promise<readonly string[]>) =>
    words((await instanceNotFound(id, identity, 'us-east-1', { findRegions })).details);
  const missing = `INSTANCE_NOT_FOUND: no instance ${id} in the region us-east-1 of the account 111122223333`;
  const look = `check the id, --region and --profile: aws ec2 describe-instances --region us-east-1 --query "Reservations[].Instances[].InstanceId"`;

  it('that is in other regions', async () => {
    expect(await ask(() => Promise.resolve(['us-east-1', 'eu-west-1', 'eu-west-2']))).toEqual([
      `${missing}; it is in eu-west-1 and eu-west-2`,
      'instances belong to a region, and another one was searched',
      'add --region eu-west-1',
    ]);
  });

  it('that is nowhere', async () => {
    expect(await ask(() => Promise.resolve([]))).toEqual([
      missing,
      'it is in no other enabled region that could be searched either',
      look,
    ]);
  });

  it('where nobody may look elsewhere', async () => {
    expect(await ask(() => Promise.reject(new Error('denied')))).toEqual([
      missing,
      'the other regions could not be searched: that needs ec2:DescribeRegions and ec2:DescribeInstances',
      look,
    ]);
  });

  it.each([
    ['pending', 'wait until it runs'],
    ['stopping', 'wait until it is stopped, or start it again'],
    ['shutting-down', 'choose another instance'],
    ['terminated', 'choose another instance'],
  ] as const)('that is %s', (state, fix) => {
    expect(() => refuseState(plainInstance(id, { state }))).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({
          code: 'INSTANCE_WRONG_STATE',
          message: `the instance ${id} is ${state}`,
          why: 'EC2 gives a profile only to an instance that is running or stopped',
          fix: `${fix}: aws ec2 describe-instances --instance-ids ${id} --query "Reservations[].Instances[].State.Name"`,
        }) as unknown,
      }) as Error,
    );
  });

  it.each(['running', 'stopped'] as const)('that is %s: nothing', (state) => {
    expect(() => refuseState(plainInstance(id, { state }))).not.toThrow();
  });
});

it.each([
  [
    () => refusals.changedSince('the role R is another', 'look'),
    'CHANGED_SINCE: the role R is another, so it is left as it is',
    'undo only takes back what is still as this tool left it',
    'look',
  ],
  [
    () => refusals.inUse('the role R is in use', 'wait'),
    'IN_USE: the role R is in use, so it is kept',
    'taking it away would break whatever uses it',
    'wait',
  ],
  [
    () => refusals.profileHasNoRole('P', id, true),
    `PROFILE_HAS_NO_ROLE: the instance profile P on ${id} holds no role`,
    'without a role the instance has no credentials, and there is nothing to give the Bedrock policy to',
    `add a role to P, or pass --replace-profile to give ${id} a profile of its own`,
  ],
  [
    () => refusals.profileHasNoRole('P', id, false),
    `PROFILE_HAS_NO_ROLE: the instance profile P on ${id} no longer exists in IAM`,
    'without a role the instance has no credentials, and there is nothing to give the Bedrock policy to',
    `pass --replace-profile to give ${id} a profile of its own`,
  ],
  [
    () => refusals.profileNotVisible('P', 180, null),
    'PROFILE_NOT_VISIBLE: EC2 still does not accept the instance profile P after 180 seconds',
    'either IAM has not told EC2 of it yet, which may take minutes, or the profile or the role in it was removed meanwhile; EC2 says the same in both cases',
    'run the same command again; if it stays like this, look with: aws iam get-instance-profile --instance-profile-name P',
  ],
])('%s says why and what to do', (refusal, ...said) => {
  expect(words(refusal().details)).toEqual(said);
});
