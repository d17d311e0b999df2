import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.js';
import { enrollmentName } from '../../../src/core/account/enrollment.js';
import type { MockAws } from '../../../src/mock-aws/index.js';
import { startMockAws } from '../../../src/mock-aws/index.js';
import { connectAccount, isolateAws } from '../../support/account.js';
import type { CloudRun } from '../../support/cloud.js';
import { setUpCloud, someScript } from '../../support/cloud.js';
import { callNames } from '../../support/mock-aws.js';

const enroll = { key: 'openclaw', value: 'yes' };
const name = 'openclaw-bedrock-setup-openclaw-yes';
const ours = {
  id: 'a-1',
  region: 'us-east-1',
  document: 'AWS-RunShellScript',
  name,
  targets: [{ key: 'tag:openclaw', values: ['yes'] }],
  parameters: { commands: someScript.split('\n'), executionTimeout: ['900'] },
};

let mock: MockAws;
let account: ReturnType<typeof connectAccount>;

beforeEach(async () => {
  mock = await startMockAws();
  isolateAws(mock.url);
  account = connectAccount(systemClock);
});

afterEach(async () => {
  account.close();
  await mock.stop();
  vi.unstubAllEnvs();
});

function run(settings: CloudRun['settings'] = { enroll }): CloudRun {
  return { account, instanceId: 'i-0abc1234def567890', region: 'us-east-1', settings };
}

function scripts(): readonly (string | undefined)[] {
  return mock.state.stateAssociations.map(({ parameters }) => parameters?.['commands']?.join('\n'));
}

describe('an enrollment', () => {
  it('is made, found in place the next time, and deleted again', async () => {
    const outcome = await setUpCloud(run());
    expect(outcome.errors).toEqual([]);
    const [{ id: _id, ...made } = {}] = mock.state.stateAssociations;
    const { id: _other, ...wanted } = ours;
    expect(made).toEqual({ ...wanted, maxConcurrency: '10%', maxErrors: '10%' });

    const again = await setUpCloud(run());
    expect(again.changes.find(({ step }) => step === 'enrollment')?.status).toBe('in-place');

    expect((await outcome.undo()).errors).toEqual([]);
    expect(mock.state.stateAssociations).toEqual([]);
  });

  it('is not looked for without a tag', async () => {
    await setUpCloud(run({}));
    expect(callNames(mock).filter((call) => call.startsWith('ssm:'))).toEqual([]);
  });

  it('gets the new script where an older one of ours is there, and gets that back', async () => {
    const older = `${someScript} older`;
    mock.state.stateAssociations.push({
      ...ours,
      parameters: { ...ours.parameters, commands: older.split('\n') },
    });
    const outcome = await setUpCloud(run());
    expect(outcome.changes.find(({ step }) => step === 'enrollment')).toMatchObject({ action: 'update' });
    expect(scripts()).toEqual([someScript]);
    await outcome.undo();
    expect(scripts()).toEqual([older]);
  });

  it.each([
    ['another document', { document: 'AWS-ApplyAnsiblePlaybooks' }],
    ['another script', { parameters: { commands: ['reboot'] } }],
    ['other targets', { targets: [{ key: 'InstanceIds', values: ['*'] }] }],
  ])('leaves %s alone, and does the rest', async (_what, difference) => {
    const theirs = { ...ours, ...difference };
    mock.state.stateAssociations.push(theirs);
    const outcome = await setUpCloud(run());
    const row = outcome.changes.find(({ step }) => step === 'enrollment');
    expect(row).toMatchObject({ status: 'failed', detail: expect.stringContaining(name) });
    expect(mock.state.stateAssociations).toEqual([theirs]);
    expect(Object.keys(mock.state.roles)).toContain('EC2-Bedrock-Access');
  });

  it('is not deleted once somebody has changed it', async () => {
    const outcome = await setUpCloud(run());
    const [association] = mock.state.stateAssociations;
    if (association !== undefined) association.parameters = { commands: ['reboot'] };
    const undone = await outcome.undo();
    expect(undone.errors.map(({ code }) => code)).toEqual(['CHANGED_SINCE']);
    expect(mock.state.stateAssociations).toHaveLength(1);
  });

  it('has a name that Systems Manager takes', () => {
    expect(enrollmentName({ key: 'team', value: 'R & D / 東京' })).toMatch(/^[\w.-]{3,128}$/u);
    expect(enrollmentName({ key: 'k'.repeat(128), value: 'v' })).toHaveLength(128);
  });
});
