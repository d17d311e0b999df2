import type { StepId } from '../core/change.js';
import type { CloudGoal, Goal } from '../core/goal.js';
import { ownershipTags } from '../core/account/ownership.js';
import type { Plan } from '../core/plan.js';
import { inlinePolicyName } from '../core/policy/policies.js';
import { ec2TrustPolicy } from '../core/policy/policy-document.js';
import { shellWord } from '../core/text/shell-word.js';
import type { Tags } from '../ports/iam.js';
import type { Json } from '../ports/json.js';
import { parseAssociationOp } from '../steps/cloud/association-ops.js';
import { enrollment } from '../steps/cloud/enrollment.js';
import { iamRole, roleDescription } from '../steps/cloud/iam-role.js';
import { instanceProfile } from '../steps/cloud/instance-profile.js';
import { metadataOptions } from '../steps/cloud/metadata-options.js';
import { parsePolicyOp } from '../steps/cloud/permission-policy-ops.js';
import { parseTemplateOp, versionMark } from '../steps/fleet/launch-template-ops.js';
import { profileMembership } from '../steps/cloud/profile-membership.js';

/** Shell functions that the script uses, by the name of their file in `templates/commands` without `.sh`. */
export const commandFunctions = ['until-visible', 'until-released', 'association-of'] as const;

/** What a script is made of. */
export interface ScriptInput {
  readonly goal: Goal & { readonly cloud: CloudGoal };
  readonly plan: Plan;
  /** The texts of {@link commandFunctions}. */
  readonly functions: Readonly<Record<(typeof commandFunctions)[number], string>>;
  /** What is left to do on the instance, as a person would type it. */
  readonly next: string;
  readonly version: string;
}

/** A command of the AWS CLI over several lines, its answer thrown away. `retried` while AWS does not see it yet. */
function aws(service: string, action: string, options: readonly string[], retried = false): string {
  const head = `${retried ? 'until_visible ' : ''}aws ${service} ${action}`;
  return `${[head, ...options].join(' \\\n  ')}${retried ? '' : ' >/dev/null'}\n`;
}

/** An option and its value; a value that begins with a hyphen would be taken for an option of its own. */
function option(name: string, value: string): string {
  return `--${name}${value.startsWith('-') ? '=' : ' '}${shellWord(value)}`;
}

function json(name: string, value: Json): string {
  return option(name, JSON.stringify(value));
}

function tagList(tags: Tags): Json {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function roleCommand(value: unknown, { receiptId }: Goal): string {
  const op = iamRole.parseOp(value);
  if (op.kind !== 'create') return '';
  const boundary = op.permissionsBoundary;
  return aws('iam', 'create-role', [
    option('role-name', op.name),
    option('description', roleDescription),
    json('assume-role-policy-document', ec2TrustPolicy),
    ...(boundary === null ? [] : [option('permissions-boundary', boundary)]),
    json('tags', tagList(ownershipTags(receiptId, op.tags))),
  ]);
}

function policyCommand(value: unknown): string {
  const op = parsePolicyOp(value);
  if (op.kind === 'attach') {
    const options = [option('role-name', op.role), option('policy-arn', op.policyArn)];
    return aws('iam', 'attach-role-policy', options, true);
  }
  if (op.kind !== 'put') return '';
  const options = [
    option('role-name', op.role),
    option('policy-name', inlinePolicyName),
    json('policy-document', op.document),
  ];
  return aws('iam', 'put-role-policy', options, true);
}

function profileCommand(value: unknown, { receiptId }: Goal): string {
  const op = instanceProfile.parseOp(value);
  if (op.kind !== 'create') return '';
  const tags = json('tags', tagList(ownershipTags(receiptId, op.tags)));
  return aws('iam', 'create-instance-profile', [option('instance-profile-name', op.name), tags]);
}

function membershipCommand(value: unknown): string {
  const { profile, role } = profileMembership.parseOp(value);
  const options = [option('instance-profile-name', profile), option('role-name', role)];
  return aws('iam', 'add-role-to-instance-profile', options, true);
}

function associationCommand(value: unknown): string {
  const op = parseAssociationOp(value);
  const current = (instanceId: string): string => `association=$(association_of ${shellWord(instanceId)})\n`;
  const named = '--association-id "$association"';
  switch (op.kind) {
    case 'associate': {
      const options = [
        option('instance-id', op.instanceId),
        json('iam-instance-profile', { Arn: op.profileArn }),
      ];
      return aws('ec2', 'associate-iam-instance-profile', options, true);
    }
    case 'replace': {
      const options = [named, json('iam-instance-profile', { Arn: op.profileArn })];
      const replace = aws('ec2', 'replace-iam-instance-profile-association', options, true);
      return `${current(op.instanceId)}${replace}`;
    }
    case 'release': {
      const release = aws('ec2', 'disassociate-iam-instance-profile', [named]);
      return `${current(op.instanceId)}${release}until_released ${shellWord(op.instanceId)}\n`;
    }
    case 'tag':
      return aws('iam', 'tag-role', [
        option('role-name', op.role),
        json('tags', tagList({ [op.key]: op.value })),
      ]);
    // The two that only an undo does.
    case 'untag':
    case 'restore':
      break;
  }
  return '';
}

function metadataCommand(value: unknown): string {
  const { instanceId, hopLimit } = metadataOptions.parseOp(value);
  const options = [
    option('instance-id', instanceId),
    option('http-put-response-hop-limit', String(hopLimit)),
  ];
  return aws('ec2', 'modify-instance-metadata-options', options);
}

function enrollmentCommand(value: unknown, { receiptId }: Goal): string {
  const op = enrollment.parseOp(value);
  if (op.kind !== 'put') return '';
  const { name, tag, value: tagged, script, expected, tags } = op;
  const parameters = { commands: script.split('\n'), executionTimeout: ['900'] };
  const options = [
    option('name', 'AWS-RunShellScript'),
    option('association-name', name),
    json('targets', [{ Key: `tag:${tag}`, Values: [tagged] }]),
    json('parameters', parameters),
    '--max-concurrency 10%',
    '--max-errors 10%',
  ];
  if (expected === null) {
    const owned = json('tags', tagList(ownershipTags(receiptId, tags)));
    return aws('ssm', 'create-association', [...options, owned]);
  }
  const query = `--query 'Associations[0].AssociationId' --output text`;
  const filter = option('association-filter-list', `key=AssociationName,value=${name}`);
  const id = `association=$(aws ssm list-associations ${filter} ${query})\n`;
  return `${id}${aws('ssm', 'update-association', ['--association-id "$association"', ...options])}`;
}

function templateCommand(value: unknown, { receiptId }: Goal): string {
  const op = parseTemplateOp(value);
  const template = option('launch-template-id', op.templateId);
  if (op.kind === 'create') {
    return aws('ec2', 'create-launch-template-version', [
      template,
      option('source-version', op.source),
      option('version-description', versionMark(receiptId)),
      json('launch-template-data', { IamInstanceProfile: { Arn: op.profileArn } }),
    ]);
  }
  // The two others only an undo does.
  if (op.kind !== 'use') return '';
  const query = `LaunchTemplateVersions[?VersionDescription=='${versionMark(receiptId)}'] | [0].VersionNumber`;
  const find = ['aws ec2 describe-launch-template-versions', template, `--query "${query}" --output text)`];
  const made = `version=$(${find.join(' \\\n  ')}\n`;
  if (op.group === null)
    return `${made}${aws('ec2', 'modify-launch-template', [template, '--default-version "$version"'])}`;
  const options = [
    option('auto-scaling-group-name', op.group),
    `--launch-template ${shellWord(`LaunchTemplateId=${op.templateId},Version=`)}"$version"`,
  ];
  return `${made}${aws('autoscaling', 'update-auto-scaling-group', options)}`;
}

const commandOf: Partial<Record<StepId, (op: unknown, goal: Goal) => string>> = {
  'iam-role': roleCommand,
  'permission-policy': policyCommand,
  'instance-profile': profileCommand,
  'profile-membership': membershipCommand,
  association: associationCommand,
  'metadata-options': metadataCommand,
  enrollment: enrollmentCommand,
  'launch-template': templateCommand,
};

/**
 * One change as a command of the AWS CLI, as a person would type it; empty for a change that is none of the account's. An id
 * that is known only once the command runs stands as `"$association"` or `"$version"`.
 */
export function changeCommand(step: StepId, op: unknown, goal: Goal): string {
  return (commandOf[step]?.(op, goal) ?? '')
    .replaceAll(/^until_visible /gmu, '')
    .replaceAll(/ >\/dev\/null$/gmu, '')
    .replaceAll(/^until_released .*\n/gmu, '')
    .replaceAll(
      /^association=\$\(association_of (.*)\)$/gmu,
      'association=$(aws ec2 describe-iam-instance-profile-associations \\\n' +
        '  --filters Name=instance-id,Values=$1 Name=state,Values=associated \\\n' +
        "  --query 'IamInstanceProfileAssociations[0].AssociationId' --output text)",
    );
}

function head({ goal, version }: ScriptInput): string {
  const { settings, region, cloud } = goal;
  const profile = settings.profile === null ? '' : `export AWS_PROFILE=${shellWord(settings.profile)}\n`;
  const { account } = cloud.identity;
  const refusal = `these credentials are not of the account ${account}`;
  return `#!/usr/bin/env bash
# The account's half of a set-up by openclaw-bedrock-setup ${version}, as commands of the AWS CLI. What is in place
# already is left out. Where it stops half-way, render it again: the new one has only the rest.
set -euo pipefail

export AWS_REGION=${shellWord(region)} AWS_DEFAULT_REGION=${shellWord(region)} AWS_PAGER=
${profile}
if [ "$(aws sts get-caller-identity --query Account --output text)" != ${shellWord(account)} ]; then
  echo ${shellWord(refusal)} >&2
  exit 1
fi
`;
}

/** The plan's cloud half as a bash script that stops at the first error. */
export function commandsScript(input: ScriptInput): string {
  const { goal, plan, functions, next } = input;
  const commands = plan.steps.flatMap(({ step, changes }) =>
    changes.flatMap(({ op }) => commandOf[step]?.(op, goal) ?? []),
  );
  const body = commands.join('\n');
  const used = commandFunctions.filter((name) => body.includes(`${name.replaceAll('-', '_')} `));
  return [
    head(input),
    ...used.map((name) => functions[name]),
    ...(commands.length === 0 ? ['# Everything in the account is in place already.\n'] : [body]),
    `printf '%s\\n' 'next, on the instance:' ${shellWord(next)}\n`,
  ].join('\n');
}
