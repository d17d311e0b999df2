import { describe, expect, it } from 'vitest';
import { hasHiddenPath, policySource } from '../../../src/core/policy/principal.js';

describe('whose policies decide', () => {
  it.each([
    ['a user', 'arn:aws:iam::111122223333:user/team/me', 'arn:aws:iam::111122223333:user/team/me'],
    [
      'the role of a session',
      'arn:aws-us-gov:sts::111122223333:assumed-role/Admin/me@example.com',
      'arn:aws-us-gov:iam::111122223333:role/Admin',
    ],
  ])('is %s', (_who, caller, source) => {
    expect(policySource(caller)?.arn).toBe(source);
  });

  it.each([
    ['the root user', 'arn:aws:iam::111122223333:root'],
    ['a federated user', 'arn:aws:sts::111122223333:federated-user/me'],
    ['no ARN', 'me'],
  ])('cannot be told for %s', (_who, caller) => {
    expect(policySource(caller)).toBeNull();
  });

  it('is a role under a path for single sign-on only', () => {
    const sso = policySource('arn:aws:sts::1:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/me');
    const plain = policySource('arn:aws:sts::1:assumed-role/Admin/me');
    expect([sso, plain].map((source) => source !== null && hasHiddenPath(source))).toEqual([true, false]);
  });
});
