import invokeTemplate from '../../templates/iam/invoke.json' with { type: 'json' };
import { partitionOfRegion } from '../core/model/bedrock-regions.js';
import type { ModelGoal, PolicyGoal } from '../core/goal.js';
import { managedByTag } from '../core/account/ownership.js';
import {
  awsManagedPolicyArn,
  fullAccessPolicyName,
  inlinePolicyName,
  policyGoal,
  ssmPolicyName,
} from '../core/policy/policies.js';
import { ec2TrustPolicy } from '../core/policy/policy-document.js';
import type { Settings } from '../core/settings.js';
import type { Tags } from '../ports/iam.js';
import type { JsonObject } from '../ports/json.js';
import { roleDescription } from '../steps/cloud/iam-role.js';

/** Stands for the partition, or the account, in which infrastructure code is applied. */
export const placeholder = { partition: '{{partition}}', account: '{{account}}' } as const;

/**
 * The role as infrastructure code makes it: what the steps make, in whatever account. In the policy document and the ARNs
 * of managed policies a {@link placeholder} may stand.
 */
export interface RoleDesign {
  readonly name: string;
  readonly description: string;
  readonly trustPolicy: JsonObject;
  readonly permissionsBoundary: string | null;
  readonly tags: Tags;
  readonly inline: { readonly name: string; readonly document: JsonObject } | null;
  readonly managedPolicies: readonly string[];
}

/**
 * The rights that the settings ask for, in whatever account and partition. Throws MODEL_NEEDED and MODEL_NOT_RESOLVED for
 * `scoped` without a model's ARNs. `region` only counts for `scoped`.
 */
function portablePolicy(settings: Settings, region: string, model: ModelGoal | null): PolicyGoal {
  const { policy } = settings;
  if (policy.kind === 'invoke') return { kind: 'inline', name: inlinePolicyName, document: invokeTemplate };
  if (policy.kind === 'managed') return policy;
  if (policy.kind === 'full-access')
    return { kind: 'managed', arn: awsManagedPolicyArn(placeholder.partition, fullAccessPolicyName) };
  return policyGoal(policy, { account: '', partition: partitionOfRegion(region), arn: '' }, region, model);
}

/** What infrastructure code makes for these settings. Throws MODEL_NEEDED and MODEL_NOT_RESOLVED as {@link policyGoal}. */
export function roleDesign(settings: Settings, region: string, model: ModelGoal | null): RoleDesign {
  const policy = portablePolicy(settings, region, model);
  const ssm = settings.ssm ? [awsManagedPolicyArn(placeholder.partition, ssmPolicyName)] : [];
  return {
    name: settings.roleName,
    description: roleDescription,
    trustPolicy: ec2TrustPolicy,
    permissionsBoundary: settings.permissionsBoundary,
    tags: { ...settings.resourceTags, [managedByTag.key]: managedByTag.value },
    inline: policy.kind === 'inline' ? policy : null,
    managedPolicies: [...(policy.kind === 'managed' ? [policy.arn] : []), ...ssm],
  };
}
