import { arnName } from './arn.js';
import type { StepId } from '../change.js';
import type { CloudGoal, Goal } from '../goal.js';
import type { Plan, StepEdits } from '../plan.js';

/** One thing that the operator must be allowed to do. */
export interface Right {
  /** What it is part of; the Sid of its statement. */
  readonly part: string;
  /** As IAM names it, e.g. `iam:CreateRole`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys and the value that each has in the call: for a condition, or for a simulation's context. */
  readonly context: Readonly<Record<string, string>>;
}

type Rights = readonly Right[];
type Op = Readonly<Record<string, unknown>>;

function rights(
  part: string,
  resource: string,
  actions: readonly string[],
  context: Right['context'] = {},
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

function looking({ settings }: Goal, cloud: CloudGoal): Rights {
  const lists =
    settings.model === null ? [] : ['bedrock:ListFoundationModels', 'bedrock:ListInferenceProfiles'];
  const look = ['ec2:DescribeInstances', 'ec2:DescribeIamInstanceProfileAssociations', ...lists];
  const role = ['iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'];
  const enrolled = settings.enroll === null ? [] : ['ssm:ListAssociations', 'ssm:DescribeAssociation'];
  return [
    ...rights('Look', '*', [...look, ...enrolled]),
    ...rights('Role', cloud.role.arn, cloud.role.adopted ? role : ['iam:GetRole', ...role]),
    ...rights('InstanceProfile', cloud.profile.arn, ['iam:GetInstanceProfile']),
    ...(settings.policy.kind === 'managed' ? rights('Policy', settings.policy.arn, ['iam:GetPolicy']) : []),
  ];
}

const associationActions: Readonly<Record<string, string>> = {
  associate: 'ec2:AssociateIamInstanceProfile',
  replace: 'ec2:ReplaceIamInstanceProfileAssociation',
  release: 'ec2:DisassociateIamInstanceProfile',
};

function associating({ kind }: Op, cloud: CloudGoal, region: string): Rights {
  if (kind === 'tag') return rights('Role', cloud.role.arn, ['iam:TagRole']);
  const action = associationActions[String(kind)];
  if (action === undefined) return [];
  const hands = kind === 'release' ? [] : passRole(cloud);
  return [...rights('Instance', instanceArn(cloud, region), [action]), ...hands];
}

function makingRole({ permissionsBoundary: boundary }: Op, { role: { arn } }: CloudGoal): Rights {
  const create =
    typeof boundary === 'string'
      ? rights('CreateRole', arn, ['iam:CreateRole'], { 'iam:PermissionsBoundary': boundary })
      : rights('Role', arn, ['iam:CreateRole']);
  return [...create, ...rights('Role', arn, ['iam:TagRole'])];
}

function givingRights({ policyArn }: Op, { role: { arn } }: CloudGoal): Rights {
  if (typeof policyArn !== 'string') return rights('Role', arn, ['iam:PutRolePolicy']);
  const part = `Attach${arnName(policyArn).replace(/[^A-Za-z0-9]/gu, '')}`;
  return rights(part, arn, ['iam:AttachRolePolicy'], { 'iam:PolicyARN': policyArn });
}

/** An association is made of a document and of its targets (Service Authorization Reference, Systems Manager). */
function enrolling(op: Op, { identity }: CloudGoal, region: string): Rights {
  const { partition, account } = identity;
  const association = `arn:${partition}:ssm:${region}:${account}:association/*`;
  const used = [
    `arn:${partition}:ssm:${region}::document/AWS-RunShellScript`,
    `arn:${partition}:ec2:${region}:${account}:instance/*`,
  ];
  const makes = op['expected'] === null ? ['CreateAssociation', 'AddTagsToResource'] : ['UpdateAssociation'];
  const names = makes.map((name) => `ssm:${name}`);
  return [
    ...rights('Enroll', association, names),
    ...used.flatMap((resource) => rights('Enroll', resource, names.slice(0, 1))),
  ];
}

/** Of the ARN of a group only the name is known; an identifier that AWS gave it stands before. */
function launching({ kind, templateId, group }: Op, { identity }: CloudGoal, region: string): Rights {
  const root = (service: string): string =>
    `arn:${identity.partition}:${service}:${region}:${identity.account}`;
  if (typeof group === 'string') {
    const arn = `${root('autoscaling')}:autoScalingGroup:*:autoScalingGroupName/${group}`;
    return rights('Group', arn, ['autoscaling:UpdateAutoScalingGroup']);
  }
  const action = kind === 'create' ? 'ec2:CreateLaunchTemplateVersion' : 'ec2:ModifyLaunchTemplate';
  return rights('LaunchTemplate', `${root('ec2')}:launch-template/${String(templateId)}`, [action]);
}

const changing: Partial<Record<StepId, (op: Op, cloud: CloudGoal, region: string) => Rights>> = {
  'iam-role': makingRole,
  'permission-policy': givingRights,
  'instance-profile': (_op, { profile }) =>
    rights('InstanceProfile', profile.arn, ['iam:CreateInstanceProfile', 'iam:TagInstanceProfile']),
  'profile-membership': (_op, cloud) => [
    ...rights('InstanceProfile', cloud.profile.arn, ['iam:AddRoleToInstanceProfile']),
    ...passRole(cloud),
  ],
  association: associating,
  enrollment: enrolling,
  'metadata-options': (_op, cloud, region) =>
    rights('Instance', instanceArn(cloud, region), ['ec2:ModifyInstanceMetadataOptions']),
  'launch-template': launching,
};

/** Running the host half from afar: the document and the instance are asked for, each by itself. */
function sending({ settings, region }: Goal, cloud: CloudGoal): Rights {
  if (settings.host !== 'ssm') return [];
  const document = `arn:${cloud.identity.partition}:ssm:${region}::document/AWS-RunShellScript`;
  return [document, instanceArn(cloud, region)].flatMap((resource) =>
    rights('RunOnHosts', resource, ['ssm:SendCommand']),
  );
}

/** Looking after what runs there; these actions know no resources. */
function following({ settings }: Goal): Rights {
  if (settings.host !== 'ssm') return [];
  const names = [
    'DescribeInstanceInformation',
    'ListCommandInvocations',
    'GetCommandInvocation',
    'CancelCommand',
  ];
  return rights(
    'FollowHosts',
    '*',
    names.map((name) => `ssm:${name}`),
  );
}

/** The rights that a plan's changes take, those to look left out. None where the cloud half is skipped. */
export function changeRights(goal: Goal, plan: { readonly steps: readonly StepEdits[] }): Rights {
  const { cloud, region } = goal;
  if (cloud === null) return [];
  const all = plan.steps.flatMap(({ step, changes }) =>
    changes.flatMap(({ op }) => changing[step]?.(op as Op, cloud, region) ?? []),
  );
  return distinctRights([...all, ...sending(goal, cloud)]);
}

/**
 * What the operator must be allowed to do for a plan: to look, and to make each of its changes, each on its resource and
 * with the condition keys of the call. Each right once. From the Service Authorization Reference of IAM, EC2 and Systems Manager;
 * `iam:PassRole` as in the IAM API reference of AddRoleToInstanceProfile.
 */
export function requiredRights(goal: Goal, plan: Plan): Rights {
  const { cloud } = goal;
  return cloud === null
    ? []
    : distinctRights([...looking(goal, cloud), ...following(goal), ...changeRights(goal, plan)]);
}

/** Rights with each only once, in their order. */
export function distinctRights(all: Rights): Rights {
  return [...new Map(all.map((right) => [JSON.stringify(right), right])).values()];
}
