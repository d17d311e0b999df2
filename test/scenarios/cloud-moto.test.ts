import { AssociateIamInstanceProfileCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  GetInstanceProfileCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock.js';
import { ec2TrustPolicy } from '../../src/core/policy/policy-document.js';
import { connectAccount, emptyAccount, snapshot } from '../support/account.js';
import type { CloudOutcome, CloudRun } from '../support/cloud.js';
import { planCloud, setUpCloud } from '../support/cloud.js';
import type { MotoStage } from '../support/moto-stage.js';
import { launchInstance, openMotoStage } from '../support/moto-stage.js';
import { commandRequirement } from '../support/requirements.js';

const present = await commandRequirement('moto_server');
const name = 'EC2-Bedrock-Access';
const region = 'us-east-1';
const trust = JSON.stringify(ec2TrustPolicy);
const fullAccess = 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess';

describe.skipIf(!present)('the cloud half on an independent implementation of AWS', () => {
  let stage: MotoStage;
  let proxy: MotoStage['proxy'];
  let account: MotoStage['account'];
  let outside: MotoStage['outside'];
  let instanceId: string;

  beforeAll(async () => {
    stage = await openMotoStage();
    ({ account, outside, proxy } = stage);
  });

  afterAll(async () => stage.stop());

  beforeEach(async () => {
    await emptyAccount(outside);
    instanceId = await launchInstance(outside);
    proxy.clear();
  });

  async function makeRole(RoleName: string): Promise<void> {
    await outside.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  }

  async function makeProfile(InstanceProfileName: string): Promise<void> {
    await outside.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  }

  async function fill(InstanceProfileName: string, RoleName: string): Promise<void> {
    await outside.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
  }

  async function associate(Name: string, InstanceId = instanceId): Promise<void> {
    const IamInstanceProfile = { Name };
    await outside.ec2.send(new AssociateIamInstanceProfileCommand({ InstanceId, IamInstanceProfile }));
  }

  async function giveOther(): Promise<void> {
    await makeRole('web-role');
    await makeProfile('web-server');
    await fill('web-server', 'web-role');
    await associate('web-server');
  }

  const documented: readonly (() => Promise<unknown>)[] = [
    async () => makeRole(name),
    async () => outside.iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: fullAccess })),
    async () => makeProfile(name),
    async () => fill(name, name),
    async () => associate(name),
  ];

  const run = (more: Partial<CloudRun> = {}): CloudRun => ({ account, instanceId, region, ...more });

  function statuses({ changes }: CloudOutcome): readonly string[] {
    return changes.map(({ step, action, status }) => `${step} ${action} ${status}`);
  }

  it('makes the five resources in at most 16 calls', async () => {
    const outcome = await setUpCloud(run());

    expect(outcome.errors).toStrictEqual([]);
    expect(statuses(outcome)).toStrictEqual([
      'iam-role create applied',
      'permission-policy create applied',
      'instance-profile create applied',
      'profile-membership create applied',
      'association create applied',
    ]);
    expect(proxy.operations.length).toBeLessThanOrEqual(16);
    expect(proxy.mutations().toSorted()).toStrictEqual([
      'AddRoleToInstanceProfile',
      'AssociateIamInstanceProfile',
      'CreateInstanceProfile',
      'CreateRole',
      'PutRolePolicy',
    ]);
    const { InstanceProfile: profile } = await outside.iam.send(
      new GetInstanceProfileCommand({ InstanceProfileName: name }),
    );
    expect(profile?.Roles?.map(({ RoleName }) => RoleName)).toStrictEqual([name]);
  });

  it('asks for everything that the first run needs to know in one go', async () => {
    await planCloud(run());

    expect(proxy.operations.toSorted()).toStrictEqual([
      'DescribeIamInstanceProfileAssociations',
      'DescribeInstances',
      'GetCallerIdentity',
      'GetInstanceProfile',
      'GetRole',
    ]);
  });

  it('finds everything in place the second time, with at most 8 reads', async () => {
    await setUpCloud(run());
    proxy.clear();
    const second = await setUpCloud(run({ receiptId: 'r-second' }));

    expect(second.changes.map(({ status }) => status)).toStrictEqual(Array(5).fill('in-place'));
    expect(proxy.mutations()).toStrictEqual([]);
    expect(proxy.operations.length).toBeLessThanOrEqual(8);
  });

  it('leaves the account as it was after undo', async () => {
    const before = await snapshot(outside);
    const outcome = await setUpCloud(run({ settings: { ssm: true, resourceTags: { team: 'ai' } } }));
    expect(outcome.errors).toStrictEqual([]);
    expect(await snapshot(outside)).not.toStrictEqual(before);
    const undone = await outcome.undo();

    expect(undone.errors).toStrictEqual([]);
    expect(await snapshot(outside)).toStrictEqual(before);
    expect(outcome.journal.receipt.closedAt).not.toBeNull();
  });

  it('takes the documented quick set-up as it is', async () => {
    for (const command of documented) await command();
    const outcome = await setUpCloud(run());

    expect(outcome.changes.map(({ status }) => status)).toStrictEqual(Array(5).fill('in-place'));
    expect(proxy.mutations()).toStrictEqual([]);
    expect(proxy.operations.length).toBeLessThanOrEqual(8);
  });

  it.each([1, 2, 3, 4])('finishes a quick set-up that stopped after %i of its commands', async (done) => {
    for (const command of documented.slice(0, done)) await command();
    const before = await snapshot(outside);
    const outcome = await setUpCloud(run());

    expect(outcome.errors).toStrictEqual([]);
    expect(outcome.changes.filter(({ status }) => status === 'in-place')).toHaveLength(done);
    const { plan } = await planCloud(run());
    expect(plan.steps.flatMap((step) => step.changes)).toStrictEqual([]);
    expect((await outcome.undo()).errors).toStrictEqual([]);
    expect(await snapshot(outside)).toStrictEqual(before);
  });

  it("keeps an instance's own profile and gives its role the policy", async () => {
    await giveOther();
    const before = await snapshot(outside);
    proxy.clear();
    const outcome = await setUpCloud(run());

    expect(statuses(outcome)).toStrictEqual([
      'permission-policy create applied',
      'association none in-place',
    ]);
    expect(outcome.changes[1]?.target).toBe(`${instanceId} -> web-server`);
    expect(proxy.mutations()).toStrictEqual(['PutRolePolicy']);
    proxy.clear();
    await setUpCloud(run({ receiptId: 'r-second' }));
    expect(proxy.mutations()).toStrictEqual([]);
    expect(proxy.operations.length).toBeLessThanOrEqual(8);
    expect((await outcome.undo()).errors).toStrictEqual([]);
    expect(await snapshot(outside)).toStrictEqual(before);
  });

  it('replaces a profile on a running instance and brings it back', async () => {
    await giveOther();
    const before = await snapshot(outside);
    const outcome = await setUpCloud(run({ settings: { replaceProfile: true } }));

    expect(outcome.errors).toStrictEqual([]);
    expect(outcome.changes.at(-1)).toMatchObject({
      action: 'replace',
      target: `${instanceId} -> ${name}`,
      detail: 'instead of web-server',
    });
    expect((await account.ec2.describeAssociation(instanceId))?.profileArn).toContain(`/${name}`);
    expect((await account.iam.getRole(name))?.tags).toMatchObject({
      [`openclaw-bedrock-setup:previous-profile:${instanceId}`]: 'web-server',
    });
    expect((await outcome.undo()).errors).toStrictEqual([]);
    expect(await snapshot(outside)).toStrictEqual(before);
  });

  it('replaces a profile on a stopped instance in two edits and brings it back', async () => {
    await giveOther();
    await outside.ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
    const before = await snapshot(outside);
    proxy.clear();
    const outcome = await setUpCloud(run({ settings: { replaceProfile: true } }));

    expect(outcome.errors).toStrictEqual([]);
    expect(proxy.mutations().slice(-2)).toStrictEqual([
      'DisassociateIamInstanceProfile',
      'AssociateIamInstanceProfile',
    ]);
    expect((await outcome.undo()).errors).toStrictEqual([]);
    expect(await snapshot(outside)).toStrictEqual(before);
  });

  it('tags a role that is there already before it replaces a profile, and untags it', async () => {
    await giveOther();
    await makeRole(name);
    const before = await snapshot(outside);
    const outcome = await setUpCloud(run({ settings: { replaceProfile: true } }));

    expect(outcome.errors).toStrictEqual([]);
    expect(
      outcome.changes.filter(({ step }) => step === 'association').map(({ detail }) => detail),
    ).toStrictEqual([`tag: ${instanceId} had web-server`, 'instead of web-server']);
    expect((await outcome.undo()).errors).toStrictEqual([]);
    expect(await snapshot(outside)).toStrictEqual(before);
  });

  it('keeps on undo what another instance has come to use', async () => {
    const first = await setUpCloud(run());
    const other = await launchInstance(outside);
    const second = await setUpCloud(run({ instanceId: other, receiptId: 'r-second' }));
    const undone = await first.undo();

    expect(undone.errors.map(({ code }) => code)).toStrictEqual(['IN_USE', 'IN_USE', 'IN_USE', 'IN_USE']);
    expect((await account.ec2.describeAssociation(other))?.profileArn).toContain(`/${name}`);
    expect(await account.iam.getRolePolicy(name, 'OpenClawBedrock')).not.toBeNull();
    expect((await second.undo()).errors).toStrictEqual([]);
    expect((await first.undo()).errors).toStrictEqual([]);
    expect(await account.iam.getRole(name)).toBeNull();
  });

  it('keeps a role on undo to which somebody has given more', async () => {
    const outcome = await setUpCloud(run());
    const more = { RoleName: name, PolicyName: 'more', PolicyDocument: JSON.stringify(somePolicy) };
    await outside.iam.send(new PutRolePolicyCommand(more));
    const undone = await outcome.undo();

    expect(undone.errors.map(({ code }) => code)).toStrictEqual(['IN_USE']);
    expect(await account.iam.getRole(name)).not.toBeNull();
  });

  it('does not take back a policy that was changed since', async () => {
    const outcome = await setUpCloud(run());
    const changed = {
      RoleName: name,
      PolicyName: 'OpenClawBedrock',
      PolicyDocument: JSON.stringify(somePolicy),
    };
    await outside.iam.send(new PutRolePolicyCommand(changed));
    const undone = await outcome.undo();

    expect(undone.errors.map(({ code }) => code)).toStrictEqual(['CHANGED_SINCE', 'IN_USE']);
    expect(await account.iam.getRolePolicy(name, 'OpenClawBedrock')).toStrictEqual(somePolicy);
  });

  it('updates its own policy and puts the former one back', async () => {
    await documented[0]?.();
    const former = {
      RoleName: name,
      PolicyName: 'OpenClawBedrock',
      PolicyDocument: JSON.stringify(somePolicy),
    };
    await outside.iam.send(new PutRolePolicyCommand(former));
    const outcome = await setUpCloud(run());

    expect(outcome.changes[1]).toMatchObject({
      action: 'update',
      target: `OpenClawBedrock on ${name}`,
      status: 'applied',
    });
    await outcome.undo();
    expect(await account.iam.getRolePolicy(name, 'OpenClawBedrock')).toStrictEqual(somePolicy);
  });

  it('attaches AmazonBedrockFullAccess when that is asked for, and takes it off again', async () => {
    const before = await snapshot(outside);
    const outcome = await setUpCloud(run({ settings: { policy: { kind: 'full-access' } } }));

    expect(outcome.errors).toStrictEqual([]);
    expect(await account.iam.listAttachedRolePolicies(name)).toStrictEqual([fullAccess]);
    await outcome.undo();
    expect(await snapshot(outside)).toStrictEqual(before);
  });

  it('makes no writing call when it may only look', async () => {
    const looking = connectAccount(systemClock, { readOnly: true });
    await planCloud(run({ account: looking }));
    await expect(looking.iam.deleteRole('x')).rejects.toThrow('DeleteRole was about to be called');
    looking.close();

    expect(proxy.mutations()).toStrictEqual([]);
  });

  it('says in which region an instance is that is not in this one', async () => {
    const elsewhere = connectAccount(systemClock, { region: 'eu-west-1' });
    const planned = planCloud(run({ account: elsewhere, region: 'eu-west-1' }));

    await expect(planned).rejects.toMatchObject({
      code: 'INSTANCE_NOT_FOUND',
      message: `no instance ${instanceId} in the region eu-west-1 of the account 123456789012; it is in us-east-1`,
      fix: 'add --region us-east-1',
    });
    elsewhere.close();
    expect(proxy.mutations()).toStrictEqual([]);
  });
});

const somePolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
};
