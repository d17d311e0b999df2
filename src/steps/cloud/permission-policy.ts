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
import { isScopedTo } from '../../core/policy/scoped-policy.js';
import type { Step } from '../../core/step.js';
import type { JsonObject } from '../../ports/json.js';
import type { CloudReaders, CloudWriters } from '../../ports/lanes.js';
import { stop } from '../conflicts.js';
import { policyNotFound } from './refusals.js';
import { applyPolicyOp, parsePolicyOp } from './permission-policy-ops.js';
import type { PolicyOp } from './permission-policy-ops.js';
import { attachChange, describeDocument, putChange } from './permission-policy-changes.js';

/** The rights that are wanted on a role. */
export interface PolicyDesired {
  readonly role: string;
  /** The instance's own role: it is there for certain, and named where ours goes without saying. */
  readonly adopted: boolean;
  readonly policy: PolicyGoal;
  /** Whether a managed policy that gives as much or more will do. */
  readonly acceptsManaged: boolean;
  /** Where a policy of ours for chosen models stays as it is: the ARNs that it must name, and the region. */
  readonly keepsScoped: { readonly arns: readonly string[]; readonly region: string } | null;
  /** Whether the managed policy was named by its ARN, so that it may not exist. */
  readonly named: boolean;
  /** ARN of the policy for Systems Manager where it is wanted. */
  readonly ssm: string | null;
}

/** The rights that are there: our inline policy, and the ARNs of the managed ones. */
export interface PolicyActual {
  readonly inline: JsonObject | null;
  readonly attached: readonly string[];
  /** The managed policy that is wanted does not exist. */
  readonly missing: boolean;
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
      policy: cloud.policy,
      acceptsManaged: settings.policy.kind === 'invoke',
      keepsScoped: isUnasked ? { arns: model?.arns ?? [], region } : null,
      named: settings.policy.kind === 'managed',
      ssm: settings.ssm ? ssmArn(cloud) : null,
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
};

function ssmArn({ identity }: CloudGoal): string {
  return awsManagedPolicyArn(identity.partition, ssmPolicyName);
}

async function read(desired: PolicyDesired, { iam }: CloudReaders): Promise<PolicyActual> {
  const { role, adopted, policy, named } = desired;
  const isThere = adopted || (await iam.getRole(role)) !== null;
  const [inline, attached] = isThere
    ? await Promise.all([iam.getRolePolicy(role, inlinePolicyName), iam.listAttachedRolePolicies(role)])
    : [null, null];
  const isLookedUp = named && policy.kind === 'managed' && attached?.includes(policy.arn) !== true;
  const missing = isLookedUp && (await iam.hasPolicy(policy.arn)) === false;
  return { inline, attached: attached ?? [], missing };
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

function bedrockChanges(desired: PolicyDesired, actual: PolicyActual | null): readonly Change<PolicyOp>[] {
  const { policy, role, adopted, keepsScoped } = desired;
  const attached = actual?.attached ?? [];
  if (policy.kind === 'managed') {
    return attached.includes(policy.arn)
      ? []
      : [attachChange(role, policy.arn, adopted ? ownRole : 'a managed policy')];
  }
  if (sufficient(desired, actual) !== null) return [];
  const before = actual?.inline ?? null;
  if (before !== null && sameMeaning(before, policy.document)) return [];
  if (before !== null && keepsScoped !== null && isScopedTo(keepsScoped.arns, before, keepsScoped.region))
    return [];
  const where = adopted ? `${ownRole}: ` : '';
  return [putChange(role, policy, before, `${where}${describeDocument(policy.document)}`)];
}

function ssmChanges({ ssm, role }: PolicyDesired, actual: PolicyActual | null): readonly Change<PolicyOp>[] {
  if (ssm === null || actual?.attached.includes(ssm) === true) return [];
  return [attachChange(role, ssm, 'lets Systems Manager reach the instance')];
}
