import { describe, expect, it } from 'vitest';
import { missingRights, simulations } from '../../../src/core/policy/judge-rights.js';
import type { Right } from '../../../src/core/policy/operator-rights.js';
import type { SimulatedRight } from '../../../src/ports/rights.js';

const resource = 'arn:aws:iam::111122223333:role/x';
const right: Right = { part: 'Role', action: 'iam:CreateRole', resource, context: {} };

function simulated(more: Partial<SimulatedRight> = {}): SimulatedRight {
  return {
    action: 'iam:CreateRole',
    resource,
    decision: 'implicitDeny',
    missingKeys: [],
    byOrganization: null,
    byBoundary: null,
    policies: [],
    ...more,
  };
}

describe('a right is missing', () => {
  it('where nothing allows it', () => {
    expect(missingRights([right], [simulated()])).toEqual([
      { right, deniedBy: 'no policy of the caller allows it', explicit: false },
    ]);
  });

  it('where a Deny forbids it, with the policy named', () => {
    const answer = simulated({ decision: 'explicitDeny', policies: ['NoRoles'] });
    expect(missingRights([right], [answer])).toEqual([
      { right, deniedBy: 'a Deny in NoRoles', explicit: true },
    ]);
  });

  it('where the permissions boundary does not allow it', () => {
    expect(missingRights([right], [simulated({ byBoundary: false })])).toMatchObject([
      { deniedBy: 'the permissions boundary of the caller', explicit: true },
    ]);
  });
});

describe('a right is not said to be missing', () => {
  it.each([
    ['it is allowed', [simulated({ decision: 'allowed' })]],
    ['a condition key was not given', [simulated({ missingKeys: ['aws:RequestedRegion'] })]],
    [
      'a Deny needs a key that was not given',
      [simulated({ decision: 'explicitDeny', missingKeys: ['aws:MultiFactorAuthPresent'] })],
    ],
    ['only the organisation refuses', [simulated({ byOrganization: false })]],
    ['the answer is about another resource', [simulated({ resource: '*' })]],
    ['the answer is about another action', [simulated({ action: 'iam:PassRole' })]],
    ['there is no answer', []],
    ['two answers contradict each other', [simulated(), simulated({ decision: 'allowed' })]],
  ])('where %s', (_what, answers) => {
    expect(missingRights([right], answers)).toEqual([]);
  });
});

describe('the questions to the simulator', () => {
  const passRole: Right = {
    part: 'PassRole',
    action: 'iam:PassRole',
    resource,
    context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
  };
  const attach = (policy: string): Right => ({
    part: 'Attach',
    action: 'iam:AttachRolePolicy',
    resource,
    context: { 'iam:PolicyARN': policy },
  });

  it('are one, with every condition key', () => {
    expect(simulations([right, passRole, attach('a')], 'me')).toEqual([
      {
        principalArn: 'me',
        actions: ['iam:CreateRole', 'iam:PassRole', 'iam:AttachRolePolicy'],
        resources: [resource],
        context: { 'iam:PassedToService': 'ec2.amazonaws.com', 'iam:PolicyARN': 'a' },
      },
    ]);
  });

  it('are two where a key has two values', () => {
    const requests = simulations([attach('a'), attach('b'), passRole], 'me');
    expect(requests.map(({ context }) => context['iam:PolicyARN'])).toEqual(['a', 'b']);
  });
});
