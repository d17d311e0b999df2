import { arnName } from '../core/arn.js';
import type { StepId } from '../core/change.js';
import type { CloudGoal } from '../core/goal.js';
import { parseAssociationOp } from '../steps/cloud/association-ops.js';
import type { AssociationOp } from '../steps/cloud/association-ops.js';
import { iamRole } from '../steps/cloud/iam-role.js';
import { parsePolicyOp } from '../steps/cloud/permission-policy-ops.js';
import type { GoalAndPlan } from './fresh-plan.js';

/** One thing that the operator must be allowed to do. */
export interface OperatorRight {
  /** What it is part of; the Sid of its statement. */
  readonly part: string;
  /** As IAM names it, e.g. `iam:CreateRole`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys and the value that each has in the call: for a condition, or for a simulation's context. */
  readonly context: Readonly<Record<string, string>>;
}

type Rights = readonly OperatorRight[];

function rights(
  part: string,
  resource: string,
  actions: readonly string[],
  context: OperatorRight['context'] = {},
): Rights {
  return actions.map((action) => ({ part, action, resource, context }));
}

function instanceArn({ identity, instance }: CloudGoal, region: string): string {
  return `arn:${identity.partition}:ec2:${region}:${identity.account}:instance/${instance.id}`;
}

/** Handing a role to EC2 is a right of its own, asked for by AddRoleToInstanceProfile and by the association. */
function passRole(cloud: CloudGoal): Rights {
  return rights('PassRole', cloud.role.arn, ['iam:PassRole'], { 'iam:PassedToService': 'ec2.amazonaws.com' });
}

function looking({ goal }: GoalAndPlan, cloud: CloudGoal): Rights {
  const lists =
    goal.settings.model === null ? [] : ['bedrock:ListFoundationModels', 'bedrock:ListInferenceProfiles'];
  const look = ['ec2:DescribeInstances', 'ec2:DescribeIamInstanceProfileAssociations', ...lists];
  const role = ['iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'];
  return [
    ...rights('Look', '*', look),
    ...rights('Role', cloud.role.arn, cloud.role.adopted ? role : ['iam:GetRole', ...role]),
    ...rights('InstanceProfile', cloud.profile.arn, ['iam:GetInstanceProfile']),
  ];
}

const associations: Readonly<Record<AssociationOp['kind'], (cloud: CloudGoal, region: string) => Rights>> = {
  associate: (cloud, region) => [
    ...rights('Instance', instanceArn(cloud, region), ['ec2:AssociateIamInstanceProfile']),
    ...passRole(cloud),
  ],
  replace: (cloud, region) => [
    ...rights('Instance', instanceArn(cloud, region), ['ec2:ReplaceIamInstanceProfileAssociation']),
    ...passRole(cloud),
  ],
  release: (cloud, region) =>
    rights('Instance', instanceArn(cloud, region), ['ec2:DisassociateIamInstanceProfile']),
  tag: ({ role }) => rights('Role', role.arn, ['iam:TagRole']),
  // The two that only an undo does.
  restore: () => [],
  untag: () => [],
};

function makingRole(op: unknown, cloud: CloudGoal): Rights {
  const { arn } = cloud.role;
  const made = iamRole.parseOp(op);
  const boundary = made.kind === 'create' ? made.permissionsBoundary : null;
  const create =
    boundary === null
      ? rights('Role', arn, ['iam:CreateRole'])
      : rights('CreateRole', arn, ['iam:CreateRole'], { 'iam:PermissionsBoundary': boundary });
  return [...create, ...rights('Role', arn, ['iam:TagRole'])];
}

function givingRights(op: unknown, cloud: CloudGoal): Rights {
  const given = parsePolicyOp(op);
  if (given.kind !== 'attach') return rights('Role', cloud.role.arn, ['iam:PutRolePolicy']);
  const part = `Attach${arnName(given.policyArn).replace(/[^A-Za-z0-9]/gu, '')}`;
  return rights(part, cloud.role.arn, ['iam:AttachRolePolicy'], { 'iam:PolicyARN': given.policyArn });
}

type RightsOf = (op: unknown, cloud: CloudGoal, region: string) => Rights;

const changing: Partial<Record<StepId, RightsOf>> = {
  'iam-role': makingRole,
  'permission-policy': givingRights,
  'instance-profile': (_op, { profile }) =>
    rights('InstanceProfile', profile.arn, ['iam:CreateInstanceProfile', 'iam:TagInstanceProfile']),
  'profile-membership': (_op, cloud) => [
    ...rights('InstanceProfile', cloud.profile.arn, ['iam:AddRoleToInstanceProfile']),
    ...passRole(cloud),
  ],
  association: (op, cloud, region) => associations[parseAssociationOp(op).kind](cloud, region),
  'metadata-options': (_op, cloud, region) =>
    rights('Instance', instanceArn(cloud, region), ['ec2:ModifyInstanceMetadataOptions']),
};

/**
 * What the operator must be allowed to do for a plan: to look, and to make each of its changes, each on its resource and
 * with the condition keys of the call. Each right once. From the Service Authorization Reference of IAM and EC2;
 * `iam:PassRole` as in the IAM API reference of AddRoleToInstanceProfile.
 */
export function operatorRights(planned: GoalAndPlan): Rights {
  const { cloud, region } = planned.goal;
  if (cloud === null) return [];
  const changes = planned.plan.steps.flatMap(({ step, changes }) =>
    changes.flatMap(({ op }) => changing[step]?.(op, cloud, region) ?? []),
  );
  return distinct([...looking(planned, cloud), ...changes]);
}

/** Rights with each only once, in their order. */
export function distinct(all: Rights): Rights {
  return [...new Map(all.map((right) => [JSON.stringify(right), right])).values()];
}
