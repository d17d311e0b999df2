import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkDrift } from '../../src/checks/drift.js';
import type { Finding } from '../../src/core/finding.js';
import type { Receipt } from '../../src/core/receipt.js';
import type { MockAws } from '../../src/mock-aws/index.js';
import { startMockAws } from '../../src/mock-aws/index.js';
import { connectAccount, isolateAws, outsideClients } from '../support/account.js';
import { setUpCloud } from '../support/cloud.js';
import { steppingClock } from '../support/memory.js';
import { callNames } from '../support/mock-aws.js';

const instanceId = 'i-0abc1234def567890';
const RoleName = 'EC2-Bedrock-Access';
const PolicyName = 'OpenClawBedrock';
const ssm = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';

let mock: MockAws;
let account: ReturnType<typeof connectAccount>;
let outside: ReturnType<typeof outsideClients>;
let receipt: Receipt;

beforeEach(async () => {
  mock = await startMockAws({ reorderPolicyDocuments: true });
  isolateAws(mock.url);
  account = connectAccount(steppingClock());
  outside = outsideClients(mock.url);
  const settings = { hopLimit: 3, ssm: true };
  const { journal, errors } = await setUpCloud({ account, instanceId, region: 'us-east-1', settings });
  if (errors.length > 0) throw new Error('the account could not be set up');
  ({ receipt } = journal);
  mock.calls.length = 0;
});

afterEach(async () => {
  account.close();
  await mock.stop();
  vi.unstubAllEnvs();
});

async function drift(): Promise<Finding | undefined> {
  return (await checkDrift(receipt, instanceId, account)).find(({ id }) => id === 'drift');
}

describe('what was changed since the set-up', () => {
  it('is nothing right after it, and nothing is written to find out', async () => {
    expect(await drift()).toMatchObject({ status: 'ok' });
    expect(callNames(mock, 'mutating')).toEqual([]);
  });

  it('is the inline policy, whether rewritten or gone', async () => {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    await outside.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    expect(await drift()).toMatchObject({
      status: 'warn',
      code: 'DRIFT',
      message: `the inline policy ${PolicyName} of ${RoleName} was changed`,
    });
    await outside.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    expect((await drift())?.message).toBe(`the inline policy ${PolicyName} of ${RoleName} is gone`);
  });

  it('is a managed policy that was taken off; one that somebody added is none of ours', async () => {
    const added = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    await outside.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: added }));
    expect(await drift()).toMatchObject({ status: 'ok' });
    await outside.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ssm }));
    expect((await drift())?.message).toBe(
      `the policy AmazonSSMManagedInstanceCore was taken off ${RoleName}`,
    );
  });

  it('is the trust policy', async () => {
    const Statement = [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    const role = mock.state.roles[RoleName];
    if (role === undefined) throw new Error('the role was not made');
    role.trustPolicy = PolicyDocument;
    expect((await drift())?.message).toBe(`the trust policy of ${RoleName} no longer lets EC2 assume it`);
  });

  it('is the association, whether replaced or gone', async () => {
    const before = await account.ec2.describeAssociation(instanceId);
    const other = 'arn:aws:iam::111122223333:instance-profile/web-server';
    await account.ec2.replaceAssociation(before?.id ?? '', other);
    expect((await drift())?.message).toBe(
      `${instanceId} has the instance profile web-server instead of ${RoleName}`,
    );
    const now = await account.ec2.describeAssociation(instanceId);
    await account.ec2.disassociateProfile(now?.id ?? '');
    expect((await drift())?.message).toBe(`${instanceId} has no instance profile instead of ${RoleName}`);
  });

  it('is the role in the profile', async () => {
    await account.iam.removeRoleFromInstanceProfile(RoleName, RoleName);
    expect((await drift())?.message).toBe(
      `the instance profile ${RoleName} holds no role instead of ${RoleName}`,
    );
  });

  it('is the profile, where it was deleted and made anew under its name', async () => {
    await account.iam.removeRoleFromInstanceProfile(RoleName, RoleName);
    await account.iam.deleteInstanceProfile(RoleName);
    const old = `${instanceId} still has a deleted instance profile ${RoleName}`;
    expect((await drift())?.message).toBe(`the instance profile ${RoleName} is gone; ${old}`);
    await account.iam.createInstanceProfile(RoleName, {});
    await account.iam.addRoleToInstanceProfile(RoleName, RoleName);
    expect((await drift())?.message).toBe(old);
  });

  it('is the hop limit', async () => {
    await account.ec2.modifyMetadataOptions(instanceId, { hopLimit: 1 });
    expect((await drift())?.message).toBe(`the metadata hop limit of ${instanceId} is 1 instead of 3`);
  });

  it('is the role, the instance profile and the policies with them, where they are gone', async () => {
    delete mock.state.roles[RoleName];
    expect((await drift())?.message).toContain(`the role ${RoleName} is gone`);
    delete mock.state.instanceProfiles[RoleName];
    expect((await drift())?.message).toContain(`the instance profile ${RoleName} is gone`);
  });

  it('is another role in the profile', async () => {
    const profile = mock.state.instanceProfiles[RoleName];
    if (profile === undefined) throw new Error('the profile was not made');
    profile.roles = [{ roleName: 'web-server', addedAt: 0 }];
    expect((await drift())?.message).toBe(
      `the instance profile ${RoleName} holds web-server instead of ${RoleName}`,
    );
  });

  it('is not the hop limit of an instance that is gone', async () => {
    delete mock.state.instances[instanceId];
    expect((await drift())?.message).toBe('nothing in the account was changed since the set-up');
  });

  it('is looked for where no instance is named', async () => {
    await account.ec2.modifyMetadataOptions(instanceId, { hopLimit: 1 });
    const findings = await checkDrift(receipt, null, account);
    expect(findings.map(({ code }) => code)).toEqual(['DRIFT']);
  });

  it('is all of it, in one finding', async () => {
    await account.ec2.modifyMetadataOptions(instanceId, { hopLimit: 1 });
    await outside.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: ssm }));
    expect((await drift())?.message.split('; ')).toHaveLength(2);
  });

  it('is not what was undone or never took effect', async () => {
    const entries = receipt.entries.map((entry) => ({ ...entry, status: 'undone' as const }));
    await account.ec2.modifyMetadataOptions(instanceId, { hopLimit: 1 });
    const [finding] = await checkDrift({ ...receipt, entries }, instanceId, account);
    expect(finding).toMatchObject({ id: 'drift', status: 'ok' });
  });
});

describe('what else manages the instance', () => {
  it('is named, and suspected where something was changed', async () => {
    const instance = mock.state.instances[instanceId];
    if (instance === undefined) throw new Error('there is no instance');
    instance.tags['aws:autoscaling:groupName'] = 'workers';
    instance.tags['aws:cloudformation:stack-name'] = 'gateway-stack';
    await account.ec2.modifyMetadataOptions(instanceId, { hopLimit: 1 });
    const findings = await checkDrift(receipt, instanceId, account);
    expect(findings).toMatchObject([
      { id: 'drift', code: 'DRIFT' },
      { id: 'managed-by', status: 'warn', code: 'MANAGED_ELSEWHERE' },
    ]);
    expect(findings[0]?.cause).toContain('the Auto Scaling group workers');
    expect(findings[1]?.message).toBe(
      `${instanceId} belongs to the CloudFormation stack gateway-stack; ${instanceId} belongs to the Auto Scaling group workers`,
    );
  });

  it('is looked for in the tags of the role as well', async () => {
    const role = mock.state.roles[RoleName];
    if (role === undefined) throw new Error('the role was not made');
    role.tags['aws:cloudformation:stack-name'] = 'iam-stack';
    const findings = await checkDrift(receipt, instanceId, account);
    expect(findings.find(({ id }) => id === 'managed-by')?.message).toBe(
      `the role ${RoleName} belongs to the CloudFormation stack iam-stack`,
    );
  });

  it('is looked for without a receipt, and nothing is said where nothing does', async () => {
    expect(await checkDrift(null, instanceId, account)).toEqual([]);
  });
});
