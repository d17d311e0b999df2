import { describe, expect, it } from 'vitest';
import type { Denial } from '../../src/failures/denial.js';
import { denialFix, parseDenial } from '../../src/failures/denial.js';

const role = 'arn:aws:sts::111122223333:assumed-role/Deployer/alice';
const target = 'arn:aws:iam::111122223333:role/EC2-Bedrock-Access';

function refusal(reason: string, user = role): string {
  return `User: ${user} is not authorized to perform: iam:CreateRole on resource: ${target} ${reason}`;
}

function parsed(message: string): Denial {
  const denial = parseDenial(message);
  if (denial === null) throw new Error(`no denial: ${message}`);
  return denial;
}

/** The wordings of "Troubleshoot access denied error messages" in the IAM user guide. */
const reasons: readonly (readonly [string, Denial['tail'], boolean])[] = [
  ['because no identity-based policy allows the iam:CreateRole action', 'identity policy', false],
  ['with an explicit deny in an identity-based policy', 'identity policy', true],
  ['because no service control policy allows the iam:CreateRole action', 'service control policy', false],
  [
    'with an explicit deny in a service control policy: arn:aws:organizations::9:policy/o-x/p-x',
    'service control policy',
    true,
  ],
  ['because of an explicit deny in service control policies', 'service control policy', true],
  ['because no resource control policy allows the iam:CreateRole action', 'resource control policy', false],
  ['with an explicit deny in a resource control policy', 'resource control policy', true],
  ['because no permissions boundary allows the iam:CreateRole action', 'permissions boundary', false],
  ['with an explicit deny in a permissions boundary', 'permissions boundary', true],
  ['because no session policy allows the iam:CreateRole action', 'session policy', false],
  ['with an explicit deny in a session policy', 'session policy', true],
  ['because no VPC endpoint policy allows the iam:CreateRole action', 'VPC endpoint policy', false],
  ['with an explicit deny in a VPC endpoint policy', 'VPC endpoint policy', true],
  ['because no resource-based policy allows the iam:CreateRole action', 'resource policy', false],
  ['with an explicit deny in a resource-based policy', 'resource policy', true],
  ['', 'unknown', false],
  ['with an explicit deny', 'unknown', true],
];

describe('a refusal taken apart', () => {
  it.each(reasons)('%j: %s', (reason, tail, explicit) => {
    expect(parseDenial(refusal(reason))).toEqual({
      principal: role,
      action: 'iam:CreateRole',
      resource: target,
      tail,
      explicit,
    });
  });

  it('names no caller where AWS names none', () => {
    const message = `Caller is not authorized to perform: ec2:RunInstances on resource: ${target}`;
    expect(parsed(message)).toMatchObject({ principal: null, action: 'ec2:RunInstances', resource: target });
  });

  it('names no resource where AWS names none', () => {
    const message = `User: ${role} is not authorized to perform: ec2:DescribeInstances because no identity-based policy allows the action`;
    expect(parsed(message)).toMatchObject({
      action: 'ec2:DescribeInstances',
      resource: null,
      tail: 'identity policy',
    });
  });

  it.each([`${target}.`, `${target},`, `${target};`])(
    'takes the mark behind %s for AWS’s, not the ARN’s',
    (text) => {
      const message = `is not authorized to perform: iam:CreateRole on resource: ${text}`;
      expect(parsed(message).resource).toBe(target);
    },
  );

  it('keeps full stops within an ARN', () => {
    const dotted = 'arn:aws:iam::111122223333:user/a.b@example.com';
    const message = `is not authorized to perform: iam:GetUser on resource: ${dotted} because`;
    expect(parsed(message).resource).toBe(dotted);
  });

  it('reads what stands behind words of the caller’s own, on several lines and in capitals', () => {
    const message = `Denied.\n${refusal('because no\nsession policy allows it').toUpperCase()}`;
    expect(parsed(message)).toMatchObject({ action: 'IAM:CREATEROLE', tail: 'session policy' });
  });

  it('reads actions of services with a hyphen, and all actions', () => {
    expect(parsed('is not authorized to perform: aws-marketplace:Subscribe').action).toBe(
      'aws-marketplace:Subscribe',
    );
    expect(parsed('is not authorized to perform: ec2:*').action).toBe('ec2:*');
  });

  it.each([
    '',
    'Access Denied',
    'You are not authorized to perform this operation.',
    'is not authorized to perform: something',
  ])('%j is none', (message) => {
    expect(parseDenial(message)).toBeNull();
  });
});

/** What to do, per refusal. */
const advice: readonly (readonly [string, string])[] = [
  [
    refusal('because no identity-based policy allows the iam:CreateRole action'),
    `add this statement to a policy of the role Deployer: {"Effect":"Allow","Action":"iam:CreateRole","Resource":"${target}"}`,
  ],
  [
    refusal('', 'arn:aws:iam::111122223333:user/alice'),
    `add this statement to a policy of the user alice: {"Effect":"Allow","Action":"iam:CreateRole","Resource":"${target}"}`,
  ],
  [
    refusal('with an explicit deny in an identity-based policy', 'arn:aws:iam::111122223333:user/ops/alice'),
    `remove the Deny for iam:CreateRole on ${target} from the policies of the user ops/alice`,
  ],
  [
    'is not authorized to perform: ec2:DescribeInstances',
    'add this statement to a policy of the caller: {"Effect":"Allow","Action":"ec2:DescribeInstances","Resource":"*"}',
  ],
  [
    'is not authorized to perform: ec2:DescribeInstances with an explicit deny',
    'remove the Deny for ec2:DescribeInstances from the policies of the caller',
  ],
  [
    refusal('with an explicit deny in a service control policy'),
    `ask whoever owns the service control policy to exempt iam:CreateRole on ${target} from the Deny in it; a change to the policies of the role Deployer does not help`,
  ],
  [
    refusal('because no permissions boundary allows the action', 'arn:aws:iam::111122223333:root'),
    `ask whoever owns the permissions boundary to allow iam:CreateRole on ${target} in it; a change to the policies of arn:aws:iam::111122223333:root does not help`,
  ],
  [
    'User: AIDAEXAMPLE is not authorized to perform: iam:GetUser because no session policy allows the action',
    'ask whoever owns the session policy to allow iam:GetUser in it; a change to the policies of AIDAEXAMPLE does not help',
  ],
];

describe('what to do about a refusal', () => {
  it.each(advice)('%s', (message, fix) => {
    expect(denialFix(parsed(message), 'gateway')).toBe(fix);
  });

  it('calls a federated user by its ARN, having no policies of its own', () => {
    const federated = 'arn:aws:sts::111122223333:federated-user/alice';
    expect(denialFix(parsed(refusal('', federated)), 'operator')).toContain(`a policy of ${federated}:`);
  });
});
