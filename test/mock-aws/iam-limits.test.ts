import {
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  TagRoleCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EC2_TRUST, type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient, outcomeOf, sendSigned } from '../support/mock-aws.js';

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

const failed = (value: string, member: string, rule: string) =>
  `ValidationError: 1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: Member must ${rule}`;

describe('a name', () => {
  const create = async (RoleName: string | undefined, Path?: string) =>
    outcomeOf(
      iam.send(
        new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: JSON.stringify(EC2_TRUST) }),
      ),
    );

  it.each([
    [undefined, failed('null', 'roleName', 'not be null')],
    ['', failed("''", 'roleName', 'have length greater than or equal to 1')],
    ['a b', failed("'a b'", 'roleName', 'satisfy regular expression pattern: [\\w+=,.@-]+')],
    ['x'.repeat(65), failed(`'${'x'.repeat(65)}'`, 'roleName', 'have length less than or equal to 64')],
    ['x'.repeat(64), 'done'],
    ['a+b=c,d.e@f-g_h', 'done'],
  ])('%j', async (name, outcome) => {
    expect(await create(name)).toBe(outcome);
  });

  it.each([
    ['/', 'done'],
    ['/teams/web/', 'done'],
    ...['', 'teams', '/teams', '//', '/a b/', `/${'x'.repeat(511)}/`].map((path) => [
      path,
      failed(
        `'${path}'`,
        'path',
        'satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)',
      ),
    ]),
  ])('has the path %j', async (path, outcome) => {
    expect(await create('r', path)).toBe(outcome);
  });

  it('with its path stands in the ARN', async () => {
    await create('r', '/teams/web/');
    const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: 'r' }));
    expect(role?.Arn).toBe('arn:aws:iam::111122223333:role/teams/web/r');
    expect(role?.Path).toBe('/teams/web/');
  });
});

describe('tags', () => {
  const tag = async (...Tags: { Key: string | undefined; Value: string | undefined }[]) =>
    outcomeOf(iam.send(new TagRoleCommand({ RoleName: 'web-server', Tags })));
  const key = (value: string) => failed(`'${value}'`, 'tags.member.key', 'be a valid tag key');
  const text = (value: string) =>
    failed(
      `'${value}'`,
      'tags.member.value',
      'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*',
    );

  it.each([
    ['', 'v', failed("''", 'key', 'have length greater than or equal to 1')],
    [undefined, 'v', failed('null', 'key', 'not be null')],
    ['k'.repeat(129), 'v', key('k'.repeat(129))],
    ['a;b', 'v', key('a;b')],
    ['k', 'v'.repeat(257), text('v'.repeat(257))],
    ['k', 'a;b', text('a;b')],
    ['aws:x', 'v', "InvalidInputException: Tag keys beginning with 'aws:' are reserved for system use."],
    ['AWS:x', 'v', "InvalidInputException: Tag keys beginning with 'aws:' are reserved for system use."],
  ])('%j=%j are refused, with all of their request', async (Key, Value, refusal) => {
    expect(await tag({ Key: 'fine', Value: 'x' }, { Key, Value })).toBe(refusal);
    expect(mock.state.roles['web-server']?.tags).toStrictEqual({});
  });

  it('may have no value and letters of any script', async () => {
    expect(await tag({ Key: 'größe', Value: '大 きい' }, { Key: 'none', Value: undefined })).toBe('done');
    expect(mock.state.roles['web-server']?.tags).toStrictEqual({ größe: '大 きい', none: '' });
  });

  it('are fifty at most', async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    expect(await tag(...many)).toBe('done');
    expect(await tag({ Key: 'k0', Value: 'again' })).toBe('done');
    expect(await tag({ Key: 'one-more', Value: '' })).toBe(
      'LimitExceededException: The number of tags has reached the maximum limit: 50',
    );
  });

  it('are seen on a profile', async () => {
    const InstanceProfileName = 'p';
    const Tags = [{ Key: 'a', Value: 'b' }];
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName, Path: '/x/', Tags }));
    const { InstanceProfile: profile } = await iam.send(
      new GetInstanceProfileCommand({ InstanceProfileName }),
    );
    expect(profile?.Tags).toStrictEqual(Tags);
    expect(profile?.Arn).toBe('arn:aws:iam::111122223333:instance-profile/x/p');
  });
});

describe('managed policies', () => {
  const full = 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess';

  it('are read in the version that there is', async () => {
    const found = await iam.send(new GetPolicyCommand({ PolicyArn: full }));
    const VersionId = found.Policy?.DefaultVersionId;
    const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn: full, VersionId }));
    expect(JSON.parse(decodeURIComponent(version.PolicyVersion?.Document ?? ''))).toMatchObject({
      Version: '2012-10-17',
    });
    const other = iam.send(new GetPolicyVersionCommand({ PolicyArn: full, VersionId: 'v99' }));
    expect(await outcomeOf(other)).toBe(`NoSuchEntityException: Policy ${full} version v99 does not exist.`);
  });

  it('that are not there are named', async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/Absent';
    expect(await outcomeOf(iam.send(new GetPolicyCommand({ PolicyArn })))).toBe(
      `NoSuchEntityException: Policy ${PolicyArn} was not found.`,
    );
  });

  it('are ten on a role at most', async () => {
    const role = mock.state.roles['web-server'];
    if (role === undefined) throw new Error('the default world lacks web-server');
    role.attachedPolicies = Array.from({ length: 10 }, (_, index) => ({
      arn: `arn:${index}`,
      attachedAt: 0,
    }));
    const attach = new AttachRolePolicyCommand({ RoleName: 'web-server', PolicyArn: full });
    expect(await outcomeOf(iam.send(attach))).toBe(
      'LimitExceededException: Cannot exceed quota for PoliciesPerRole: 10',
    );
    role.attachedPolicies.pop();
    expect(await outcomeOf(iam.send(attach))).toBe('done');
  });

  it('have a required ARN', async () => {
    const body = new URLSearchParams({ Action: 'GetPolicy', Version: '2010-05-08' });
    const answer = await sendSigned(mock, 'iam', { body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Member must not be null');
  });
});

describe('the user', () => {
  const user = async (UserName?: string) => (await iam.send(new GetUserCommand({ UserName }))).User;

  it('is the operator, named or not', async () => {
    const expected = { UserName: 'operator', Arn: 'arn:aws:iam::111122223333:user/operator' };
    expect(await user()).toMatchObject(expected);
    expect(await user('operator')).toMatchObject(expected);
  });

  it('has a name behind its path', async () => {
    mock.settings.operator.arn = 'arn:aws:iam::111122223333:user/teams/web/alice';
    expect((await user())?.UserName).toBe('alice');
  });

  it('is no other one', async () => {
    expect(await outcomeOf(user('bob'))).toBe(
      'NoSuchEntityException: The user with name bob cannot be found.',
    );
  });

  it('must be named by who is a role', async () => {
    mock.settings.operator.arn = 'arn:aws:sts::111122223333:assumed-role/Admin/me';
    expect(await outcomeOf(user())).toBe(
      'ValidationError: Must specify userName when calling with non-User credentials',
    );
    expect(await outcomeOf(user('bob'))).toContain('The user with name bob cannot be found.');
  });
});
