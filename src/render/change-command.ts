import { ownershipTags } from '../core/account/ownership.js';
import type { StepId } from '../core/change.js';
import type { Goal } from '../core/goal.js';
import { inlinePolicyName } from '../core/policy/policies.js';
import { ec2TrustPolicy } from '../core/policy/policy-document.js';
import { shellWord } from '../core/text/shell-word.js';
import { parseAssociationOp } from '../steps/cloud/association-ops.js';
import { enrollment } from '../steps/cloud/enrollment.js';
import { iamRole, roleDescription } from '../steps/cloud/iam-role.js';
import { instanceProfile } from '../steps/cloud/instance-profile.js';
import { metadataOptions } from '../steps/cloud/metadata-options.js';
import { parsePolicyOp } from '../steps/cloud/permission-policy-ops.js';
import { profileMembership } from '../steps/cloud/profile-membership.js';
import { parseTemplateOp, versionMark } from '../steps/fleet/launch-template-ops.js';
import type { AwsCommand, Lookup } from './aws-command.js';
import { jsonOption, lookup, option, scripted, tagsOption, typed } from './aws-command.js';

function roleCommand(value: unknown, { receiptId }: Goal): AwsCommand | null {
  const op = iamRole.parseOp(value);
  if (op.kind !== 'create') return null;
  const boundary = op.permissionsBoundary;
  const options = [
    option('role-name', op.name),
    option('description', roleDescription),
    jsonOption('assume-role-policy-document', ec2TrustPolicy),
    ...(boundary === null ? [] : [option('permissions-boundary', boundary)]),
    tagsOption(ownershipTags(receiptId, op.tags)),
  ];
  return { service: 'iam', action: 'create-role', options };
}

function policyCommand(value: unknown): AwsCommand | null {
  const op = parsePolicyOp(value);
  if (op.kind === 'attach') {
    const options = [option('role-name', op.role), option('policy-arn', op.policyArn)];
    return { service: 'iam', action: 'attach-role-policy', options, retried: true };
  }
  if (op.kind !== 'put') return null;
  const options = [
    option('role-name', op.role),
    option('policy-name', inlinePolicyName),
    jsonOption('policy-document', op.document),
  ];
  return { service: 'iam', action: 'put-role-policy', options, retried: true };
}

function profileCommand(value: unknown, { receiptId }: Goal): AwsCommand | null {
  const op = instanceProfile.parseOp(value);
  if (op.kind !== 'create') return null;
  const tags = tagsOption(ownershipTags(receiptId, op.tags));
  const options = [option('instance-profile-name', op.name), tags];
  return { service: 'iam', action: 'create-instance-profile', options };
}

function membershipCommand(value: unknown): AwsCommand {
  const { profile, role } = profileMembership.parseOp(value);
  const options = [option('instance-profile-name', profile), option('role-name', role)];
  return { service: 'iam', action: 'add-role-to-instance-profile', options, retried: true };
}

/** The association that an instance has, as `$association`. */
function associationOf(instanceId: string): Lookup {
  const id = shellWord(instanceId);
  return {
    scripted: `association=$(association_of ${id})\n`,
    typed:
      'association=$(aws ec2 describe-iam-instance-profile-associations \\\n' +
      `  --filters Name=instance-id,Values=${id} Name=state,Values=associated \\\n` +
      "  --query 'IamInstanceProfileAssociations[0].AssociationId' --output text)\n",
  };
}

const association = '--association-id "$association"';

function profileOption(profileArn: string): string {
  return jsonOption('iam-instance-profile', { Arn: profileArn });
}

function associationCommand(value: unknown): AwsCommand | null {
  const op = parseAssociationOp(value);
  switch (op.kind) {
    case 'associate': {
      const options = [option('instance-id', op.instanceId), profileOption(op.profileArn)];
      return { service: 'ec2', action: 'associate-iam-instance-profile', options, retried: true };
    }
    case 'replace':
      return {
        service: 'ec2',
        action: 'replace-iam-instance-profile-association',
        options: [association, profileOption(op.profileArn)],
        retried: true,
        lookup: associationOf(op.instanceId),
      };
    case 'release':
      return {
        service: 'ec2',
        action: 'disassociate-iam-instance-profile',
        options: [association],
        lookup: associationOf(op.instanceId),
        releases: op.instanceId,
      };
    case 'tag': {
      const options = [option('role-name', op.role), tagsOption({ [op.key]: op.value })];
      return { service: 'iam', action: 'tag-role', options };
    }
    // The two that only an undo does.
    case 'untag':
    case 'restore':
      break;
  }
  return null;
}

function metadataCommand(value: unknown): AwsCommand {
  const { instanceId, hopLimit } = metadataOptions.parseOp(value);
  const options = [
    option('instance-id', instanceId),
    option('http-put-response-hop-limit', String(hopLimit)),
  ];
  return { service: 'ec2', action: 'modify-instance-metadata-options', options };
}

function enrollmentCommand(value: unknown, { receiptId }: Goal): AwsCommand | null {
  const op = enrollment.parseOp(value);
  if (op.kind !== 'put') return null;
  const { name, tag, value: tagged, script, expected, tags } = op;
  const parameters = { commands: script.split('\n'), executionTimeout: ['900'] };
  const options = [
    option('name', 'AWS-RunShellScript'),
    option('association-name', name),
    jsonOption('targets', [{ Key: `tag:${tag}`, Values: [tagged] }]),
    jsonOption('parameters', parameters),
    '--max-concurrency 10%',
    '--max-errors 10%',
  ];
  if (expected === null) {
    const owned = tagsOption(ownershipTags(receiptId, tags));
    return { service: 'ssm', action: 'create-association', options: [...options, owned] };
  }
  const filter = option('association-filter-list', `key=AssociationName,value=${name}`);
  const query = `--query 'Associations[0].AssociationId' --output text`;
  return {
    service: 'ssm',
    action: 'update-association',
    options: [association, ...options],
    lookup: lookup(`association=$(aws ssm list-associations ${filter} ${query})\n`),
  };
}

/** The version of a launch template that was made under a receipt, as `$version`. */
function versionOf(template: string, receiptId: string): Lookup {
  const query = `LaunchTemplateVersions[?VersionDescription=='${versionMark(receiptId)}'] | [0].VersionNumber`;
  const find = ['aws ec2 describe-launch-template-versions', template, `--query "${query}" --output text)`];
  return lookup(`version=$(${find.join(' \\\n  ')}\n`);
}

function templateCommand(value: unknown, { receiptId }: Goal): AwsCommand | null {
  const op = parseTemplateOp(value);
  const template = option('launch-template-id', op.templateId);
  if (op.kind === 'create') {
    const options = [
      template,
      option('source-version', op.source),
      option('version-description', versionMark(receiptId)),
      jsonOption('launch-template-data', { IamInstanceProfile: { Arn: op.profileArn } }),
    ];
    return { service: 'ec2', action: 'create-launch-template-version', options };
  }
  // The two others only an undo does.
  if (op.kind !== 'use') return null;
  const made = versionOf(template, receiptId);
  if (op.group === null) {
    const options = [template, '--default-version "$version"'];
    return { service: 'ec2', action: 'modify-launch-template', options, lookup: made };
  }
  const options = [
    option('auto-scaling-group-name', op.group),
    `--launch-template ${shellWord(`LaunchTemplateId=${op.templateId},Version=`)}"$version"`,
  ];
  return { service: 'autoscaling', action: 'update-auto-scaling-group', options, lookup: made };
}

const commandOf: Partial<Record<StepId, (op: unknown, goal: Goal) => AwsCommand | null>> = {
  'iam-role': roleCommand,
  'permission-policy': policyCommand,
  'instance-profile': profileCommand,
  'profile-membership': membershipCommand,
  association: associationCommand,
  'metadata-options': metadataCommand,
  enrollment: enrollmentCommand,
  'launch-template': templateCommand,
};

/** Writes one change as a command of the AWS CLI; `null` for a change that is none of the account's. */
export type WriteChange = (step: StepId, op: unknown, goal: Goal) => string | null;

function writer(write: (command: AwsCommand) => string): WriteChange {
  return (step, op, goal) => {
    const command = commandOf[step]?.(op, goal) ?? null;
    return command === null ? null : write(command);
  };
}

/** A change as a command in a script with the functions of `templates/commands`. */
export const scriptedChange = writer(scripted);

/**
 * A change as a command that a person would type. An id that is known only once the command runs stands as `"$association"` or
 * `"$version"`.
 */
export const typedChange = writer(typed);
