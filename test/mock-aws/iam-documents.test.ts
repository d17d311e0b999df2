import {
  CreateRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient, outcomeOf } from '../support/mock-aws.js';

let mock: MockAws;
let iam: IAMClient;

beforeEach(async () => {
  mock = await startMockAws();
  iam = new IAMClient(operatorClient(mock));
});
afterEach(async () => {
  iam.destroy();
  await mock.stop();
});

describe('a trust policy', () => {
  const ec2 = { Service: 'ec2.amazonaws.com' };
  const allow = { Effect: 'Allow', Principal: ec2, Action: 'sts:AssumeRole' };
  const create = async (document: unknown) =>
    outcomeOf(
      iam.send(
        new CreateRoleCommand({
          RoleName: 'r',
          AssumeRolePolicyDocument: typeof document === 'string' ? document : JSON.stringify(document),
        }),
      ),
    );
  const one = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] });

  it.each([
    ['is no object', [], 'This policy contains invalid Json'],
    ['has no statement', {}, 'Syntax errors in policy.'],
    ['has a statement that is a text', { Statement: ['x'] }, 'Syntax errors in policy.'],
    ['names a resource', one({ ...allow, Resource: '*' }), 'Has prohibited field Resource'],
    ['excepts a resource', one({ ...allow, NotResource: '*' }), 'Has prohibited field Resource'],
    ['has no effect', one({ ...allow, Effect: undefined }), 'Missing required field Effect'],
    ['has an effect that is none', one({ ...allow, Effect: 'allow' }), 'Missing required field Effect'],
    ['has no action', one({ ...allow, Action: undefined }), 'Missing required field Action'],
    [
      "has another service's action",
      one({ ...allow, Action: ['sts:AssumeRole', 's3:GetObject'] }),
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    [
      'has no principal',
      one({ ...allow, Principal: undefined }),
      'AssumeRolepolicy contained an invalid principal: missing or not an object',
    ],
    [
      'trusts a service that is none',
      one({ ...allow, Principal: { Service: ['ec2.amazonaws.com', 'ec2'] } }),
      'Invalid principal in policy: "SERVICE":"ec2"',
    ],
  ])('that %s is refused', async (_what, document, message) => {
    expect(await create(document)).toBe(`MalformedPolicyDocumentException: ${message}`);
    expect(mock.state.roles['r']).toBeUndefined();
  });

  it.each([
    [
      'without a version gets the old one',
      { Statement: allow },
      { Version: '2008-10-17', Statement: [allow] },
    ],
    [
      'keeps id and condition, and lists of one become a text',
      one({
        Condition: { StringEquals: { 'aws:SourceAccount': '1' } },
        Action: ['sts:AssumeRole'],
        Principal: { Service: ['ec2.amazonaws.com'], AWS: ['a', 'b'] },
        Effect: 'Deny',
        Sid: 's',
      }),
      one({
        Sid: 's',
        Effect: 'Deny',
        Principal: { Service: 'ec2.amazonaws.com', AWS: ['a', 'b'] },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': '1' } },
      }),
    ],
    ['may trust everybody', one({ ...allow, Principal: '*' }), one({ ...allow, Principal: '*' })],
    [
      'may trust a service of another partition',
      one({ ...allow, Principal: { Service: 'ec2.amazonaws.com.cn' } }),
      one({ ...allow, Principal: { Service: 'ec2.amazonaws.com.cn' } }),
    ],
  ])('%s', async (_what, document, kept) => {
    expect(await create(document)).toBe('done');
    const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: 'r' }));
    expect(decodeURIComponent(role?.AssumeRolePolicyDocument ?? '')).toBe(JSON.stringify(kept));
  });
});

describe('an inline policy', () => {
  const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' };
  const one = (statement: unknown, Version: string | undefined = '2012-10-17') => ({
    Version,
    Statement: [statement],
  });
  const put = async (document: unknown) =>
    outcomeOf(
      iam.send(
        new PutRolePolicyCommand({
          RoleName: 'web-server',
          PolicyName: 'p',
          PolicyDocument: JSON.stringify(document),
        }),
      ),
    );

  it.each([
    ['is no object', 'x', 'Syntax errors in policy.'],
    ['is of a year that has no version', one(allow, '2020-01-01'), 'The policy failed legacy parsing'],
    ['has a statement that is none', one(7), 'Syntax errors in policy.'],
    ['has no statement', { Version: '2012-10-17' }, 'Syntax errors in policy.'],
    ['has no effect', one({ ...allow, Effect: 'Maybe' }), 'Syntax errors in policy.'],
    [
      'names a principal',
      one({ ...allow, Principal: '*' }),
      'Policy document should not specify a principal.',
    ],
    ['has no action', one({ ...allow, Action: undefined }), 'Policy statement must contain actions.'],
    [
      'has an action without a service',
      one({ ...allow, Action: ['s3:*', 'GetObject'] }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    ['has no resource', one({ ...allow, Resource: [] }), 'Policy statement must contain resources.'],
    [
      'has a resource that is no ARN',
      one({ ...allow, Resource: ['*', 'bucket'] }),
      'Resource bucket must be in ARN format or "*".',
    ],
  ])('that %s is refused', async (_what, document, message) => {
    expect(await put(document)).toBe(`MalformedPolicyDocumentException: ${message}`);
    expect(mock.state.roles['web-server']?.inlinePolicies['p']).toBeUndefined();
  });

  it.each([
    ['a single statement', { Version: '2012-10-17', Statement: allow }],
    ['the old version', one(allow, '2008-10-17')],
    ['no version', { Statement: [allow] }],
    ['a denial of everything', one({ Effect: 'Deny', Action: '*', Resource: '*' })],
    ['exceptions', one({ Effect: 'Allow', NotAction: ['iam:*'], NotResource: 'arn:aws:s3:::x' })],
  ])('with %s is kept as it was written', async (_what, document) => {
    expect(await put(document)).toBe('done');
    const kept = await iam.send(new GetRolePolicyCommand({ RoleName: 'web-server', PolicyName: 'p' }));
    expect(decodeURIComponent(kept.PolicyDocument ?? '')).toBe(JSON.stringify(document));
  });

  it('comes back in another order where it is told so, and means the same', async () => {
    mock.settings.reorderPolicyDocuments = true;
    await put(one({ ...allow, Action: ['s3:A', 's3:B'], Resource: '*' }));
    const kept = await iam.send(new GetRolePolicyCommand({ RoleName: 'web-server', PolicyName: 'p' }));
    expect(decodeURIComponent(kept.PolicyDocument ?? '')).toBe(
      '{"Statement":[{"Resource":"*","Action":["s3:B","s3:A"],"Effect":"Allow"}],"Version":"2012-10-17"}',
    );
  });
});
