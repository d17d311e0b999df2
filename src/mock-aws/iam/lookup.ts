import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';
import type { Context } from '../service.js';
import type { InstanceProfile, Role } from './state.js';
import { nameParameter } from './limits.js';

/** The role that a request names. Throws `NoSuchEntity` when there is none. */
export function findRole(parameters: Parameters, context: Context): Role {
  const name = nameParameter(parameters, 'RoleName', 64);
  const role = Object.hasOwn(context.state.roles, name) ? context.state.roles[name] : undefined;
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** The instance profile that a request names. Throws `NoSuchEntity` when there is none. */
export function findInstanceProfile(parameters: Parameters, context: Context): InstanceProfile {
  const name = nameParameter(parameters, 'InstanceProfileName', 128);
  const profiles = context.state.instanceProfiles;
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return profile;
}

/** IAM's 404. */
export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, 404);
}

/** IAM's 409 for a name that is taken. */
export function entityAlreadyExists(message: string): AwsError {
  return new AwsError('EntityAlreadyExists', message, 409);
}

/** IAM's 409 for a quota. */
export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', message, 409);
}

/** IAM's 409 for something that is still in use. */
export function deleteConflict(what: string): AwsError {
  return new AwsError('DeleteConflict', `Cannot delete entity, must ${what} first.`, 409);
}

/** A role's ARN, of a role that may not exist: what permissions are checked on. */
export function roleResource(parameters: Parameters, context: Context): string {
  const name = parameters.get('RoleName') ?? '';
  const known = Object.hasOwn(context.state.roles, name) ? context.state.roles[name] : undefined;
  return known?.arn ?? iamArn(context, `role${parameters.get('Path') ?? '/'}${name}`);
}

/** An instance profile's ARN, likewise. */
export function instanceProfileResource(parameters: Parameters, context: Context): string {
  const name = parameters.get('InstanceProfileName') ?? '';
  const profiles = context.state.instanceProfiles;
  const known = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  return known?.arn ?? iamArn(context, `instance-profile${parameters.get('Path') ?? '/'}${name}`);
}

/** `arn:PARTITION:iam::ACCOUNT:…` */
export function iamArn(context: Pick<Context, 'settings'>, resource: string): string {
  return `arn:${context.settings.partition}:iam::${context.settings.account}:${resource}`;
}
