import { arnName } from '../../core/policy/arn.js';
import type { Change } from '../../core/change.js';
import type { CloudGoal, PolicyGoal } from '../../core/goal.js';
import {
  awsManagedPolicyArn,
  inlinePolicyName,
  isSufficientPolicy,
  ssmPolicyName,
} from '../../core/policy/policies.js';
import { sameMeaning } from '../../core/policy/policy-document.js';
import { isScopedTo, joinScoped } from '../../core/policy/scoped-policy.js';
import { isFleet } from '../../core/settings.js';
import type { Step } from '../../core/step.js';
import { idsText } from '../../core/text/ids.js';
import type { JsonObject } from '../../ports/json.js';
import type { CloudReaders, CloudWriters } from '../../ports/lanes.js';
import { stop } from '../conflicts.js';
import { policyNotFound } from './refusals.js';
import { applyPolicyOp, joinPolicyUndo, parsePolicyOp } from './permission-policy-ops.js';
import type { PolicyOp } from './permission-policy-ops.js';
import { attachChange, describeDocument, putChange } from './permission-policy-changes.js';

/** The rights that are wanted on a role. */
export interface PolicyDesired {
  readonly role: string;
  /** The instance's own role: it is there for certain, and named where ours goes without saying. */
  readonly adopted: boolean;
  /** The instance profile that carries the role to the instance. */
  readonly profile: CloudGoal['profile'];
  readonly policy: PolicyGoal;
  /** The model of this run, where it names one. */
  readonly model: string | null;
  /** Whether a managed policy that gives as much or more will do. */
  readonly acceptsManaged: boolean;
  /** Where a policy of ours for chosen models stays as it is: the ARNs that it must name, and the region. */
  readonly keepsScoped: { readonly arns: readonly string[]; readonly region: string } | null;
  /** Whether the managed policy was named by its ARN, so that it may not exist. */
  readonly named: boolean;
  /** ARN of the policy for Systems Manager where it is wanted. */
  readonly ssm: string | null;
  /** Id of the instance that this run is about; `null` where it is about many. */
  readonly instanceId: string | null;
}

/** The rights that are there: our inline policy, and the ARNs of the managed ones. */
export interface PolicyActual {
  readonly inline: JsonObject | null;
  readonly attached: readonly string[];
  /** The managed policy that is wanted does not exist. */
  readonly missing: boolean;
  /** Where our policy is there and is to say something else: the instances that hold the profile, whatever they rely on. */
  readonly users: readonly string[];
}

/**
 * The right to use Bedrock, on the role: ours or the instance's own. With the default policy, one that gives as much is
 * in place as it is, e.g. the AmazonBedrockFullAccess of a manual set-up; so is one of ours for chosen models, which nobody wants
 * widened by a second run without its flags.
 */
export const permissionPolicy: Step<PolicyDesired, PolicyActual, PolicyOp, CloudReaders, CloudWriters> = {
  id: 'permission-policy',
  lane: 'cloud',
  title: 'permission policy',
  after: ['iam-role'],
  desired({ cloud, settings, model, region }) {
    if (cloud === null) return null;
    const isUnasked = settings.policy.kind === 'invoke' && settings.policy.unasked === true;
    return {
      role: cloud.role.name,
      adopted: cloud.role.adopted,
      profile: cloud.profile,
      policy: cloud.policy,
      model: model?.id ?? null,
      acceptsManaged: settings.policy.kind === 'invoke',
      keepsScoped: isUnasked ? { arns: model?.arns ?? [], region } : null,
      named: settings.policy.kind === 'managed',
      ssm: settings.ssm ? ssmArn(cloud) : null,
      instanceId: isFleet(settings) ? null : cloud.instance.id,
    };
  },
  subject: (desired, actual) => `${serving(desired, actual)} on ${desired.role}`,
  read,
  diff: (desired, actual) =>
    actual?.missing === true && desired.policy.kind === 'managed'
      ? stop(policyNotFound(desired.policy.arn))
      : [...bedrockChanges(desired, actual), ...ssmChanges(desired, actual)],
  async apply(op, ports, context) {
    await applyPolicyOp(op, ports, context);
    return null;
  },
  parseOp: parsePolicyOp,
  joinUndo: joinPolicyUndo,
};

function ssmArn({ identity }: CloudGoal): string {
  return awsManagedPolicyArn(identity.partition, ssmPolicyName);
}

async function read(desired: PolicyDesired, { iam, ec2 }: CloudReaders): Promise<PolicyActual> {
  const { role, adopted, profile, policy, named } = desired;
  const isThere = adopted || (await iam.getRole(role)) !== null;
  const [inline, attached] = isThere
    ? await Promise.all([iam.getRolePolicy(role, inlinePolicyName), iam.listAttachedRolePolicies(role)])
    : [null, null];
  const isLookedUp = named && policy.kind === 'managed' && attached?.includes(policy.arn) !== true;
  const missing = isLookedUp && (await iam.hasPolicy(policy.arn)) === false;
  const found = { inline, attached: attached ?? [], missing, users: [] };
  const isUpdate = inline !== null && newDocument(desired, found) !== null;
  return isUpdate ? { ...found, users: await ec2.findProfileUsers(profile.arn) } : found;
}

/** The managed policy that already gives what the default policy would. */
function sufficient({ policy, acceptsManaged }: PolicyDesired, actual: PolicyActual | null): string | null {
  if (policy.kind === 'managed' || !acceptsManaged) return null;
  return actual?.attached.find((arn) => isSufficientPolicy(arn)) ?? null;
}

function serving(desired: PolicyDesired, actual: PolicyActual | null): string {
  const { policy } = desired;
  if (policy.kind === 'managed') return arnName(policy.arn);
  const instead = sufficient(desired, actual);
  return instead === null ? policy.name : arnName(instead);
}

const ownRole = "the instance's own role";

/**
 * What our inline policy is to say; `null` where what is there will do. The role may serve instances that were set up by
 * themselves for other models, so that a policy for chosen models only grows.
 */
function newDocument(desired: PolicyDesired, actual: PolicyActual | null): JsonObject | null {
  const { policy, keepsScoped } = desired;
  if (policy.kind === 'managed' || sufficient(desired, actual) !== null) return null;
  const before = actual?.inline ?? null;
  if (before === null) return policy.document;
  if (keepsScoped !== null && isScopedTo(keepsScoped.arns, before, keepsScoped.region)) return null;
  const document = joinScoped(before, policy.document) ?? policy.document;
  return sameMeaning(before, document) ? null : document;
}

function bedrockChanges(desired: PolicyDesired, actual: PolicyActual | null): readonly Change<PolicyOp>[] {
  const { policy, adopted, model } = desired;
  if (policy.kind === 'managed') {
    return actual?.attached.includes(policy.arn) === true
      ? []
      : [attachChange(desired, policy.arn, adopted ? ownRole : 'a managed policy')];
  }
  const document = newDocument(desired, actual);
  if (document === null) return [];
  const says =
    document === policy.document
      ? describeDocument(document)
      : `adds ${model ?? 'the model'}; what was allowed before stays`;
  const before = actual ?? { inline: null, users: [] };
  const whose = adopted ? `${ownRole}: ` : '';
  return [putChange(desired, document, before, `${whose}${says}${alsoFor(desired, before.users)}`)];
}

/** Whom an update concerns besides the instance that it is made for. */
function alsoFor({ instanceId }: PolicyDesired, users: readonly string[]): string {
  const others = instanceId === null ? [] : users.filter((id) => id !== instanceId);
  if (others.length === 0) return '';
  return `; ${idsText(others)} ${others.length === 1 ? 'has' : 'have'} the role too`;
}

function ssmChanges(desired: PolicyDesired, actual: PolicyActual | null): readonly Change<PolicyOp>[] {
  const { ssm } = desired;
  if (ssm === null || actual?.attached.includes(ssm) === true) return [];
  return [attachChange(desired, ssm, 'lets Systems Manager reach the instance')];
}
