import { hasCode, saysText } from './aws-error.js';

/**
 * EC2 does not see an instance profile that IAM has just made; it does not tell "not yet" from "wrong".
 * Text as in terraform-provider-aws#27516 and aws-sdk-js-v3#5253: `Value (NAME) for parameter iamInstanceProfile.name is
 * invalid. Invalid IAM Instance Profile name`, or `.arn … Invalid IAM Instance Profile ARN`.
 */
function isProfileNotVisible(error: unknown): boolean {
  return hasCode(error, 'InvalidParameterValue') && saysText(error, 'Invalid IAM Instance Profile');
}

/**
 * EC2 sees the profile but not yet the role in it; permanent where the profile really has none.
 * Text as in hashicorp/terraform#2660: `IAM Instance Profile "ARN" has no associated IAM Roles`.
 */
export function isRoleNotInProfile(error: unknown): boolean {
  return hasCode(error, 'InvalidParameterValue') && saysText(error, 'has no associated IAM Roles');
}

/**
 * The same race behind EC2's second face; the code is shared with a permanent error, so the text decides.
 * Text as in terraform-provider-aws#12533: `… Code=InstanceIdentityProfileNotFound, Message=InstanceIdentityProfile not
 * found for the key: ACCOUNT/PROFILE…`.
 */
function isIdentityProfileNotFound(error: unknown): boolean {
  return hasCode(error, 'IncorrectState') && saysText(error, 'InstanceIdentityProfileNotFound');
}

/** IAM does not see a role that it has just made: `The role with name X cannot be found.` */
export function isRoleNotVisible(error: unknown): boolean {
  return hasCode(error, 'NoSuchEntity') && /the role with name .* cannot be found/iu.test(text(error));
}

/** IAM does not see an instance profile that it has just made: `Instance Profile X cannot be found.` */
export function isProfileNotFoundYet(error: unknown): boolean {
  return hasCode(error, 'NoSuchEntity') && /instance profile .* cannot be found/iu.test(text(error));
}

/** Whether asking EC2 again will help: it has not heard of the profile, or of the role in it, yet. */
export function isPropagating(error: unknown): boolean {
  return isProfileNotVisible(error) || isRoleNotInProfile(error) || isIdentityProfileNotFound(error);
}

/** The permanent face of `IncorrectState`: `There is an existing association for instance i-…`. */
export function isAlreadyAssociated(error: unknown): boolean {
  return hasCode(error, 'IncorrectState') && saysText(error, 'existing association');
}

/** The association that was named is gone or has been replaced meanwhile (aws-cli#2570, aws-cli#5251). */
export function isStaleAssociation(error: unknown): boolean {
  return (
    hasCode(error, 'InvalidAssociationID.NotFound') ||
    (hasCode(error, 'InvalidParameterValue') && saysText(error, 'associationId')) ||
    (hasCode(error, 'IncorrectState') && saysText(error, 'is not the active association'))
  );
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
