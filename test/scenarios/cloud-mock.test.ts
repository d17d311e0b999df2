import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MockAws, MockAwsOptions } from '../../src/mock-aws/index.js';
import { startMockAws } from '../../src/mock-aws/index.js';
import { associateWhenVisible } from '../../src/steps/cloud/associate.js';
import { connectAccount, isolateAws } from '../support/account.js';
import type { CloudRun } from '../support/cloud.js';
import { planCloud, setUpCloud } from '../support/cloud.js';
import { steppingClock } from '../support/memory.js';
import { callNames } from '../support/mock-aws.js';

const running = 'i-0abc1234def567890';
const stopped = 'i-0abc1234def567891';
const terminated = 'i-0abc1234def567892';
const withProfile = 'i-0abc1234def567893';
const withoutRole = 'i-0abc1234def567894';
const name = 'EC2-Bedrock-Access';

let mock: MockAws;
let clock: ReturnType<typeof steppingClock>;
let account: ReturnType<typeof connectAccount>;

async function start(options: MockAwsOptions = {}): Promise<void> {
  clock = steppingClock(Date.now());
  mock = await startMockAws({ now: () => clock.now(), ...options });
  isolateAws(mock.url);
  account = connectAccount(clock, {
    region: mock.settings.regions[0] ?? 'us-east-1',
    answerMilliseconds: 300,
  });
}

beforeEach(async () => start());

afterEach(async () => {
  account.close();
  await mock.stop();
  vi.unstubAllEnvs();
});

async function restart(options: MockAwsOptions): Promise<void> {
  account.close();
  await mock.stop();
  await start(options);
}

function run(more: Partial<CloudRun> = {}): CloudRun {
  return { account, instanceId: running, region: mock.settings.regions[0] ?? 'us-east-1', ...more };
}

/** The account without what time leaves behind. */
function accountNow(): unknown {
  const { roles, instanceProfiles, associations, instances } = mock.state;
  const live = Object.values(associations).filter(({ endedAt }) => endedAt === undefined);
  const links = Object.fromEntries(live.map(({ instanceId, profileArn }) => [instanceId, profileArn]));
  return structuredClone({ roles, instanceProfiles, instances, links });
}

describe('the wait for EC2 to see what IAM has made', () => {
  it('asks again four times a second at first, and says that it waits', async () => {
    mock.settings.propagation.iamToEc2Milliseconds = 9_000;
    const outcome = await setUpCloud(run());

    expect(outcome.errors).toStrictEqual([]);
    expect(clock.slept).toStrictEqual(Array.from({ length: 36 }, () => 250));
    expect(outcome.progress).toContain('? association: EC2 to see the new instance profile');
  });

  it('gives up after three minutes and names both readings', async () => {
    mock.settings.propagation.iamToEc2Milliseconds = 600_000;
    const outcome = await setUpCloud(run());

    expect(outcome.errors.map(({ code }) => code)).toStrictEqual(['PROFILE_NOT_VISIBLE']);
    expect(outcome.errors[0]?.why).toContain('either IAM has not told EC2 of it yet');
    expect(clock.slept.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(180_000);
    expect(clock.slept.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(170_000);
  });

  it('goes on where it gave up', async () => {
    mock.settings.propagation.iamToEc2Milliseconds = 600_000;
    const first = await setUpCloud(run());
    mock.settings.propagation.iamToEc2Milliseconds = 0;
    const second = await setUpCloud(run(), first.journal.receipt);

    expect(second.errors).toStrictEqual([]);
    expect(second.changes.filter(({ status }) => status === 'applied').map(({ step }) => step)).toStrictEqual(
      ['association'],
    );
  });

  it.each([
    ['iam', 'AddRoleToInstanceProfile', 'NoSuchEntity', `The role with name ${name} cannot be found.`, 404],
    ['iam', 'PutRolePolicy', 'NoSuchEntity', `The role with name ${name} cannot be found.`, 404],
    [
      'ec2',
      'AssociateIamInstanceProfile',
      'InvalidParameterValue',
      `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
      400,
    ],
    [
      'ec2',
      'AssociateIamInstanceProfile',
      'InvalidParameterValue',
      'IAM Instance Profile "arn:aws:iam::111122223333:instance-profile/X" has no associated IAM Roles',
      400,
    ],
    [
      'ec2',
      'AssociateIamInstanceProfile',
      'IncorrectState',
      'Cannot associate. ResultDetail: { Code=InstanceIdentityProfileNotFound, Message=InstanceIdentityProfile not found for the key: 111122223333/X }',
      400,
    ],
  ])('waits out %s %s: %s %s', async (service, operation, code, message, status) => {
    mock.settings.faults.push({ service, operation, times: 2, kind: { code, message, status } });
    const outcome = await setUpCloud(run());

    expect(outcome.errors).toStrictEqual([]);
    expect(clock.slept).toStrictEqual([250, 250]);
  });

  it.each(['iam:AddRoleToInstanceProfile', 'ec2:AssociateIamInstanceProfile', 'iam:PassRole'])(
    'does not wait where %s is denied',
    async (action) => {
      mock.settings.deny.push(action);
      const outcome = await setUpCloud(run());

      expect(outcome.errors).toHaveLength(1);
      expect(outcome.errors[0]?.message).toMatch(/AccessDenied|UnauthorizedOperation/u);
      expect(clock.slept).toStrictEqual([]);
      await outcome.undo();
    },
  );

  it('believes a profile that stays empty to be empty', async () => {
    await account.iam.createInstanceProfile('empty', {});
    const arn = 'arn:aws:iam::111122223333:instance-profile/empty';
    const context = { receiptId: 'r-test', waiting: () => undefined };

    await expect(associateWhenVisible(running, arn, account, context)).rejects.toMatchObject({
      code: 'PROFILE_HAS_NO_ROLE',
    });
    expect(clock.slept.reduce((sum, pause) => sum + pause, 0)).toBe(3000);
  });

  it('waits for an association that is on its way out', async () => {
    const text = `There is an existing association for instance ${running}`;
    const kind = { code: 'IncorrectState', message: text, status: 400 };
    mock.settings.faults.push({ operation: 'AssociateIamInstanceProfile', times: 1, kind });
    const outcome = await setUpCloud(run());

    expect(outcome.errors).toStrictEqual([]);
    expect(clock.slept).toStrictEqual([250]);
  });
});

describe('what stops a run before anything is changed', () => {
  /** Plans, and makes sure that looking is all that it did. */
  async function look(more: Partial<CloudRun> = {}): ReturnType<typeof planCloud> {
    try {
      return await planCloud(run(more));
    } finally {
      expect(callNames(mock, 'mutating')).toStrictEqual([]);
    }
  }

  it('an instance that is gone', async () => {
    await expect(look({ instanceId: terminated })).rejects.toMatchObject({
      code: 'INSTANCE_WRONG_STATE',
      message: `the instance ${terminated} is terminated`,
    });
  });

  it('an instance that is nowhere', async () => {
    await expect(look({ instanceId: 'i-0123456789abcdef0' })).rejects.toMatchObject({
      code: 'INSTANCE_NOT_FOUND',
      message: 'no instance i-0123456789abcdef0 in the region us-east-1 of the account 111122223333',
      why: 'it is in no other enabled region that could be searched either',
    });
  });

  it('an instance that may not be looked for elsewhere', async () => {
    mock.settings.deny.push('ec2:DescribeRegions');

    await expect(look({ instanceId: 'i-0123456789abcdef0' })).rejects.toMatchObject({
      code: 'INSTANCE_NOT_FOUND',
      why: 'the other regions could not be searched: that needs ec2:DescribeRegions and ec2:DescribeInstances',
    });
  });

  it('an instance in another region, which is named', async () => {
    await restart({ instances: [{ instanceId: running, region: 'eu-west-1' }] });

    await expect(look()).rejects.toMatchObject({
      code: 'INSTANCE_NOT_FOUND',
      fix: 'add --region eu-west-1',
    });
  });

  it('a profile without a role', async () => {
    await expect(look({ instanceId: withoutRole })).rejects.toMatchObject({
      code: 'PROFILE_HAS_NO_ROLE',
      message: `the instance profile no-role on ${withoutRole} holds no role`,
    });
  });

  it('a partition without Bedrock', async () => {
    await restart({ partition: 'aws-cn' });

    await expect(look()).rejects.toMatchObject({ code: 'BEDROCK_NOT_IN_PARTITION', exitCode: 2 });
  });

  it('a region without Bedrock, before any call', async () => {
    await expect(look({ region: 'ap-east-1' })).rejects.toMatchObject({
      code: 'BEDROCK_NOT_IN_REGION',
    });
    expect(mock.calls).toStrictEqual([]);
  });

  it('a namesake role that trusts somebody else', async () => {
    const lambda = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const trustPolicy = { Version: '2012-10-17', Statement: [lambda] };
    const roles = [{ roleName: name, trustPolicy }];
    await restart({
      world: { instances: [{ instanceId: running }], roles, instanceProfiles: [], policies: [] },
    });
    const { plan } = await look();

    expect(plan.steps[0]?.conflict).toMatchObject({ code: 'ROLE_TRUST_DIFFERS', scope: 'run' });
  });

  it('a namesake profile that holds another role', async () => {
    const roles = [{ roleName: 'other' }];
    const instanceProfiles = [{ name, roleName: 'other' }];
    await restart({ world: { instances: [{ instanceId: running }], roles, instanceProfiles, policies: [] } });
    const { plan } = await look();

    expect(plan.steps.find(({ step }) => step === 'profile-membership')?.conflict).toMatchObject({
      code: 'PROFILE_OCCUPIED',
      message: `the instance profile ${name} already holds the role other, not ${name}`,
    });
  });

  it('a managed policy of another account', async () => {
    const policy = { kind: 'managed', arn: 'arn:aws:iam::999999999999:policy/mine' } as const;

    await expect(look({ settings: { policy } })).rejects.toMatchObject({
      code: 'POLICY_NOT_IN_ACCOUNT',
    });
  });

  it('a managed policy that does not exist, unless it may not be looked up', async () => {
    const policy = { kind: 'managed', arn: 'arn:aws:iam::111122223333:policy/Mistyped' } as const;
    const conflictOf = async () =>
      (await look({ settings: { policy } })).plan.steps.find(({ step }) => step === 'permission-policy')
        ?.conflict;

    expect(await conflictOf()).toMatchObject({
      code: 'POLICY_NOT_FOUND',
      scope: 'run',
      message: 'there is no managed policy arn:aws:iam::111122223333:policy/Mistyped',
    });
    mock.settings.deny.push('iam:GetPolicy');
    expect(await conflictOf()).toBeNull();
  });
});

describe('an instance that has a profile', () => {
  it("gets the policy on its own role, even where our role's name may not be looked up", async () => {
    mock.settings.faults.push({ operation: 'GetRole', kind: 'access-denied' });
    const before = accountNow();
    const outcome = await setUpCloud(run({ instanceId: withProfile }));

    expect(outcome.errors).toStrictEqual([]);
    expect(callNames(mock, 'mutating')).toStrictEqual(['iam:PutRolePolicy']);
    expect(outcome.changes[0]).toMatchObject({
      target: 'OpenClawBedrock on web-server',
      detail: "the instance's own role: 7 actions, 9 resource patterns",
    });
    mock.settings.faults.splice(0);
    await outcome.undo();
    expect(accountNow()).toStrictEqual(before);
  });

  it('is given another profile on request, and its own back', async () => {
    const before = accountNow();
    const outcome = await setUpCloud(run({ instanceId: withProfile, settings: { replaceProfile: true } }));

    expect(outcome.errors).toStrictEqual([]);
    await outcome.undo();
    expect(accountNow()).toStrictEqual(before);
  });

  it('keeps a third profile that it was given since', async () => {
    const outcome = await setUpCloud(run({ instanceId: withProfile, settings: { replaceProfile: true } }));
    const now = await account.ec2.describeAssociation(withProfile);
    await account.iam.createInstanceProfile('third', {});
    await account.iam.addRoleToInstanceProfile('third', 'web-server');
    await account.ec2.replaceAssociation(now?.id ?? '', 'arn:aws:iam::111122223333:instance-profile/third');
    const undone = await outcome.undo();

    expect(undone.errors.map(({ code }) => code)).toStrictEqual(['CHANGED_SINCE']);
    expect((await account.ec2.describeAssociation(withProfile))?.profileArn).toContain('/third');
  });

  it('has none after all where the one that it had no longer exists, and nothing of ours is kept for it', async () => {
    const outcome = await setUpCloud(run({ instanceId: withProfile, settings: { replaceProfile: true } }));
    await account.iam.removeRoleFromInstanceProfile('web-server', 'web-server');
    await account.iam.deleteInstanceProfile('web-server');
    const undone = await outcome.undo();

    expect(undone.errors).toStrictEqual([]);
    expect(undone.changes.find(({ step }) => step === 'association')?.detail).toBe(
      'taken off; web-server, which it had before, no longer exists',
    );
    expect(await account.ec2.describeAssociation(withProfile)).toBeNull();
    expect(await account.iam.getRole(name)).toBeNull();
  });
});

describe('a profile that was deleted and made anew under its name', () => {
  /** What an administrator does who wants to begin from scratch; `roleName` goes into the new one, if there is to be one. */
  async function makeAnew(profile: string, roleName: string | null): Promise<void> {
    await account.iam.removeRoleFromInstanceProfile(profile, roleName ?? name);
    await account.iam.deleteInstanceProfile(profile);
    if (roleName === null) return;
    await account.iam.createInstanceProfile(profile, {});
    await account.iam.addRoleToInstanceProfile(profile, roleName);
  }

  /** Whether the instance has the profile that is there now. */
  function hasTheNewOne(profile: string, instanceId: string): boolean {
    const live = Object.values(mock.state.associations).filter(
      (one) => one.instanceId === instanceId && one.endedAt === undefined,
    );
    return live.length === 1 && live[0]?.profileId === mock.state.instanceProfiles[profile]?.id;
  }

  it.each([
    ['a running instance', running, false],
    ['a stopped instance', stopped, false],
    ['a running instance, with --replace-profile', running, true],
  ])(
    'by this very run: %s gets the new one, and undo leaves nothing',
    async (_, instanceId, replaceProfile) => {
      const before = accountNow();
      const first = await setUpCloud(run({ instanceId }));
      await makeAnew(name, null);
      mock.settings.propagation.iamToEc2Milliseconds = 1000;
      const again = run({ instanceId, settings: { replaceProfile } });
      const second = await setUpCloud(again, first.journal.receipt);

      expect(second.errors).toStrictEqual([]);
      expect(hasTheNewOne(name, instanceId)).toBe(true);
      expect((await planCloud(again)).plan.steps.flatMap(({ changes }) => changes)).toStrictEqual([]);
      expect((await second.undo()).errors).toStrictEqual([]);
      expect(accountNow()).toStrictEqual(before);
    },
  );

  it.each([
    ['a running instance', running],
    ['a stopped instance', stopped],
  ])('by somebody else: %s gets the new one, and nothing else is done', async (_, instanceId) => {
    const first = await setUpCloud(run({ instanceId }));
    await makeAnew(name, name);
    const second = await setUpCloud(run({ instanceId }), first.journal.receipt);

    expect(second.errors).toStrictEqual([]);
    const applied = second.changes.filter(({ status }) => status === 'applied').map(({ step }) => step);
    expect(new Set(applied)).toStrictEqual(new Set(['association']));
    expect(hasTheNewOne(name, instanceId)).toBe(true);
  });

  it("that is the instance's own: it gets the new one, with the policy on its role", async () => {
    await makeAnew('web-server', 'web-server');
    const outcome = await setUpCloud(run({ instanceId: withProfile }));

    expect(outcome.errors).toStrictEqual([]);
    expect(hasTheNewOne('web-server', withProfile)).toBe(true);
    expect((await outcome.undo()).errors).toStrictEqual([]);
    expect(await account.ec2.describeAssociation(withProfile)).toBeNull();
  });

  it.each([
    ['a running instance', 'ReplaceIamInstanceProfileAssociation', running],
    ['a stopped instance', 'DisassociateIamInstanceProfile', stopped],
    ['a stopped instance', 'AssociateIamInstanceProfile', stopped],
  ])('is finished by the next run where %s was left at %s', async (_, operation, instanceId) => {
    const before = accountNow();
    const first = await setUpCloud(run({ instanceId }));
    await makeAnew(name, null);
    mock.settings.faults.push({ operation, times: 1, kind: 'access-denied' });
    const second = await setUpCloud(run({ instanceId }), first.journal.receipt);
    expect(second.errors).toHaveLength(1);
    const third = await setUpCloud(run({ instanceId }), second.journal.receipt);

    expect(third.errors).toStrictEqual([]);
    expect(hasTheNewOne(name, instanceId)).toBe(true);
    expect((await third.undo()).errors).toStrictEqual([]);
    expect(accountNow()).toStrictEqual(before);
  });

  it.each([
    ['running', 'ReplaceIamInstanceProfileAssociation', running],
    ['stopped', 'DisassociateIamInstanceProfile', stopped],
    ['stopped', 'AssociateIamInstanceProfile', stopped],
  ])(
    'is there on an instance that is %s, although an answer is lost: %s',
    async (_, operation, instanceId) => {
      const first = await setUpCloud(run({ instanceId }));
      await makeAnew(name, null);
      mock.settings.faults.push({ operation, times: 1, kind: 'drop-after' });
      const second = await setUpCloud(run({ instanceId }), first.journal.receipt);

      expect(second.errors).toStrictEqual([]);
      expect(hasTheNewOne(name, instanceId)).toBe(true);
    },
  );
});

describe('metadata options', () => {
  it('sets the hop limit alone, and sets it back', async () => {
    const before = accountNow();
    const outcome = await setUpCloud(run({ settings: { hopLimit: 3 } }));

    expect(outcome.changes.at(-1)).toMatchObject({ detail: 'metadata hop limit 2 -> 3', status: 'applied' });
    expect(mock.state.instances[running]?.metadataOptions).toMatchObject({
      httpPutResponseHopLimit: 3,
      httpTokens: 'required',
      httpEndpoint: 'enabled',
    });
    await outcome.undo();
    expect(accountNow()).toStrictEqual(before);
  });

  it('names a metadata service that is turned off and leaves it so', async () => {
    await restart({ instances: [{ instanceId: running, metadataOptions: { httpEndpoint: 'disabled' } }] });
    const outcome = await setUpCloud(run({ settings: { hopLimit: 3 } }));

    expect(outcome.errors).toStrictEqual([]);
    expect(outcome.changes.at(-1)).toMatchObject({ step: 'metadata-options', status: 'skipped' });
    expect(mock.state.instances[running]?.metadataOptions.httpEndpoint).toBe('disabled');
  });
});

const writes = [
  'CreateRole',
  'PutRolePolicy',
  'CreateInstanceProfile',
  'AddRoleToInstanceProfile',
  'AssociateIamInstanceProfile',
] as const;

describe('an answer that is lost', () => {
  it.each(writes)('of %s once: the run goes through and can be taken back', async (operation) => {
    const before = accountNow();
    mock.settings.faults.push({ operation, times: 1, kind: 'drop-after' });
    const outcome = await setUpCloud(run());

    expect(outcome.errors).toStrictEqual([]);
    expect((await outcome.undo()).errors).toStrictEqual([]);
    expect(accountNow()).toStrictEqual(before);
  });

  it.each(writes)('of %s every time: the next run finishes, and it can be taken back', async (operation) => {
    const before = accountNow();
    mock.settings.faults.push({ operation, times: 3, kind: 'drop-after' });
    const first = await setUpCloud(run());
    expect(first.errors.length).toBeLessThanOrEqual(1);
    const second = await setUpCloud(run(), first.journal.receipt);

    expect(second.errors).toStrictEqual([]);
    expect((await second.undo()).errors).toStrictEqual([]);
    expect(accountNow()).toStrictEqual(before);
  });

  it.each([
    'DisassociateIamInstanceProfile',
    'RemoveRoleFromInstanceProfile',
    'DeleteInstanceProfile',
    'DeleteRolePolicy',
    'DeleteRole',
  ])('of %s while undoing: undo goes through', async (operation) => {
    const before = accountNow();
    const outcome = await setUpCloud(run());
    mock.settings.faults.push({ operation, times: 1, kind: 'drop-after' });

    expect((await outcome.undo()).errors).toStrictEqual([]);
    expect(accountNow()).toStrictEqual(before);
  });

  it.each(['ReplaceIamInstanceProfileAssociation'])(
    'of %s: replaced, and brought back',
    async (operation) => {
      const before = accountNow();
      mock.settings.faults.push({ operation, times: 1, kind: 'drop-after' });
      const outcome = await setUpCloud(run({ instanceId: withProfile, settings: { replaceProfile: true } }));

      expect(outcome.errors).toStrictEqual([]);
      mock.settings.faults.push({ operation, times: 1, kind: 'drop-after' });
      expect((await outcome.undo()).errors).toStrictEqual([]);
      expect(accountNow()).toStrictEqual(before);
    },
  );
});

describe('two at once', () => {
  it('on one instance: both end with everything in place, and both can be taken back', async () => {
    const before = accountNow();
    const [one, two] = await Promise.all([
      setUpCloud(run({ receiptId: 'r-one' })),
      setUpCloud(run({ receiptId: 'r-two' })),
    ]);

    expect([...one.errors, ...two.errors]).toStrictEqual([]);
    const { plan } = await planCloud(run());
    expect(plan.steps.flatMap((step) => step.changes)).toStrictEqual([]);
    await two.undo();
    await one.undo();
    expect(accountNow()).toStrictEqual(before);
  });
});

describe('undo', () => {
  it('does nothing where nothing was ever done', async () => {
    mock.settings.faults.push({ kind: 'access-denied', operation: 'CreateRole' });
    const before = accountNow();
    const outcome = await setUpCloud(run());
    expect(outcome.errors).toHaveLength(1);
    mock.settings.faults.splice(0);
    await outcome.undo();

    expect(accountNow()).toStrictEqual(before);
  });

  it('is harmless the second time', async () => {
    const before = accountNow();
    const outcome = await setUpCloud(run({ instanceId: stopped }));
    const receipt = structuredClone(outcome.journal.receipt);
    await outcome.undo();
    const again = await setUpCloud(run({ instanceId: stopped }), receipt);
    await again.undo();
    expect((await again.undo()).errors).toStrictEqual([]);

    expect(accountNow()).toStrictEqual(before);
  });
});
