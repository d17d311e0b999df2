import { describe, expect, it } from 'vitest';
import type { CloudGoal, Goal } from '../../../src/core/goal.js';
import type { Right } from '../../../src/core/policy/operator-rights.js';
import { changeRights, distinctRights, requiredRights } from '../../../src/core/policy/operator-rights.js';
import type { Plan, PlannedStep } from '../../../src/core/plan.js';
import { someSettings } from '../../support/cloud.js';

const account = 'arn:aws-us-gov:iam::111122223333';
const role = `${account}:role/team/x`;
const profile = `${account}:instance-profile/x`;
const instance = 'arn:aws-us-gov:ec2:us-gov-west-1:111122223333:instance/i-1';

function goal(more: Partial<CloudGoal> = {}, settings: Parameters<typeof someSettings>[0] = {}): Goal {
  const cloud: CloudGoal = {
    identity: { account: '111122223333', partition: 'aws-us-gov', arn: `${account}:user/operator` },
    instance: {
      id: 'i-1',
      name: null,
      state: 'running',
      profileArn: null,
      metadataOptions: { tokens: 'required', endpoint: 'enabled', hopLimit: 2 },
      managers: [],
    },
    association: null,
    role: { name: 'x', arn: role, adopted: false },
    profile: { name: 'x', arn: profile, adopted: false },
    policy: { kind: 'managed', arn: 'arn:aws-us-gov:iam::aws:policy/X' },
    ...more,
  };
  const region = 'us-gov-west-1';
  return {
    settings: someSettings(settings),
    receiptId: 'r',
    region,
    cloud,
    enrollment: null,
    host: null,
    model: null,
  };
}

function plan(step: PlannedStep['step'], ...ops: readonly object[]): Plan {
  const changes = ops.map((op) => ({ action: 'create', target: 't', detail: 'd', op, undo: null }) as const);
  const base = { step, lane: 'cloud', title: 't', after: [], subject: 's', conflict: null } as const;
  return { steps: [{ ...base, changes }] };
}

const ssm = 'arn:aws-us-gov:ssm:us-gov-west-1';
const document = `${ssm}::document/AWS-RunShellScript`;
const enrollments = `${ssm}:111122223333:association/*`;
const everyInstance = 'arn:aws-us-gov:ec2:us-gov-west-1:111122223333:instance/*';
const template = 'arn:aws-us-gov:ec2:us-gov-west-1:111122223333:launch-template/lt-1';
const nothing: Plan = { steps: [] };
/** Each right as one line: what, on what, and under which conditions. */
const lines = (all: readonly Right[]): readonly string[] =>
  all.map(({ part, action, resource, context }) =>
    [part, action, resource, ...Object.entries(context).flat()].join(' '),
  );
const pass = `PassRole iam:PassRole ${role} iam:PassedToService ec2.amazonaws.com`;

describe('the rights that a change takes', () => {
  it.each<[string, Plan, readonly string[]]>([
    [
      'a role',
      plan('iam-role', { kind: 'create' }),
      [`Role iam:CreateRole ${role}`, `Role iam:TagRole ${role}`],
    ],
    [
      'a role within a boundary',
      plan('iam-role', { kind: 'create', permissionsBoundary: 'arn:b' }),
      [`CreateRole iam:CreateRole ${role} iam:PermissionsBoundary arn:b`, `Role iam:TagRole ${role}`],
    ],
    ['an inline policy', plan('permission-policy', { kind: 'put' }), [`Role iam:PutRolePolicy ${role}`]],
    [
      'a managed policy',
      plan('permission-policy', { kind: 'attach', policyArn: 'arn:aws:iam::aws:policy/job/A-B_1' }),
      [`AttachAB1 iam:AttachRolePolicy ${role} iam:PolicyARN arn:aws:iam::aws:policy/job/A-B_1`],
    ],
    [
      'an instance profile',
      plan('instance-profile', { kind: 'create' }),
      [
        `InstanceProfile iam:CreateInstanceProfile ${profile}`,
        `InstanceProfile iam:TagInstanceProfile ${profile}`,
      ],
    ],
    [
      'the role in it',
      plan('profile-membership', { kind: 'add' }),
      [`InstanceProfile iam:AddRoleToInstanceProfile ${profile}`, pass],
    ],
    [
      'an association',
      plan('association', { kind: 'associate' }),
      [`Instance ec2:AssociateIamInstanceProfile ${instance}`, pass],
    ],
    [
      'another profile',
      plan('association', { kind: 'replace' }),
      [`Instance ec2:ReplaceIamInstanceProfileAssociation ${instance}`, pass],
    ],
    [
      'no profile',
      plan('association', { kind: 'release' }),
      [`Instance ec2:DisassociateIamInstanceProfile ${instance}`],
    ],
    ['a note of the profile before', plan('association', { kind: 'tag' }), [`Role iam:TagRole ${role}`]],
    ['an association of a kind that is not known', plan('association', { kind: 'bind' }), []],
    [
      'the hop limit',
      plan('metadata-options', { kind: 'set-hop-limit' }),
      [`Instance ec2:ModifyInstanceMetadataOptions ${instance}`],
    ],
    [
      'an enrollment',
      plan('enrollment', { kind: 'put', expected: null }),
      [
        `Enroll ssm:CreateAssociation ${enrollments}`,
        `Enroll ssm:AddTagsToResource ${enrollments}`,
        `Enroll ssm:CreateAssociation ${document}`,
        `Enroll ssm:CreateAssociation ${everyInstance}`,
      ],
    ],
    [
      'an enrollment with another script',
      plan('enrollment', { kind: 'put', expected: 'old' }),
      [
        `Enroll ssm:UpdateAssociation ${enrollments}`,
        `Enroll ssm:UpdateAssociation ${document}`,
        `Enroll ssm:UpdateAssociation ${everyInstance}`,
      ],
    ],
    [
      'a version of a launch template',
      plan('launch-template', { kind: 'create', templateId: 'lt-1' }),
      [`LaunchTemplate ec2:CreateLaunchTemplateVersion ${template}`],
    ],
    [
      'the default version',
      plan('launch-template', { kind: 'use', templateId: 'lt-1', group: null }),
      [`LaunchTemplate ec2:ModifyLaunchTemplate ${template}`],
    ],
    [
      'the version of a group',
      plan('launch-template', { kind: 'use', templateId: 'lt-1', group: 'web' }),
      [
        'Group autoscaling:UpdateAutoScalingGroup arn:aws-us-gov:autoscaling:us-gov-west-1:111122223333:autoScalingGroup:*:autoScalingGroupName/web',
      ],
    ],
    ['a file on the host', plan('shell-profile', { kind: 'write' }), []],
  ])('for %s', (_what, changes, wanted) => {
    expect(lines(changeRights(goal(), changes))).toEqual(wanted);
  });

  it('are named once each, in order', () => {
    const twice = plan('association', { kind: 'release' }, { kind: 'associate' }, { kind: 'associate' });
    expect(lines(changeRights(goal(), twice))).toEqual([
      `Instance ec2:DisassociateIamInstanceProfile ${instance}`,
      `Instance ec2:AssociateIamInstanceProfile ${instance}`,
      pass,
    ]);
    const [right] = changeRights(goal(), twice);
    if (right === undefined) throw new Error('no right');
    const elsewhere = { ...right, resource: role };
    expect(distinctRights([right, elsewhere, right])).toEqual([right, elsewhere]);
  });

  it('are none where the cloud half is skipped', () => {
    const hostOnly = { ...goal(), cloud: null };
    expect(changeRights(hostOnly, plan('iam-role', { kind: 'create' }))).toEqual([]);
    expect(requiredRights(hostOnly, plan('iam-role', { kind: 'create' }))).toEqual([]);
  });
});

describe('the rights to look', () => {
  const instances = ['Look ec2:DescribeInstances *', 'Look ec2:DescribeIamInstanceProfileAssociations *'];
  const policies = [`Role iam:GetRolePolicy ${role}`, `Role iam:ListAttachedRolePolicies ${role}`];

  it('come before those to change', () => {
    expect(lines(requiredRights(goal(), plan('permission-policy', { kind: 'put' })))).toEqual([
      ...instances,
      `Role iam:GetRole ${role}`,
      ...policies,
      `InstanceProfile iam:GetInstanceProfile ${profile}`,
      `Role iam:PutRolePolicy ${role}`,
    ]);
  });

  it('leave out a role that was found through the profile, and take in the lists for a model', () => {
    const adopted = goal({ role: { name: 'x', arn: role, adopted: true } }, { model: 'sonnet' });
    expect(lines(requiredRights(adopted, nothing))).toEqual([
      ...instances,
      'Look bedrock:ListFoundationModels *',
      'Look bedrock:ListInferenceProfiles *',
      ...policies,
      `InstanceProfile iam:GetInstanceProfile ${profile}`,
    ]);
  });

  it('take in the associations for an enrollment, and a policy that is named', () => {
    const arn = 'arn:aws-us-gov:iam::111122223333:policy/Mine';
    const wanted = goal({}, { enroll: { key: 'k', value: 'v' }, policy: { kind: 'managed', arn } });
    const said = lines(requiredRights(wanted, nothing));
    expect(said.slice(0, 4)).toEqual([
      ...instances,
      'Look ssm:ListAssociations *',
      'Look ssm:DescribeAssociation *',
    ]);
    expect(said.at(-1)).toBe(`Policy iam:GetPolicy ${arn}`);
  });
});

describe('the rights to set hosts up from afar', () => {
  const afar = goal({}, { host: 'ssm' });
  const sending = [`RunOnHosts ssm:SendCommand ${document}`, `RunOnHosts ssm:SendCommand ${instance}`];

  it('are to send a command, and to follow it', () => {
    expect(lines(changeRights(afar, nothing))).toEqual(sending);
    const following = [
      'DescribeInstanceInformation',
      'ListCommandInvocations',
      'GetCommandInvocation',
      'CancelCommand',
    ].map((name) => `FollowHosts ssm:${name} *`);
    const said = lines(requiredRights(afar, nothing));
    expect(said).toEqual(expect.arrayContaining([...sending, ...following]));
    expect(said).toHaveLength(lines(requiredRights(goal(), nothing)).length + 6);
  });
});
