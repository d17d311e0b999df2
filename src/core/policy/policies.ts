import invokeTemplate from '../../../templates/iam/invoke.json' with { type: 'json' };
import type { Identity } from '../../ports/identity.js';
import type { JsonObject } from '../../ports/json.js';
import { parseArn } from './arn.js';
import type { SetupError } from '../errors.js';
import { usageError } from '../errors.js';
import type { ModelGoal, PolicyGoal } from '../goal.js';
import { scopedPolicy } from './scoped-policy.js';
import type { PolicyChoice } from '../settings.js';
import { fillTemplate } from '../text/template.js';

/** Name of the inline policy. A policy of this name is this tool's, on whatever role it is. */
export const inlinePolicyName = 'OpenClawBedrock';

/** What Systems Manager's agent needs on the instance; a policy managed by AWS. */
export const ssmPolicyName = 'AmazonSSMManagedInstanceCore';

/** The policy that OpenClaw's documentation attaches: far more than is needed. */
export const fullAccessPolicyName = 'AmazonBedrockFullAccess';

/** AWS's own policies that already let a role list and invoke every model. */
const sufficientPolicies = [
  fullAccessPolicyName,
  'AmazonBedrockLimitedAccess',
  'PowerUserAccess',
  'AdministratorAccess',
] as const;

/** ARN of a policy that AWS manages. */
export function awsManagedPolicyArn(partition: string, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}

/** Whether an attached policy already gives what {@link invokePolicy} gives. */
export function isSufficientPolicy(policyArn: string): boolean {
  const arn = parseArn(policyArn);
  if (arn?.service !== 'iam' || arn.account !== 'aws') return false;
  return sufficientPolicies.some((name) => arn.resource === `policy/${name}`);
}

/** Least privilege for any model: invoke, with and without streaming, and list what there is to invoke. */
export function invokePolicy(identity: Identity, region: string): JsonObject {
  const { partition, account } = identity;
  return fillTemplate(invokeTemplate, { partition, account, region });
}

/**
 * The rights that the settings ask for, on this account. Throws MODEL_NEEDED for `scoped` without a model and
 * POLICY_NOT_IN_ACCOUNT for a managed policy that cannot be attached here.
 */
export function policyGoal(
  choice: PolicyChoice,
  identity: Identity,
  region: string,
  model: ModelGoal | null,
): PolicyGoal {
  const { partition } = identity;
  if (choice.kind === 'managed') return { kind: 'managed', arn: attachableArn(choice.arn, identity) };
  if (choice.kind === 'full-access') {
    return { kind: 'managed', arn: awsManagedPolicyArn(partition, fullAccessPolicyName) };
  }
  const arns = model?.arns ?? [];
  if (choice.kind === 'scoped' && arns.length === 0) throw modelNeeded(model);
  const document = choice.kind === 'scoped' ? scopedPolicy(arns, region) : invokePolicy(identity, region);
  return { kind: 'inline', name: inlinePolicyName, document };
}

function modelNeeded(model: ModelGoal | null): SetupError {
  if (model === null) {
    return usageError(
      'MODEL_NEEDED',
      '--policy scoped was given without --model',
      'a scoped policy names the models that may be called',
      'add --model, e.g. --model us.amazon.nova-lite-v1:0, or use --policy invoke',
    );
  }
  return usageError(
    'MODEL_NOT_RESOLVED',
    `--policy scoped needs the ARNs of the models behind ${model.id}, which could not be looked up`,
    'a scoped policy names a model in every region that a call to it may reach',
    'allow bedrock:ListInferenceProfiles and bedrock:ListFoundationModels, or use --policy invoke',
  );
}

function attachableArn(policyArn: string, identity: Identity): string {
  const arn = parseArn(policyArn);
  const here =
    arn?.service === 'iam' &&
    arn.partition === identity.partition &&
    (arn.account === 'aws' || arn.account === identity.account);
  if (here) return policyArn;
  throw usageError(
    'POLICY_NOT_IN_ACCOUNT',
    `the policy ${policyArn} cannot be attached in the account ${identity.account} (partition ${identity.partition})`,
    'a role can only carry policies of its own account, or of AWS itself',
    `give one such as arn:${identity.partition}:iam::${identity.account}:policy/NAME`,
  );
}
