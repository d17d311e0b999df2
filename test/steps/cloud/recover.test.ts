import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MockAws } from '../../../src/mock-aws/index.js';
import { startMockAws } from '../../../src/mock-aws/index.js';
import { connectAccount, isolateAws } from '../../support/account.js';
import type { CloudRun } from '../../support/cloud.js';
import { setUpCloud } from '../../support/cloud.js';
import { steppingClock } from '../../support/memory.js';
import { undoWithout } from '../../support/recovered.js';

const running = 'i-0abc1234def567890';
const stopped = 'i-0abc1234def567891';
const withProfile = 'i-0abc1234def567893';
const name = 'EC2-Bedrock-Access';

let mock: MockAws;
let account: ReturnType<typeof connectAccount>;

beforeEach(async () => {
  const clock = steppingClock(Date.now());
  mock = await startMockAws({ now: () => clock.now() });
  isolateAws(mock.url);
  account = connectAccount(clock);
});

afterEach(async () => {
  account.close();
  await mock.stop();
  vi.unstubAllEnvs();
});

function run(more: Partial<CloudRun> = {}): CloudRun {
  return { account, instanceId: running, region: 'us-east-1', ...more };
}

function accountNow(): unknown {
  const { roles, instanceProfiles, associations } = mock.state;
  const live = Object.values(associations).filter(({ endedAt }) => endedAt === undefined);
  return structuredClone({
    roles,
    instanceProfiles,
    links: Object.fromEntries(live.map(({ instanceId, profileArn }) => [instanceId, profileArn])),
  });
}

describe('undo without a receipt', () => {
  it.each([
    ['a running instance', running, {}],
    ['a stopped instance', stopped, {}],
    ['a replaced profile', withProfile, { replaceProfile: true }],
  ])('brings back the account of %s', async (_what, instanceId, settings) => {
    const before = accountNow();
    const { errors } = await setUpCloud(run({ instanceId, settings }));
    expect(errors).toEqual([]);
    expect(accountNow()).not.toEqual(before);
    expect((await undoWithout(account, instanceId)).codes).toEqual([]);
    expect(accountNow()).toEqual(before);
  });

  it('brings back the profile of a stopped instance', async () => {
    const before = accountNow();
    const instance = mock.state.instances[withProfile];
    if (instance !== undefined) instance.state = 'stopped';
    await setUpCloud(run({ instanceId: withProfile, settings: { replaceProfile: true } }));
    expect((await undoWithout(account, withProfile)).codes).toEqual([]);
    expect(accountNow()).toEqual(before);
  });

  it('brings back what two runs with two receipts have made', async () => {
    const before = accountNow();
    mock.settings.deny.push('iam:CreateInstanceProfile');
    await setUpCloud(run({ receiptId: 'r-first' }));
    mock.settings.deny.length = 0;
    await setUpCloud(run({ receiptId: 'r-second' }));
    expect((await undoWithout(account, running)).codes).toEqual([]);
    expect(accountNow()).toEqual(before);
  });

  it('finishes an undo that went half-way', async () => {
    const before = accountNow();
    const made = await setUpCloud(run());
    mock.settings.deny.push('iam:DeleteRole', 'iam:DeleteInstanceProfile');
    await made.undo();
    mock.settings.deny.length = 0;
    expect((await undoWithout(account, running)).codes).toEqual([]);
    expect(accountNow()).toEqual(before);
  });

  it('keeps what another instance uses, and says so', async () => {
    const both = await setUpCloud(run()).then(async () => setUpCloud(run({ instanceId: stopped })));
    expect(both.errors).toEqual([]);
    const { codes, unknown } = await undoWithout(account, running);
    expect(codes).toEqual([]);
    expect(unknown.join('\n')).toContain(`${stopped} may have been set up by others`);
    const links = (accountNow() as { readonly links: Readonly<Record<string, string>> }).links;
    expect(links[running]).toBeUndefined();
    expect(links[stopped]).toContain(name);
  });

  it('touches nothing that is not of its making, and names the policy that may be', async () => {
    await setUpCloud(run({ instanceId: withProfile }));
    const before = accountNow();
    const { codes, unknown } = await undoWithout(account, withProfile);
    expect(codes).toEqual([]);
    expect(unknown.join('\n')).toContain(
      'aws iam delete-role-policy --role-name web-server --policy-name OpenClawBedrock',
    );
    expect(accountNow()).toEqual(before);
  });

  it('does not take a namesake without the tag for its own', async () => {
    await setUpCloud(run());
    for (const role of Object.values(mock.state.roles)) if (role.roleName === name) role.tags = {};
    for (const profile of Object.values(mock.state.instanceProfiles)) profile.tags = {};
    const before = accountNow();
    expect((await undoWithout(account, running)).codes).toEqual([]);
    expect(accountNow()).toEqual(before);
  });

  it('keeps a role to which policies are attached, and says how to go on', async () => {
    await setUpCloud(run({ settings: { ssm: true } }));
    const { codes, unknown } = await undoWithout(account, running);
    expect(codes).toEqual(['IN_USE']);
    expect(unknown.join('\n')).toContain(
      `aws iam detach-role-policy --role-name ${name} --policy-arn arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore`,
    );
  });

  it('finds nothing where nothing was made', async () => {
    expect((await undoWithout(account, running)).entries).toBe(0);
  });
});
