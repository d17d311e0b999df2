import type { CatalogueEntry } from './entry.js';

const notVisible =
  'EC2 does not see the instance profile {profileName}: either IAM made it so recently that EC2 has not heard of it, or there is none of that name';

/** Failures of IAM and EC2 while the role is made and attached. */
export const attachingFailures: readonly CatalogueEntry[] = [
  {
    code: 'PROFILE_NOT_VISIBLE',
    matchers: [
      {
        text: 'Value ({profileName}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
      },
      {
        text: 'Value ({profileName}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN',
      },
      { text: 'Invalid IAM Instance Profile' },
    ],
    cause: notVisible,
    who: 'wait',
    fix: 'run the same command again; if it stays, look for the profile with: aws iam get-instance-profile --instance-profile-name {profileName}{profileFlag}',
    waitSeconds: 180,
  },
  {
    code: 'PROFILE_HAS_NO_ROLE',
    matchers: [{ text: 'IAM Instance Profile … has no associated IAM Roles' }],
    cause:
      'the instance profile {profileName} holds no role, or EC2 has not yet heard of the one that was just put into it',
    who: 'wait',
    fix: 'run the same command again: it puts the role into the profile when it is missing, and waits for EC2',
    waitSeconds: 180,
  },
  {
    code: 'PROFILE_NOT_FOUND_YET',
    matchers: [
      { text: 'InstanceIdentityProfileNotFound' },
      { text: 'InstanceIdentityProfile not found for the key' },
    ],
    cause: notVisible,
    who: 'wait',
    fix: 'run the same command again in a minute; nothing is made twice',
    waitSeconds: 180,
  },
  {
    code: 'ALREADY_ASSOCIATED',
    matchers: [{ text: 'There is an existing association for instance {instanceId}' }],
    cause: 'the instance {instanceId} already has an instance profile, and an instance holds one',
    who: 'you',
    fix: 'run the same command again: it keeps that profile and adds the Bedrock policy to its role; --replace-profile replaces it',
  },
  {
    code: 'NOT_ACTIVE_ASSOCIATION',
    matchers: [{ text: 'The association {association} is not the active association' }],
    cause:
      'EC2 refuses to replace the association {association} because it is not the active one, which happens on a stopped instance',
    who: 'you',
    fix: 'start the instance {instanceId}, or take the profile off and attach the other: aws ec2 disassociate-iam-instance-profile --association-id {association} --region {region}{profileFlag}, then run this again',
  },
  {
    code: 'INSTANCE_WRONG_STATE',
    matchers: [
      { names: ['IncorrectInstanceState'] },
      { text: "is not in the 'running' or 'stopped' states" },
    ],
    cause:
      'a profile can be attached only to an instance that is running or stopped; {instanceId} is neither at the moment',
    who: 'you',
    fix: 'wait until the instance {instanceId} is running or stopped, or name another one with --instance-id',
  },
  {
    code: 'INSTANCE_NOT_FOUND',
    matchers: [{ names: ['InvalidInstanceID.NotFound'] }, { names: ['InvalidInstanceID.Malformed'] }],
    cause: 'the account {account} has no instance {instanceId} in {region}',
    who: 'you',
    fix: "check the id, name the instance's region with --region, or the account's profile with --profile; what is there: aws ec2 describe-instances --region {region}{profileFlag}",
  },
  {
    code: 'NAME_TAKEN',
    matchers: [{ names: ['EntityAlreadyExists'] }, { text: 'with name {taken} already exists' }],
    cause:
      "something of that name is already in the account {account}: left by a run that broke off, or somebody else's",
    who: 'you',
    fix: 'run the same command again: what fits is taken as it is; for a namesake choose another name with --role-name',
  },
  {
    code: 'PROFILE_OCCUPIED',
    matchers: [{ text: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile' }],
    cause:
      'the instance profile {profileName} already holds another role than {roleName}, and a profile holds one',
    who: 'you',
    fix: 'choose another name with --role-name, or look which role it is: aws iam get-instance-profile --instance-profile-name {profileName}{profileFlag}',
  },
  {
    code: 'PROFILE_QUOTA',
    matchers: [{ text: 'Cannot exceed quota for InstanceProfilesPerAccount' }],
    cause: 'the account {account} has as many instance profiles as its quota allows',
    who: 'admin',
    fix: 'use one profile for all instances by giving --role-name the name of one that exists, remove unused profiles, or raise the quota in Service Quotas',
  },
  {
    code: 'POLICY_NOT_FOUND',
    matchers: [
      { names: ['NoSuchEntity'], text: 'Policy {policy} does not exist or is not attachable' },
      { names: ['NoSuchEntity'], text: 'Scope ARN: {policy} does not exist or is not attachable' },
      { names: ['NoSuchEntity'], text: 'Policy {policy} was not found' },
    ],
    cause: 'there is no managed policy {policy} in the account {account} or in its partition',
    who: 'you',
    fix: 'look the ARN up (aws iam list-policies), give the right one with --policy or --permissions-boundary, and run the same command again',
  },
  {
    code: 'ROLE_PROTECTED',
    matchers: [{ text: "operation on the protected role '{fullRole}" }, { names: ['UnmodifiableEntity'] }],
    cause: 'the role of the instance belongs to a service of AWS, and only that may change it',
    who: 'you',
    fix: 'give the instance a role of its own instead: add --replace-profile',
  },
  {
    code: 'ROLE_POLICY_SIZE',
    matchers: [{ text: 'Maximum policy size of {bytes} bytes exceeded for role {fullRole}' }],
    cause:
      'the inline policies of the role {fullRole} may have {bytes} bytes together, which no quota raises',
    who: 'admin',
    fix: 'remove what it does not need any more (aws iam list-role-policies --role-name {fullRole}{profileFlag}), or give a managed policy: --policy ARN',
  },
  {
    code: 'IAM_QUOTA',
    matchers: [{ names: ['LimitExceeded'] }, { text: 'Cannot exceed quota for {quota}:' }],
    cause: 'the account {account} has reached a quota of IAM, which the message names',
    who: 'admin',
    fix: 'remove what is not used any more, or raise the quota in Service Quotas',
  },
  {
    code: 'IN_USE',
    matchers: [{ names: ['DeleteConflict'] }, { text: 'Cannot delete entity, must …' }],
    cause: 'something else still uses it, so IAM keeps it',
    who: 'you',
    fix: 'take it out of use first, then run undo again; what was kept stays in the receipt',
  },
];
