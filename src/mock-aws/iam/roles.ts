import { authorise } from '../authorisation.js';
import { iamErrors } from './errors.js';
import { findManagedPolicy } from '../policy/managed.js';
import type { Parameters } from '../query/parameters.js';
import type { QueryOperation } from '../query/query-service.js';
import type { Context } from '../service.js';
import type { Role } from './state.js';
import { mergeTags, nameParameter, pathParameter, requiredParameter } from './limits.js';
import {
  deleteConflict,
  entityAlreadyExists,
  findRole,
  iamArn,
  noSuchEntity,
  roleResource,
} from './lookup.js';
import { normaliseTrustPolicy } from './trust-policy.js';
import { page, roleView, tagsView } from './view.js';

/** The operations on roles themselves. */
export const roleOperations: Readonly<Record<string, QueryOperation>> = {
  CreateRole: { mutating: true, resource: roleResource, run: createRole },
  GetRole: {
    mutating: false,
    resource: roleResource,
    run: (parameters, context) => ({ Role: roleView(findRole(parameters, context)) }),
  },
  ListRoles: { mutating: false, run: listRoles },
  DeleteRole: { mutating: true, resource: roleResource, run: deleteRole },
  UpdateAssumeRolePolicy: {
    mutating: true,
    resource: roleResource,
    run: (parameters, context) => {
      const role = findRole(parameters, context);
      role.trustPolicy = normaliseTrustPolicy(requiredParameter(parameters, 'PolicyDocument'));
      return undefined;
    },
  },
  TagRole: {
    mutating: true,
    resource: roleResource,
    run: (parameters, context) => {
      const role = findRole(parameters, context);
      role.tags = mergeTags(role.tags, parameters);
      return undefined;
    },
  },
  UntagRole: {
    mutating: true,
    resource: roleResource,
    run: (parameters, context) => {
      const role = findRole(parameters, context);
      for (const key of parameters.list('TagKeys')) delete role.tags[key];
      return undefined;
    },
  },
  ListRoleTags: {
    mutating: false,
    resource: roleResource,
    run: (parameters, context) => ({
      Tags: tagsView(findRole(parameters, context).tags),
      IsTruncated: false,
    }),
  },
};

function createRole(parameters: Parameters, context: Context) {
  const roleName = nameParameter(parameters, 'RoleName', 64);
  const path = pathParameter(parameters);
  const trustPolicy = normaliseTrustPolicy(requiredParameter(parameters, 'AssumeRolePolicyDocument'));
  const boundary = parameters.get('PermissionsBoundary');
  if (boundary !== undefined) requireBoundary(boundary, context);
  if (isTaken(roleName, context)) throw entityAlreadyExists(`Role with name ${roleName} already exists.`);
  const description = parameters.get('Description');
  const arn = iamArn(context, `role${path}${roleName}`);
  const tags = mergeTags({}, parameters);
  // Service Authorization Reference: tags at the creation are a right of their own.
  if (Object.keys(tags).length > 0) authorise(context, iamErrors, 'iam:TagRole', arn);
  const role: Role = {
    roleName,
    roleId: context.ids.unique('AROA'),
    path,
    arn,
    createdAt: context.now(),
    trustPolicy,
    ...(description === undefined ? {} : { description }),
    maxSessionSeconds: parameters.integer('MaxSessionDuration') ?? 3600,
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    tags,
    inlinePolicies: {},
    attachedPolicies: [],
  };
  context.state.roles[roleName] = role;
  return { Role: roleView(role) };
}

function isTaken(roleName: string, context: Context): boolean {
  // IAM's names are unique without regard to case.
  return Object.keys(context.state.roles).some((name) => name.toLowerCase() === roleName.toLowerCase());
}

function requireBoundary(arn: string, context: Context): void {
  if (findManagedPolicy(arn, context.state, context.settings) === undefined) {
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  }
}

function listRoles(parameters: Parameters, context: Context) {
  const prefix = parameters.get('PathPrefix') ?? '/';
  const roles = Object.values(context.state.roles)
    .filter((role) => role.path.startsWith(prefix))
    .toSorted((left, right) => left.roleName.localeCompare(right.roleName));
  return page(
    'Roles',
    roles.map((role) => roleView(role, 'listed')),
    parameters,
  );
}

function deleteRole(parameters: Parameters, context: Context): undefined {
  const role = findRole(parameters, context);
  const profiles = Object.values(context.state.instanceProfiles);
  if (profiles.some((profile) => profile.roles.some(({ roleName }) => roleName === role.roleName))) {
    throw deleteConflict('remove roles from instance profile');
  }
  if (role.attachedPolicies.length > 0) throw deleteConflict('detach all policies');
  if (Object.keys(role.inlinePolicies).length > 0) throw deleteConflict('delete policies');
  delete context.state.roles[role.roleName];
}
