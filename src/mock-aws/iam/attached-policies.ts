import { findManagedPolicy } from '../policy/managed.js';
import type { Parameters } from '../query/parameters.js';
import type { QueryOperation } from '../query/query-service.js';
import type { Context } from '../service.js';
import type { ManagedPolicy } from './state.js';
import { ATTACHED_POLICIES_PER_ROLE, requiredParameter } from './limits.js';
import { findRole, limitExceeded, noSuchEntity, roleResource } from './lookup.js';
import { encodeDocument, page, secondTime } from './view.js';

/** The operations on managed policies, and on the ones that roles hold. */
export const attachedPolicyOperations: Readonly<Record<string, QueryOperation>> = {
  AttachRolePolicy: { mutating: true, resource: roleResource, run: attachRolePolicy },
  DetachRolePolicy: { mutating: true, resource: roleResource, run: detachRolePolicy },
  ListAttachedRolePolicies: { mutating: false, resource: roleResource, run: listAttachedRolePolicies },
  GetPolicy: { mutating: false, resource: policyResource, run: getPolicy },
  GetPolicyVersion: { mutating: false, resource: policyResource, run: getPolicyVersion },
};

function policyResource(parameters: Parameters): string {
  return parameters.get('PolicyArn') ?? '*';
}

function attachRolePolicy(parameters: Parameters, context: Context): undefined {
  const role = findRole(parameters, context);
  const arn = requiredParameter(parameters, 'PolicyArn');
  if (findManagedPolicy(arn, context.state, context.settings) === undefined) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
  if (role.attachedPolicies.some((policy) => policy.arn === arn)) return;
  if (role.attachedPolicies.length >= ATTACHED_POLICIES_PER_ROLE) {
    throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${ATTACHED_POLICIES_PER_ROLE}`);
  }
  role.attachedPolicies.push({ arn, attachedAt: context.now() });
}

function detachRolePolicy(parameters: Parameters, context: Context): undefined {
  const role = findRole(parameters, context);
  const arn = requiredParameter(parameters, 'PolicyArn');
  const kept = role.attachedPolicies.filter((policy) => policy.arn !== arn);
  if (kept.length === role.attachedPolicies.length) throw noSuchEntity(`Policy ${arn} was not found.`);
  role.attachedPolicies = kept;
}

function listAttachedRolePolicies(parameters: Parameters, context: Context) {
  const attached = findRole(parameters, context).attachedPolicies.map(({ arn }) => ({
    PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
    PolicyArn: arn,
  }));
  return page('AttachedPolicies', attached, parameters);
}

function getPolicy(parameters: Parameters, context: Context) {
  const policy = findPolicy(parameters, context);
  const roles = Object.values(context.state.roles);
  return {
    Policy: {
      PolicyName: policy.name,
      PolicyId: policy.id,
      Arn: policy.arn,
      Path: policy.path,
      DefaultVersionId: policy.versionId,
      AttachmentCount: roles.filter((role) => role.attachedPolicies.some(({ arn }) => arn === policy.arn))
        .length,
      PermissionsBoundaryUsageCount: roles.filter((role) => role.permissionsBoundary === policy.arn).length,
      IsAttachable: true,
      CreateDate: secondTime(policy.createdAt),
      UpdateDate: secondTime(policy.createdAt),
    },
  };
}

function getPolicyVersion(parameters: Parameters, context: Context) {
  const policy = findPolicy(parameters, context);
  const version = requiredParameter(parameters, 'VersionId');
  if (version !== policy.versionId)
    throw noSuchEntity(`Policy ${policy.arn} version ${version} does not exist.`);
  return {
    PolicyVersion: {
      Document: encodeDocument(policy.document),
      VersionId: version,
      IsDefaultVersion: true,
      CreateDate: secondTime(policy.createdAt),
    },
  };
}

function findPolicy(parameters: Parameters, context: Context): ManagedPolicy {
  const arn = requiredParameter(parameters, 'PolicyArn');
  const policy = findManagedPolicy(arn, context.state, context.settings);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}
