import { describe, expect, it } from 'vitest';
import {
  isAlreadyAssociated,
  isPropagating,
  isRoleNotVisible,
  isStaleAssociation,
} from '../../../src/core/failure/transient.js';

function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

const byName =
  'Value (EC2-Bedrock-Access) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name';
const byArn =
  'Value (arn:aws:iam::111122223333:instance-profile/X) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN';
const noRole =
  'IAM Instance Profile "arn:aws:iam::111122223333:instance-profile/X" has no associated IAM Roles';
const notFound =
  'ResultDetail: { Code=InstanceIdentityProfileNotFound, Message=InstanceIdentityProfile not found for the key: 111122223333/X }';
const existing = 'There is an existing association for instance i-0abc1234def567890';

describe('isPropagating', () => {
  it.each([
    ['InvalidParameterValue', byName, true],
    ['InvalidParameterValue', byArn, true],
    ['InvalidParameterValue', noRole, true],
    ['IncorrectState', notFound, true],
    ['IncorrectState', existing, false],
    ['IncorrectInstanceState', "The instance 'i-0abc' is not in the 'running' or 'stopped' states.", false],
    ['InvalidParameterValue', 'Invalid value for associationId.', false],
    ['UnauthorizedOperation', `You are not authorized. ${byName}`, false],
    ['AccessDenied', noRole, false],
  ])('%s: %s -> %s', (name, message, expected) => {
    expect(isPropagating(awsError(name, message))).toBe(expected);
  });
});

describe('isRoleNotVisible', () => {
  it('knows a role that IAM does not see yet, by either form of the error', () => {
    const text = 'The role with name EC2-Bedrock-Access cannot be found.';
    expect(isRoleNotVisible(awsError('NoSuchEntityException', text))).toBe(true);
    expect(isRoleNotVisible(Object.assign(awsError('Error', text), { Code: 'NoSuchEntity' }))).toBe(true);
  });

  it('does not take a missing profile, or a denial, for it', () => {
    expect(isRoleNotVisible(awsError('NoSuchEntityException', 'Instance Profile X cannot be found.'))).toBe(
      false,
    );
    expect(isRoleNotVisible(awsError('AccessDenied', 'The role with name X cannot be found.'))).toBe(false);
    expect(isRoleNotVisible('The role with name X cannot be found.')).toBe(false);
  });
});

describe('the permanent faces', () => {
  it('tells an existing association from a profile that is not known yet', () => {
    expect(isAlreadyAssociated(awsError('IncorrectState', existing))).toBe(true);
    expect(isAlreadyAssociated(awsError('IncorrectState', notFound))).toBe(false);
  });

  it.each([
    ['InvalidAssociationID.NotFound', 'An invalid association-id was given'],
    ['InvalidParameterValue', 'Invalid value for associationId.'],
    ['IncorrectState', 'The association iip-assoc-1 is not the active association'],
  ])('%s: %s is a stale association', (name, message) => {
    expect(isStaleAssociation(awsError(name, message))).toBe(true);
    expect(isPropagating(awsError(name, message))).toBe(false);
  });

  it('does not take any wrong value for a stale association', () => {
    expect(isStaleAssociation(awsError('InvalidParameterValue', byName))).toBe(false);
  });
});
