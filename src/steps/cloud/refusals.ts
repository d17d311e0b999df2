import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';

/** Something was changed after this tool had left it, so it stays: CHANGED_SINCE. */
export function changedSince(what: string, fix: string): SetupError {
  return failure(
    'CHANGED_SINCE',
    `${what}, so it is left as it is`,
    'undo only takes back what is still as this tool left it',
    fix,
  );
}

/** Something that this tool made is used by others now, so it stays: IN_USE. */
export function inUse(what: string, fix: string): SetupError {
  return failure('IN_USE', `${what}, so it is kept`, 'taking it away would break whatever uses it', fix);
}

/** Whether anybody else uses it cannot be told, so it stays: USERS_UNKNOWN. */
export function usersUnknown(profileName: string, regions: readonly string[]): SetupError {
  return failure(
    'USERS_UNKNOWN',
    `whether an instance in ${regions.join(', ')} holds the instance profile ${profileName} cannot be told, so it is kept`,
    'profiles belong to the whole account, and taking it away would break an instance that holds it there',
    'run undo again with credentials that may call ec2:DescribeRegions and ec2:DescribeIamInstanceProfileAssociations in every region, where those can be reached',
  );
}

/** The profile already holds a role, and a profile holds one: PROFILE_OCCUPIED. */
export function profileOccupied(profileName: string, holds: string, wanted: string): SetupError {
  return failure(
    'PROFILE_OCCUPIED',
    `the instance profile ${profileName} already holds the role ${holds}, not ${wanted}`,
    'an instance profile holds one role, and swapping it would cut off whatever uses the profile',
    `choose another name with --role-name, or take ${holds} out of ${profileName} yourself`,
  );
}

/** The instance's profile gives it no role: PROFILE_HAS_NO_ROLE. */
export function profileHasNoRole(profileName: string, instanceId: string, exists: boolean): SetupError {
  return failure(
    'PROFILE_HAS_NO_ROLE',
    exists
      ? `the instance profile ${profileName} on ${instanceId} holds no role`
      : `the instance profile ${profileName} on ${instanceId} no longer exists in IAM`,
    'without a role the instance has no credentials, and there is nothing to give the Bedrock policy to',
    exists
      ? `add a role to ${profileName}, or pass --replace-profile to give ${instanceId} a profile of its own`
      : `pass --replace-profile to give ${instanceId} a profile of its own`,
  );
}

/** EC2 may not hand out the role: ROLE_TRUST_DIFFERS. */
export function roleTrustDiffers(roleName: string, fix: string): SetupError {
  return failure(
    'ROLE_TRUST_DIFFERS',
    `the role ${roleName} exists and does not trust ec2.amazonaws.com`,
    'EC2 could not hand its credentials to the instance, and a trust policy that others may rely on is not rewritten',
    fix,
  );
}

/** The managed policy that was named does not exist: POLICY_NOT_FOUND. */
export function policyNotFound(policyArn: string): SetupError {
  return failure(
    'POLICY_NOT_FOUND',
    `there is no managed policy ${policyArn}`,
    'a role can only carry a policy that exists in its account, or one of AWS itself',
    'look the ARN up (aws iam list-policies), give the right one with --policy, and run the same command again',
  );
}

/** The instance has another profile than the one that was looked at or wanted: ALREADY_ASSOCIATED. */
export function alreadyAssociated(instanceId: string, profileName: string): SetupError {
  return failure(
    'ALREADY_ASSOCIATED',
    `${instanceId} already has the instance profile ${profileName}`,
    'an instance holds one profile; replacing it takes away the rights that the profile gives',
    'run again to add the policy to its role (the default), or pass --replace-profile',
  );
}

/** EC2 did not hear of the profile within the bound: PROFILE_NOT_VISIBLE. */
export function profileNotVisible(profileName: string, seconds: number, cause: unknown): SetupError {
  return failure(
    'PROFILE_NOT_VISIBLE',
    `EC2 still does not accept the instance profile ${profileName} after ${seconds} seconds`,
    'either IAM has not told EC2 of it yet, which may take minutes, or the profile or the role in it was removed meanwhile; EC2 says the same in both cases',
    `run the same command again; if it stays like this, look with: aws iam get-instance-profile --instance-profile-name ${profileName}`,
    { cause },
  );
}
