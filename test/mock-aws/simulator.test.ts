import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultWorld, type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient, outcomeOf } from '../support/mock-aws.js';

const account = 'arn:aws:iam::111122223333';
const boundary = `${account}:policy/boundary`;
const statement = (Effect: string, Action: string, Resource = '*') => ({ Effect, Action, Resource });
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
let mock: MockAws;

beforeEach(async () => {
  const world = defaultWorld();
  const inlinePolicies = {
    p: document(statement('Allow', 's3:*'), statement('Deny', 's3:Put*', 'arn:aws:s3:::b/secret')),
  };
  mock = await startMockAws({
    world: {
      ...world,
      roles: [
        ...world.roles,
        { roleName: 'free', inlinePolicies },
        { roleName: 'bounded', inlinePolicies, permissionsBoundary: boundary },
        { roleName: 'lost', inlinePolicies, permissionsBoundary: `${account}:policy/absent` },
      ],
      policies: [{ arn: boundary, document: document(statement('Allow', 's3:Get*')) }],
    },
  });
});
afterEach(() => mock.stop());

async function simulate(
  PolicySourceArn: string,
  ActionNames: string[],
  rest: { ResourceArns?: string[]; ContextEntries?: object[] } = {},
) {
  const client = new IAMClient(operatorClient(mock));
  const answer = await client.send(
    new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ...rest }),
  );
  client.destroy();
  return answer.EvaluationResults ?? [];
}

describe('the policy simulator', () => {
  it.each([
    ['free', 's3:GetObject', 'allowed', undefined],
    ['free', 'iam:GetRole', 'implicitDeny', undefined],
    ['bounded', 's3:GetObject', 'allowed', true],
    ['bounded', 's3:ListBucket', 'implicitDeny', false],
    ['bounded', 'iam:GetRole', 'implicitDeny', false],
    ['lost', 's3:GetObject', 'implicitDeny', false],
  ])('decides for the role %s and %s: %s', async (role, action, decision, byBoundary) => {
    const [result] = await simulate(`${account}:role/${role}`, [action]);
    expect(result).toMatchObject({ EvalActionName: action, EvalResourceName: '*', EvalDecision: decision });
    expect(result?.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary).toBe(byBoundary);
    expect(result?.OrganizationsDecisionDetail?.AllowedByOrganizations).toBe(true);
  });

  it('gives of an action the worst of its resources, and each resource its own', async () => {
    const resources = ['arn:aws:s3:::b/open', 'arn:aws:s3:::b/secret', 'arn:aws:s3:::b/other'];
    const [result] = await simulate(`${account}:role/free`, ['s3:PutObject'], { ResourceArns: resources });
    expect(result).toMatchObject({ EvalResourceName: resources[1], EvalDecision: 'explicitDeny' });
    expect(result?.ResourceSpecificResults?.map((one) => one.EvalResourceDecision)).toStrictEqual([
      'allowed',
      'explicitDeny',
      'allowed',
    ]);
  });

  it('tells when the organization denies', async () => {
    mock.settings.serviceControlPolicies = [document(statement('Deny', 's3:Get*'))];
    const results = await simulate(`${account}:role/free`, ['s3:GetObject', 's3:ListBucket']);
    expect(
      results.map((one) => [one.EvalDecision, one.OrganizationsDecisionDetail?.AllowedByOrganizations]),
    ).toStrictEqual([
      ['implicitDeny', false],
      ['allowed', true],
    ]);
    const [operator] = await simulate(mock.settings.operator.arn, ['s3:GetObject']);
    expect(operator?.EvalDecision).toBe('implicitDeny');
  });

  it('heeds the keys that it is given', async () => {
    const role = mock.state.roles['free'];
    if (role === undefined) throw new Error('the role was seeded');
    const Condition = { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } };
    role.inlinePolicies = {
      p: { document: JSON.stringify(document({ ...statement('Allow', 's3:*'), Condition })), updatedAt: 0 },
    };
    const decided = async (...ContextEntries: object[]) =>
      (await simulate(role.arn, ['s3:GetObject'], { ContextEntries }))[0]?.EvalDecision;
    const region = (...ContextKeyValues: string[]) => ({
      ContextKeyName: 'aws:RequestedRegion',
      ContextKeyType: 'string',
      ContextKeyValues,
    });
    expect(await decided(region('us-east-1'))).toBe('allowed');
    expect(await decided(region('eu-west-1'))).toBe('implicitDeny');
    expect(await decided(region())).toBe('implicitDeny');
    expect(await decided({ ContextKeyType: 'string', ContextKeyValues: ['us-east-1'] })).toBe('implicitDeny');
    expect(await decided()).toBe('implicitDeny');
  });

  it.each([
    ['me', 'Invalid Entity Arn: me does not clearly define entity type and name.'],
    [
      'arn:aws:sts::111122223333:assumed-role/free/me',
      'Invalid Entity Arn: arn:aws:sts::111122223333:assumed-role/free/me does not clearly define entity type and name.',
    ],
    [`${account}:role/absent`, `The entity with the Arn ${account}:role/absent cannot be found.`],
    [`${account}:user/bob`, `The entity with the Arn ${account}:user/bob cannot be found.`],
  ])('refuses %s', async (arn, message) => {
    expect(await outcomeOf(simulate(arn, ['s3:GetObject']))).toContain(message);
  });

  it('takes the role of a session for the operator, whatever its path', async () => {
    mock.settings.operator.arn = 'arn:aws:sts::111122223333:assumed-role/Admin/me';
    mock.settings.deny = ['s3:Put*'];
    const results = await simulate(`${account}:role/teams/Admin`, ['s3:GetObject', 's3:PutObject']);
    expect(results.map(({ EvalDecision }) => EvalDecision)).toStrictEqual(['allowed', 'implicitDeny']);
    expect(await outcomeOf(simulate(`${account}:user/Admin`, ['s3:GetObject']))).toContain('cannot be found');
  });

  it('needs to know whose policies', async () => {
    expect(await outcomeOf(simulate('', ['s3:GetObject']))).toContain("at 'policySourceArn'");
  });
});
