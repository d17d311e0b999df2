import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.js';
import { checkRights } from '../../../src/cli/look/rights.js';
import type { ErrorDetails } from '../../../src/core/errors.js';
import type { MockAws, MockAwsOptions } from '../../../src/mock-aws/index.js';
import { startMockAws } from '../../../src/mock-aws/index.js';
import { connectAccount, isolateAws } from '../../support/account.js';
import type { CloudRun } from '../../support/cloud.js';
import { planCloud, setUpCloud } from '../../support/cloud.js';
import { recordedProgress } from '../../support/memory.js';
import { callNames } from '../../support/mock-aws.js';

const instanceId = 'i-0abc1234def567890';
const ssoArn =
  'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_PowerUser_0123456789abcdef/me@example.com';

let mock: MockAws;
let account: ReturnType<typeof connectAccount>;

async function start(options: MockAwsOptions = {}): Promise<void> {
  mock = await startMockAws(options);
  isolateAws(mock.url);
  account = connectAccount(systemClock, { answerMilliseconds: 1000 });
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

/** What the check says about a plan that is made without any refusal. */
async function check(settings: CloudRun['settings'] = {}): Promise<ErrorDetails | null> {
  const { goal, plan } = await planCloud({ account, instanceId, region: 'us-east-1', settings });
  mock.calls.length = 0;
  return checkRights(
    { account: async () => account, clock: systemClock, progress: recordedProgress() },
    {
      goal,
      plan,
      conflict: null,
      target: { here: null, instanceId, region: 'us-east-1', cloud: true, host: false },
    },
  );
}

describe("the operator's own rights", () => {
  it('are looked up with one call, and an administrator passes', async () => {
    expect(await check({ hopLimit: 3, policy: { kind: 'full-access' } })).toBeNull();
    expect(callNames(mock)).toEqual(['iam:SimulatePrincipalPolicy']);
  });

  it('stop the run where one is missing, with action, resource, cause and the statement to add', async () => {
    mock.settings.deny.push('iam:PassRole');
    const role = 'arn:aws:iam::111122223333:role/EC2-Bedrock-Access';
    const refused = await check();
    expect(refused).toMatchObject({
      code: 'NOT_ALLOWED',
      exitCode: 5,
      message: `arn:aws:iam::111122223333:user/operator lacks iam:PassRole on ${role}, which this plan needs`,
    });
    expect(refused?.why).toContain('no policy of the caller allows it');
    const statement = refused?.fix.split('\n').find((line) => line.startsWith('{'));
    expect(JSON.parse(statement ?? '')).toEqual({
      Sid: 'PassRole',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: role,
      Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    });
  });

  it('name every right that is missing', async () => {
    mock.settings.deny.push('iam:CreateRole', 'ec2:AssociateIamInstanceProfile');
    const refused = await check();
    expect(refused?.why).toContain('iam:CreateRole on arn:aws:iam::111122223333:role/EC2-Bedrock-Access');
    expect(refused?.why).toContain(
      `ec2:AssociateIamInstanceProfile on arn:aws:ec2:us-east-1:111122223333:instance/${instanceId}`,
    );
  });

  it('do not matter for what the plan does not do', async () => {
    mock.settings.deny.push('ec2:ReplaceIamInstanceProfileAssociation', 'iam:AttachRolePolicy');
    expect(await check()).toBeNull();
  });

  it('are not asked for where nothing is to be changed', async () => {
    await setUpCloud({ account, instanceId, region: 'us-east-1' });
    expect(await check()).toBeNull();
    expect(callNames(mock)).toEqual([]);
  });
});

describe('what cannot be told', () => {
  it.each([
    ['the simulator is not allowed', { deny: ['iam:SimulatePrincipalPolicy'] }],
    [
      'the simulator fails',
      { faults: [{ operation: 'SimulatePrincipalPolicy', kind: 'internal' as const }] },
    ],
    [
      'the simulator is throttled',
      { faults: [{ operation: 'SimulatePrincipalPolicy', kind: 'throttle' as const }] },
    ],
    [
      'the simulator does not answer',
      { faults: [{ operation: 'SimulatePrincipalPolicy', kind: 'timeout' as const }] },
    ],
  ])('is no refusal: %s', async (_name, { deny = [], faults = [] }: MockAwsOptions) => {
    mock.settings.deny.push('iam:CreateRole', ...deny);
    mock.settings.faults.push(...faults);
    expect(await check()).toBeNull();
    expect(callNames(mock)).toHaveLength(1);
  });

  it('is no refusal for the root user, who cannot be simulated', async () => {
    mock.settings.operator.arn = 'arn:aws:iam::111122223333:root';
    mock.settings.deny.push('iam:CreateRole');
    expect(await check()).toBeNull();
    expect(callNames(mock)).toEqual([]);
  });

  it('is no refusal where only the organisation refuses: its conditions are not simulated', async () => {
    const Statement = [{ Effect: 'Deny', Action: 'iam:CreateRole', Resource: '*' }];
    mock.settings.serviceControlPolicies.push({ Version: '2012-10-17', Statement });
    expect(await check()).toBeNull();
  });
});

describe('a caller with an assumed role', () => {
  it('is looked up as the role', async () => {
    mock.settings.operator.arn = 'arn:aws:sts::111122223333:assumed-role/Admin/me';
    mock.settings.deny.push('iam:CreateRole');
    expect(await check()).toMatchObject({
      code: 'NOT_ALLOWED',
      message: expect.stringContaining('assumed-role/Admin/me lacks iam:CreateRole'),
    });
  });

  it('is found under the path of single sign-on', async () => {
    const roleName = 'AWSReservedSSO_PowerUser_0123456789abcdef';
    const path = '/aws-reserved/sso.amazonaws.com/eu-central-1/';
    await restart({
      world: { instances: [{ instanceId }], roles: [{ roleName, path }], instanceProfiles: [], policies: [] },
    });
    const { operator } = mock.settings;
    operator.arn = ssoArn;
    mock.settings.deny.push('iam:CreateRole');
    expect(await check()).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(callNames(mock)).toEqual(['iam:GetRole', 'iam:SimulatePrincipalPolicy']);
  });
});

describe('a refusal of EC2 whose message is encoded', () => {
  it('is told in plain words where STS may decode it', async () => {
    mock.settings.faults.push({
      operation: 'AssociateIamInstanceProfile',
      kind: {
        status: 403,
        code: 'UnauthorizedOperation',
        message: `You are not authorized to perform this operation. Encoded authorization failure message: ${encoded()}`,
      },
    });
    await expect(
      account.ec2.associateProfile(instanceId, 'arn:aws:iam::1:instance-profile/x'),
    ).rejects.toThrow(
      /User: arn:aws:iam::111122223333:user\/me is not authorized to perform: iam:PassRole on resource: arn:x with an explicit deny/u,
    );
  });

  it('stays as it is where STS may not', async () => {
    mock.settings.deny.push('sts:DecodeAuthorizationMessage');
    const message = `You are not authorized to perform this operation. Encoded authorization failure message: ${encoded()}`;
    const kind = { status: 403, code: 'UnauthorizedOperation', message };
    mock.settings.faults.push({ operation: 'AssociateIamInstanceProfile', kind });
    await expect(
      account.ec2.associateProfile(instanceId, 'arn:aws:iam::1:instance-profile/x'),
    ).rejects.toThrow(message);
  });
});

/** As the embedded STS encodes; AWS encrypts. */
function encoded(): string {
  const decoded = {
    allowed: false,
    explicitDeny: true,
    context: {
      principal: { arn: 'arn:aws:iam::111122223333:user/me' },
      action: 'iam:PassRole',
      resource: 'arn:x',
    },
  };
  return Buffer.from(JSON.stringify(decoded)).toString('base64url');
}
