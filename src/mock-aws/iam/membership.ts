import { authorise } from '../authorisation.js';
import type { Parameters } from '../query/parameters.js';
import type { QueryOperation } from '../query/query-service.js';
import type { Context } from '../service.js';
import {
  findInstanceProfile,
  findRole,
  instanceProfileResource,
  limitExceeded,
  noSuchEntity,
} from './lookup.js';
import { iamErrors } from './errors.js';

/** The operations on the role inside an instance profile. */
export const membershipOperations: Readonly<Record<string, QueryOperation>> = {
  AddRoleToInstanceProfile: { mutating: true, resource: instanceProfileResource, run: addRole },
  RemoveRoleFromInstanceProfile: { mutating: true, resource: instanceProfileResource, run: removeRole },
};

function addRole(parameters: Parameters, context: Context): undefined {
  const profile = findInstanceProfile(parameters, context);
  const role = findRole(parameters, context);
  authorise(context, iamErrors, 'iam:PassRole', role.arn, { 'iam:PassedToService': 'ec2.amazonaws.com' });
  if (profile.roles.length > 0)
    throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
  profile.roles.push({ roleName: role.roleName, addedAt: context.now() });
}

function removeRole(parameters: Parameters, context: Context): undefined {
  const profile = findInstanceProfile(parameters, context);
  const role = findRole(parameters, context);
  const kept = profile.roles.filter(({ roleName }) => roleName !== role.roleName);
  if (kept.length === profile.roles.length) {
    throw noSuchEntity(`The role with name ${role.roleName} cannot be found.`);
  }
  profile.roles = kept;
}
