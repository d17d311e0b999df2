import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MockAws } from '../../../src/mock-aws/index.js';
import { startMockAws } from '../../../src/mock-aws/index.js';
import { connectAccount, isolateAws } from '../../support/account.js';
import { steppingClock } from '../../support/memory.js';
import { callNames } from '../../support/mock-aws.js';

const running = 'i-0abc1234def567890';
const withProfile = 'i-0abc1234def567893';

let mock: MockAws;
let account: ReturnType<typeof connectAccount>;

beforeEach(async () => {
  mock = await startMockAws();
  isolateAws(mock.url);
  account = connectAccount(steppingClock(), { answerMilliseconds: 300 });
});

afterEach(async () => {
  account.close();
  await mock.stop();
  vi.unstubAllEnvs();
});

describe('IAM', () => {
  it('gives a role with its trust policy decoded', async () => {
    expect(await account.iam.getRole('web-server')).toStrictEqual({
      name: 'web-server',
      arn: 'arn:aws:iam::111122223333:role/web-server',
      trustPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      tags: {},
      permissionsBoundary: null,
    });
  });

  it('gives the role inside a profile', async () => {
    const profile = await account.iam.getInstanceProfile('web-server');
    expect(profile?.roles).toMatchObject([{ name: 'web-server', trustPolicy: { Version: '2012-10-17' } }]);
  });

  it('gives null for what does not exist', async () => {
    const { iam } = account;
    expect(await iam.getRole('x')).toBeNull();
    expect(await iam.getRolePolicy('web-server', 'x')).toBeNull();
    expect(await iam.getRolePolicy('x', 'x')).toBeNull();
    expect(await iam.listAttachedRolePolicies('x')).toBeNull();
    expect(await iam.getInstanceProfile('x')).toBeNull();
  });

  it('keeps what is written into a role', async () => {
    const { iam } = account;
    const trustPolicy = { Version: '2012-10-17', Statement: [] };
    const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const document = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::a/b+%c ü*' }],
    };
    const valid = {
      ...trustPolicy,
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    };
    await iam.createRole({
      name: 'r',
      trustPolicy: valid,
      description: 'd',
      permissionsBoundary: boundary,
      tags: { a: 'b c' },
    });
    await iam.putRolePolicy('r', 'p', document);
    await iam.tagRole('r', { d: 'e' });
    await iam.untagRole('r', ['a']);

    expect(await iam.getRole('r')).toMatchObject({ permissionsBoundary: boundary, tags: { d: 'e' } });
    expect(await iam.getRolePolicy('r', 'p')).toStrictEqual(document);
  });

  it('does not ask twice when a quota is reached', async () => {
    const { iam } = account;
    const before = mock.calls.length;

    await expect(iam.addRoleToInstanceProfile('web-server', 'web-server')).rejects.toMatchObject({
      name: 'LimitExceeded',
    });
    expect(mock.calls.length - before).toBe(1);
  });

  it('asks again where IAM is at work on the same thing', async () => {
    const kind = { status: 409, code: 'ConcurrentModification', message: 'wait' };
    mock.settings.faults.push({ operation: 'TagRole', times: 1, kind });
    await account.iam.tagRole('web-server', { a: 'b' });
    expect(callNames(mock)).toStrictEqual(['iam:TagRole', 'iam:TagRole']);
  });

  it('reaches AWS directly, whatever proxy the environment names', async () => {
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'])
      vi.stubEnv(name, 'http://127.0.0.1:1');
    const direct = connectAccount(steppingClock());
    expect(await direct.iam.getRole('web-server')).not.toBeNull();
    direct.close();
  });

  it('asks again when it is throttled', async () => {
    mock.settings.faults.push({ operation: 'GetRole', times: 2, kind: 'throttle' });

    expect(await account.iam.getRole('web-server')).not.toBeNull();
    expect(callNames(mock)).toStrictEqual(['iam:GetRole', 'iam:GetRole', 'iam:GetRole']);
  });

  it('gives up on an answer that does not come', async () => {
    mock.settings.faults.push({ operation: 'GetRole', kind: 'timeout' });

    await expect(account.iam.getRole('x')).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('EC2', () => {
  it('gives an instance', async () => {
    expect(await account.ec2.describeInstance(running)).toStrictEqual({
      id: running,
      name: 'web-1',
      state: 'running',
      managers: [],
      profileArn: null,
      metadataOptions: { endpoint: 'enabled', tokens: 'required', hopLimit: 2 },
    });
  });

  it.each(['i-0123456789abcdef0', 'i-xxxxx'])('gives null for %s', async (id) => {
    expect(await account.ec2.describeInstance(id)).toBeNull();
  });

  it('gives the association that counts, and null for none', async () => {
    expect(await account.ec2.describeAssociation(running)).toBeNull();
    const profile = await account.iam.getInstanceProfile('web-server');
    expect(profile?.id).toMatch(/^AIPA\w+$/u);
    expect(await account.ec2.describeAssociation(withProfile)).toMatchObject({
      instanceId: withProfile,
      profileArn: 'arn:aws:iam::111122223333:instance-profile/web-server',
      profileId: profile?.id,
    });
  });

  it('passes over an association that is on its way out', async () => {
    mock.settings.propagation.associationMilliseconds = 60_000;
    const before = await account.ec2.describeAssociation(withProfile);
    await account.iam.createInstanceProfile('other', {});
    await account.iam.addRoleToInstanceProfile('other', 'web-server');
    const profileId = await account.ec2.replaceAssociation(
      before?.id ?? '',
      'arn:aws:iam::111122223333:instance-profile/other',
    );

    expect(profileId).toBe((await account.iam.getInstanceProfile('other'))?.id);
    expect((await account.ec2.describeAssociation(withProfile))?.profileArn).toContain('/other');
    const now = await account.ec2.describeAssociation(withProfile);
    await account.ec2.disassociateProfile(now?.id ?? '');
    expect(await account.ec2.describeAssociation(withProfile)).toBeNull();
  });

  it('finds the users of a profile in every region', async () => {
    const arn = 'arn:aws:iam::111122223333:instance-profile/web-server';
    expect(await account.ec2.findProfileUsers(arn)).toStrictEqual([withProfile]);
    const elsewhere = connectAccount(steppingClock(), { region: 'eu-west-1' });
    expect(await elsewhere.ec2.findProfileUsers(arn)).toStrictEqual([withProfile]);
    expect(await elsewhere.ec2.findRegions(withProfile)).toStrictEqual(['us-east-1']);
    elsewhere.close();
  });

  it('asks other regions once, and its own each time', async () => {
    const arn = 'arn:aws:iam::111122223333:instance-profile/web-server';
    await account.ec2.findProfileUsers(arn);
    const first = mock.calls.length;
    expect(first).toBeGreaterThan(3);
    await account.ec2.findProfileUsers(arn);
    await account.ec2.findProfileUsers('another');
    expect(mock.calls.slice(first).map(({ operation }) => operation)).toEqual([
      'DescribeIamInstanceProfileAssociations',
      'DescribeIamInstanceProfileAssociations',
    ]);
    const held = await account.ec2.describeAssociation(withProfile);
    await account.ec2.disassociateProfile(held?.id ?? '');
    expect(await account.ec2.findProfileUsers(arn)).toStrictEqual([]);
  });

  it('does not say that nobody uses a profile where it may not look', async () => {
    mock.settings.deny.push('ec2:DescribeIamInstanceProfileAssociations');
    await expect(account.ec2.findProfileUsers('arn')).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
  });

  it('looks in its own region where it may not list the others, and says so', async () => {
    expect(await account.ec2.unseenRegions()).toStrictEqual([]);
    mock.settings.deny.push('ec2:DescribeRegions');
    const arn = 'arn:aws:iam::111122223333:instance-profile/web-server';
    const blind = connectAccount(steppingClock());
    expect(await blind.ec2.findProfileUsers(arn)).toStrictEqual([withProfile]);
    expect(await blind.ec2.unseenRegions()).toStrictEqual(['all others']);
    blind.close();
  });

  it('names the regions that do not answer, but none that a service control policy closes for all', async () => {
    const operation = 'DescribeIamInstanceProfileAssociations';
    const message = 'You are not authorized, with an explicit deny in a service control policy';
    mock.settings.faults.push(
      { operation, region: 'eu-west-1', kind: 'access-denied' },
      { operation, region: 'eu-west-2', kind: { status: 403, code: 'UnauthorizedOperation', message } },
    );
    expect(await account.ec2.findProfileUsers('arn')).toStrictEqual([]);
    expect(await account.ec2.unseenRegions()).toStrictEqual(['eu-west-1']);
    mock.settings.faults.length = 0;
    await account.ec2.findProfileUsers('arn');
    expect(await account.ec2.unseenRegions()).toStrictEqual([]);
  });
});

describe('STS and Bedrock', () => {
  it('takes the caller apart', async () => {
    expect(await account.identity.getCallerIdentity()).toStrictEqual({
      account: '111122223333',
      partition: 'aws',
      arn: 'arn:aws:iam::111122223333:user/operator',
    });
  });

  it('lists models with what they can do', async () => {
    const models = await account.bedrock.listFoundationModels();
    expect(models.find(({ id }) => id === 'amazon.nova-micro-v1:0')).toMatchObject({
      name: 'Nova Micro',
      provider: 'Amazon',
      input: ['TEXT'],
      output: ['TEXT'],
      onDemand: true,
      lifecycle: 'ACTIVE',
      endOfLife: null,
    });
    expect(models.find(({ id }) => id.includes('claude-3-5'))).toMatchObject({
      lifecycle: 'LEGACY',
      endOfLife: '2026-12-31T00:00:00.000Z',
    });
  });

  it('lists inference profiles with the models behind them', async () => {
    const profiles = await account.bedrock.listInferenceProfiles();
    expect(profiles.find(({ id }) => id === 'us.amazon.nova-micro-v1:0')).toMatchObject({
      active: true,
      systemDefined: true,
      modelArns: expect.arrayContaining([
        'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0',
      ]) as string[],
    });
  });
});

describe('a connection that may only look', () => {
  it('reads, and throws before a write leaves the process', async () => {
    const looking = connectAccount(steppingClock(), { readOnly: true });
    const { iam, ec2 } = looking;
    await iam.getRole('web-server');
    await iam.listAttachedRolePolicies('web-server');
    await ec2.describeInstance(running);
    await looking.bedrock.listFoundationModels();
    await looking.identity.getCallerIdentity();
    const calls = mock.calls.length;
    const writes = [
      () =>
        iam.createRole({ name: 'r', trustPolicy: {}, description: '', permissionsBoundary: null, tags: {} }),
      () => iam.deleteRole('web-server'),
      () => iam.tagRole('r', {}),
      () => iam.untagRole('r', []),
      () => iam.putRolePolicy('r', 'p', {}),
      () => iam.deleteRolePolicy('r', 'p'),
      () => iam.attachRolePolicy('r', 'p'),
      () => iam.detachRolePolicy('r', 'p'),
      () => iam.createInstanceProfile('p', {}),
      () => iam.deleteInstanceProfile('p'),
      () => iam.addRoleToInstanceProfile('p', 'r'),
      () => iam.removeRoleFromInstanceProfile('p', 'r'),
      () => ec2.associateProfile(running, 'arn'),
      () => ec2.replaceAssociation('id', 'arn'),
      () => ec2.disassociateProfile('id'),
      () => ec2.modifyMetadataOptions(running, { hopLimit: 2 }),
    ];
    for (const write of writes) await expect(write()).rejects.toThrow('in a run that only looks');
    looking.close();

    expect(mock.calls.length).toBe(calls);
  });
});
