import { isDeepStrictEqual } from 'node:util';
import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/adapters/clock.js';
import { hasCode } from '../../src/core/failure/aws-error.js';
import type { ErrorDetails } from '../../src/core/errors.js';
import { errorMessage } from '../../src/core/errors.js';
import { invokePolicy } from '../../src/core/policy/policies.js';
import { ec2TrustPolicy } from '../../src/core/policy/policy-document.js';
import { startMockAws } from '../../src/mock-aws/index.js';
import type { JsonObject } from '../../src/ports/json.js';
import operator from '../../templates/iam/operator.json' with { type: 'json' };
import { connectAccount, emptyAccount, isolateAws, outsideClients, snapshot } from '../support/account.js';
import type { CloudRun } from '../support/cloud.js';
import { setUpCloud } from '../support/cloud.js';
import { steppingClock } from '../support/memory.js';
import type { Moto } from '../support/moto.js';
import { startMoto } from '../support/moto.js';
import { commandRequirement } from '../support/requirements.js';

const region = 'us-east-1';
const account = '123456789012';
const hasMoto = await commandRequirement('moto_server');
const actions = operator.Statement.flatMap(({ Action }) => Action);

/** Without these a run goes on and says less: they are for advice, and for what only some flags ask for. */
const advice: ReadonlySet<string> = new Set([
  'iam:GetPolicy',
  'iam:SimulatePrincipalPolicy',
  'sts:DecodeAuthorizationMessage',
  'ssm:ListAssociations',
  'servicequotas:ListServiceQuotas',
  'bedrock:ListFoundationModels',
  'bedrock:ListInferenceProfiles',
  'bedrock:GetFoundationModelAvailability',
  'bedrock:GetUseCaseForModelAccess',
  'bedrock:ListFoundationModelAgreementOffers',
  'bedrock:CreateFoundationModelAgreement',
  'bedrock:PutUseCaseForModelAccess',
]);

/** Groups and hosts from afar ask for these; `least-privilege-afar.test.ts` takes them away one by one. */
const afar = /^(?:autoscaling:|ec2:\w*LaunchTemplate|ssm:(?!ListAssociations))/u;

/** The operator's policy as it is in the repository, for the account of the test; without one action. */
function operatorPolicy(partition: string, of: string, without?: string): JsonObject {
  const statements = operator.Statement.flatMap((statement) => {
    const left = [statement.Action].flat().filter((action) => action !== without);
    return left.length === 0 ? [] : [{ ...statement, Action: left }];
  });
  const values: Readonly<Record<string, string>> = {
    partition,
    account: of,
    region,
    roleName: 'EC2-Bedrock-Access',
  };
  const text = JSON.stringify({ Version: operator.Version, Statement: statements });
  return JSON.parse(
    text.replace(/\{\{(\w+)\}\}/gu, (_whole, name: string) => values[name] ?? name),
  ) as JsonObject;
}

/** What a life comes to: nothing, or what was refused. */
type Refusal = string | null;

/** A set-up with everything, the set-up of one more instance, a replacement of its profile, and the undo of all. */
async function live(
  run: (more: Partial<CloudRun>) => CloudRun,
  instances: readonly string[],
): Promise<Refusal> {
  const [bare = '', other = ''] = instances;
  const undoing: (() => Promise<{ readonly errors: readonly ErrorDetails[] }>)[] = [];
  try {
    for (const more of [
      { instanceId: bare, settings: { ssm: true, hopLimit: 3 }, receiptId: 'r-1' },
      { instanceId: other, settings: { replaceProfile: true }, receiptId: 'r-2' },
    ]) {
      const outcome = await setUpCloud(run(more));
      undoing.push(async () => outcome.undo());
      if (outcome.errors[0] !== undefined) return outcome.errors[0].message;
    }
    for (const undo of undoing.toReversed()) {
      const { errors } = await undo();
      if (errors[0] !== undefined) return `${errors[0].message}; ${errors[0].fix}`;
    }
    return null;
  } catch (error) {
    if (hasCode(error, 'AccessDenied', 'UnauthorizedOperation')) return errorMessage(error);
    throw error;
  }
}

function leftBy(before: unknown, after: unknown): Refusal {
  return isDeepStrictEqual(before, after) ? null : 'the account is not as it was';
}

afterEach(() => vi.unstubAllEnvs());

describe('the policy of the role', () => {
  it('lets it read what models there are and call them, and nothing else', () => {
    const document = invokePolicy({ account, partition: 'aws', arn: '' }, region);
    const statements = document['Statement'] as readonly {
      readonly Effect: string;
      readonly Action: string | readonly string[];
    }[];
    expect(statements.every(({ Effect }) => Effect === 'Allow')).toBe(true);
    for (const action of statements.flatMap(({ Action }) => Action))
      expect(action).toMatch(
        /^bedrock:(?:InvokeModel(?:WithResponseStream)?|ApplyGuardrail|(?:List|Get)(?:FoundationModels?|InferenceProfiles?))$/u,
      );
  });

  it('is for roles that only EC2 can take on', () => {
    expect(ec2TrustPolicy).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
  });
});

/** Whoever replaces a profile of another name must see it, and give its role back when it is undone. */
const besides = {
  Version: '2012-10-17',
  Statement: [
    ['iam:GetInstanceProfile', 'arn:aws:iam::111122223333:instance-profile/web-server'],
    ['iam:PassRole', 'arn:aws:iam::111122223333:role/web-server'],
  ].map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })),
};

describe('the operator’s policy, judged with resources and conditions by the embedded AWS', () => {
  async function inEmbedded(without?: string): Promise<Refusal> {
    const clock = steppingClock(Date.now());
    const policies = [operatorPolicy('aws', '111122223333', without), besides];
    const mock = await startMockAws({
      now: () => clock.now(),
      regions: [region, 'us-west-2'],
      operatorPolicies: policies,
    });
    isolateAws(mock.url);
    const connected = connectAccount(clock, { maxAttempts: 1 });
    try {
      const before = structuredClone(mock.state.roles);
      const run = (more: Partial<CloudRun>): CloudRun => ({
        account: connected,
        instanceId: '',
        region,
        ...more,
      });
      // A replacement of a stopped instance's profile takes it off and puts another on.
      const stopped = mock.state.instances['i-0abc1234def567893'];
      if (stopped !== undefined && without === 'ec2:DisassociateIamInstanceProfile')
        stopped.state = 'stopped';
      const refusal = await live(run, ['i-0abc1234def567890', 'i-0abc1234def567893']);
      return refusal ?? leftBy(before, mock.state.roles);
    } finally {
      connected.close();
      await mock.stop();
    }
  }

  it('is enough', async () => {
    expect(await inEmbedded()).toBeNull();
  });

  it.each(actions.filter((action) => !afar.test(action)))(
    'lacks something without %s, and exactly that',
    async (action) => {
      const refusal = await inEmbedded(action);
      expect(advice.has(action) ? `${action} is not missed` : refusal).toContain(action);
      expect(refusal === null).toBe(advice.has(action));
    },
  );
});

describe.skipIf(!hasMoto)('the operator’s policy, enforced by an independent AWS', () => {
  let moto: Moto;
  let key = { accessKeyId: '', secretAccessKey: '' };
  let instances: readonly string[] = [];
  let enforced = 0;

  async function enforce(is: boolean): Promise<void> {
    const answer = await fetch(`${moto.url}/moto-api/reset-auth`, { method: 'POST', body: is ? '0' : 'inf' });
    if (!answer.ok) throw new Error(`moto does not change its authorisation: ${answer.status}`);
  }

  /** Moto judges actions, and neither resources nor conditions. */
  async function allow(without?: string): Promise<void> {
    const Action = actions.filter((action) => action !== without);
    const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
    const { iam } = outsideClients(moto.url);
    const PolicyDocument = JSON.stringify(document);
    await iam.send(
      new PutUserPolicyCommand({ UserName: 'operator', PolicyName: 'operator', PolicyDocument }),
    );
    iam.destroy();
  }

  beforeAll(async () => {
    moto = await startMoto({ INITIAL_NO_AUTH_ACTION_COUNT: 'inf' });
    const { iam, ec2 } = outsideClients(moto.url);
    await iam.send(new CreateUserCommand({ UserName: 'operator' }));
    const { AccessKey: made } = await iam.send(new CreateAccessKeyCommand({ UserName: 'operator' }));
    key = { accessKeyId: made?.AccessKeyId ?? '', secretAccessKey: made?.SecretAccessKey ?? '' };
    const request = new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 2, MaxCount: 2 });
    const { Instances: started = [] } = await ec2.send(request);
    instances = started.map(({ InstanceId: id = '' }) => id);
    iam.destroy();
    ec2.destroy();
  }, 120_000);

  afterAll(async () => {
    process.stderr.write(`${enforced} of ${actions.length} actions of the operator are enforced by moto\n`);
    await moto.stop();
  });

  async function inMoto(without?: string): Promise<Refusal> {
    isolateAws(moto.url);
    const outside = outsideClients(moto.url);
    await enforce(false);
    await emptyAccount(outside);
    const before = await snapshot(outside);
    await allow(without);
    await enforce(true);
    const connected = connectAccount(systemClock, {
      maxAttempts: 1,
      credentials: () => Promise.resolve(key),
    });
    try {
      const run = (more: Partial<CloudRun>): CloudRun => ({
        account: connected,
        instanceId: '',
        region,
        ...more,
      });
      const refusal = await live(run, instances);
      await enforce(false);
      return refusal ?? leftBy(before, await snapshot(outside));
    } finally {
      await enforce(false);
      connected.close();
    }
  }

  it('is enough', { timeout: 120_000 }, async () => {
    expect(await inMoto()).toBeNull();
  });

  it('lacks something without any action that is asked for, and exactly that', {
    timeout: 400_000,
  }, async () => {
    for (const action of actions) {
      if (advice.has(action) || action === 'iam:PassRole') continue;
      const refusal = await inMoto(action);
      if (refusal === null) continue;
      enforced += 1;
      expect(refusal).toContain(action);
    }
    expect(enforced).toBeGreaterThan(15);
  });
});
