import { beforeEach, describe, expect, it } from 'vitest';
import type { CloudGoal, Goal } from '../../../src/core/goal.js';
import type { Settings } from '../../../src/core/settings.js';
import { readCloudGoal } from '../../../src/steps/cloud/goal.js';
import { cloudSteps } from '../../../src/steps/cloud/index.js';
import { someScript, someSettings } from '../../support/cloud.js';
import type { PlainState } from '../../support/plain-account.js';
import { plainAccount, plainInstance, plainRole, profileArn } from '../../support/plain-account.js';

const id = 'i-1';
const name = 'EC2-Bedrock-Access';
const identity = { account: '111122223333', partition: 'aws', arn: 'arn' };

let state: PlainState;
let readers: Parameters<typeof readCloudGoal>[1];

beforeEach(() => {
  const plain = plainAccount();
  state = plain.state;
  readers = { ...plain.ports, identity: { getCallerIdentity: async () => identity } };
  state.instances.set(id, plainInstance(id));
});

async function cloudGoal(settings: Partial<Settings> = {}, region = 'us-east-1'): Promise<CloudGoal> {
  const arns = ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0'];
  const model = Promise.resolve({ id: 'm', arns });
  const input = { settings: someSettings(settings), instanceId: id, region, model };
  return readCloudGoal(input, readers);
}

const fresh = {
  role: { name, arn: `arn:aws:iam::111122223333:role/${name}`, adopted: false },
  profile: { name, arn: profileArn(name), adopted: false },
};
const adopted = {
  role: { name: 'web-server', arn: 'arn:aws:iam::111122223333:role/web-server', adopted: true },
  profile: { name: 'web', arn: profileArn('web'), adopted: true },
};

describe('what the settings come to', () => {
  it('on an instance without a profile', async () => {
    expect(await cloudGoal()).toMatchObject({
      identity,
      instance: { id },
      association: null,
      policy: { kind: 'inline', name: 'OpenClawBedrock' },
      ...fresh,
    });
  });

  it('in another partition', async () => {
    readers = {
      ...readers,
      identity: { getCallerIdentity: async () => ({ ...identity, partition: 'aws-us-gov' }) },
    };
    expect(await cloudGoal({ roleName: 'X' }, 'us-gov-west-1')).toMatchObject({
      role: { name: 'X', arn: 'arn:aws-us-gov:iam::111122223333:role/X' },
      profile: { name: 'X', arn: 'arn:aws-us-gov:iam::111122223333:instance-profile/X' },
    });
  });

  it('where role and profile of that name lie below a path', async () => {
    state.roles.set(name, { ...plainRole(name), arn: `arn:aws:iam::111122223333:role/path/${name}` });
    expect((await cloudGoal()).role.arn).toBe(`arn:aws:iam::111122223333:role/path/${name}`);
  });

  it('on an instance with a profile of its own', async () => {
    state.roles.set('web-server', plainRole('web-server'));
    state.profiles.set('web', { tags: {}, role: 'web-server' });
    state.links.set(id, 'web');
    expect(await cloudGoal()).toMatchObject(adopted);
    expect(await cloudGoal({ replaceProfile: true })).toMatchObject(fresh);
  });

  it('on an instance with the tool’s own profile, or a namesake that holds another role', async () => {
    state.links.set(id, name);
    state.profiles.set(name, { tags: {}, role: null });
    expect(await cloudGoal()).toMatchObject(fresh);
    state.profiles.set(name, { tags: {}, role: name });
    expect(await cloudGoal()).toMatchObject(fresh);
    state.profiles.set(name, { tags: {}, role: 'web-server' });
    expect(await cloudGoal()).toMatchObject({
      role: adopted.role,
      profile: { name, arn: profileArn(name), adopted: true },
    });
  });
});

describe('what stops a run', () => {
  it.each<[string, () => void, string, string]>([
    [
      'no instance',
      () => state.instances.clear(),
      'INSTANCE_NOT_FOUND',
      'no instance i-1 in the region us-east-1 of the account 111122223333',
    ],
    [
      'an instance that is going',
      () => state.instances.set(id, plainInstance(id, { state: 'terminated' })),
      'INSTANCE_WRONG_STATE',
      'the instance i-1 is terminated',
    ],
    [
      'a profile without a role',
      () => state.profiles.set('web', { tags: {}, role: null }),
      'PROFILE_HAS_NO_ROLE',
      'the instance profile web on i-1 holds no role',
    ],
    [
      'a profile that is gone',
      () => undefined,
      'PROFILE_HAS_NO_ROLE',
      'the instance profile web on i-1 no longer exists in IAM',
    ],
    [
      'a role for somebody else',
      () => {
        state.profiles.set('web', { tags: {}, role: 'web-server' });
        state.roles.set('web-server', { ...plainRole('web-server'), trustPolicy: {} });
      },
      'ROLE_TRUST_DIFFERS',
      'the role web-server exists and does not trust ec2.amazonaws.com',
    ],
  ])('%s', async (_what, prepare, code, message) => {
    state.links.set(id, 'web');
    prepare();
    await expect(cloudGoal()).rejects.toMatchObject({ code, message });
  });

  it('a role for somebody else, with two ways on', async () => {
    state.links.set(id, 'web');
    state.profiles.set('web', { tags: {}, role: 'web-server' });
    state.roles.set('web-server', { ...plainRole('web-server'), trustPolicy: {} });
    await expect(cloudGoal()).rejects.toMatchObject({
      details: {
        fix: 'let ec2.amazonaws.com assume web-server, or pass --replace-profile to give i-1 a profile of its own',
      },
    });
  });

  it('a region without Bedrock, before anything is asked', async () => {
    readers = { ...readers, identity: { getCallerIdentity: async () => Promise.reject(new Error('asked')) } };
    await expect(cloudGoal({}, 'cn-north-1')).rejects.toMatchObject({
      code: expect.stringMatching(/^BEDROCK_NOT_IN/u) as unknown,
    });
  });
});

describe('the steps that a run wants', () => {
  async function wanted(settings: Partial<Settings>, change: Partial<Goal> = {}): Promise<readonly string[]> {
    const all = someSettings(settings);
    const enrollment = all.enroll === null ? null : { ...all.enroll, script: someScript };
    const cloud = change.cloud === null ? null : await cloudGoal(settings);
    const goal: Goal = {
      settings: all,
      receiptId: 'r-1',
      region: 'us-east-1',
      cloud,
      host: null,
      model: null,
      enrollment,
      ...change,
    };
    const looks = await Promise.all(
      cloudSteps.map(async (step) => [step.id, await step.look(goal, readers)] as const),
    );
    return looks.flatMap(([step, look]) => (look === null ? [] : [`${step}: ${look.subject}`]));
  }

  const rights = `permission-policy: OpenClawBedrock on ${name}`;
  const all = [
    `iam-role: ${name}`,
    rights,
    `instance-profile: ${name}`,
    `profile-membership: ${name} -> ${name}`,
    `association: ${id} -> ${name}`,
  ];

  it('by default', async () => {
    expect(await wanted({})).toEqual(all);
  });

  it('with a hop limit and an enrollment', async () => {
    expect(await wanted({ hopLimit: 2, enroll: { key: 'k', value: 'v' } })).toEqual([
      ...all,
      `metadata-options: ${id}`,
      'enrollment: openclaw-bedrock-setup-k-v',
    ]);
  });

  it('where the metadata service is off', async () => {
    state.instances.set(
      id,
      plainInstance(id, { metadataOptions: { endpoint: 'disabled', tokens: 'required', hopLimit: 1 } }),
    );
    expect(await wanted({})).toEqual([...all, `metadata-options: ${id}`]);
  });

  it('on an instance with a profile of its own', async () => {
    state.roles.set('web-server', plainRole('web-server'));
    state.profiles.set('web', { tags: {}, role: 'web-server' });
    state.links.set(id, 'web');
    expect(await wanted({})).toEqual([
      'permission-policy: OpenClawBedrock on web-server',
      `association: ${id} -> web`,
    ]);
  });

  it('none where the account is left alone', async () => {
    expect(await wanted({ hopLimit: 2, enroll: { key: 'k', value: 'v' } }, { cloud: null })).toEqual([]);
  });
});

describe('the role’s rights as they are looked up', () => {
  const look = async (settings: Partial<Settings>): Promise<unknown> => {
    const goal: Goal = {
      settings: someSettings(settings),
      receiptId: 'r-1',
      region: 'us-east-1',
      cloud: await cloudGoal(settings),
      host: null,
      model: null,
      enrollment: null,
    };
    const found = await cloudSteps.find((step) => step.id === 'permission-policy')?.look(goal, readers);
    return found?.result;
  };
  const arn = 'arn:aws:iam::111122223333:policy/Mine';
  const managed = { policy: { kind: 'managed', arn } } as const;

  it('say that a named policy is not there', async () => {
    readers = { ...readers, iam: { ...readers.iam, hasPolicy: async () => false } };
    expect(await look(managed)).toMatchObject({ scope: 'run', conflict: { code: 'POLICY_NOT_FOUND' } });
    state.roles.set(name, { ...plainRole(name), attached: [arn] });
    expect(await look(managed)).toEqual([]);
  });

  it.each([true, null])('do not where it is, or nobody may know (%s)', async (there) => {
    readers = { ...readers, iam: { ...readers.iam, hasPolicy: async () => there } };
    expect(await look(managed)).toMatchObject([{ op: { kind: 'attach', role: name, policyArn: arn } }]);
  });

  it('hold the policy for Systems Manager on request', async () => {
    const core = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
    expect(await look({ ssm: true })).toMatchObject([
      { op: { kind: 'put' } },
      { op: { kind: 'attach', policyArn: core } },
    ]);
    expect(await look({})).toMatchObject([{ op: { kind: 'put' } }]);
  });

  it('are in place with a managed policy that gives as much, unless less was asked for', async () => {
    const full = 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess';
    state.roles.set(name, { ...plainRole(name), attached: [full] });
    expect(await look({})).toEqual([]);
    expect(await look({ policy: { kind: 'scoped' } })).toMatchObject([{ op: { kind: 'put' } }]);
  });

  it('are not asked of a role that is still to be made', async () => {
    const never = async (): Promise<never> => Promise.reject(new Error('asked'));
    readers = { ...readers, iam: { ...readers.iam, getRolePolicy: never, listAttachedRolePolicies: never } };
    expect(await look({})).toMatchObject([{ action: 'create' }]);
  });
});
