import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkPolicyReach } from '../../src/checks/policy-reach.js';
import type { Finding } from '../../src/core/finding.js';
import type { ModelChoice } from '../../src/core/model/model-choice.js';
import { resolveModel } from '../../src/core/model/model-choice.js';
import { scopedPolicy } from '../../src/core/policy/scoped-policy.js';
import type { MockAws } from '../../src/mock-aws/index.js';
import { startMockAws } from '../../src/mock-aws/index.js';
import { connectAccount, isolateAws } from '../support/account.js';
import { steppingClock } from '../support/memory.js';
import { callNames } from '../support/mock-aws.js';

const roleName = 'web-server';
const roleArn = `arn:aws:iam::111122223333:role/${roleName}`;

let mock: MockAws;
let account: ReturnType<typeof connectAccount>;

beforeEach(async () => {
  mock = await startMockAws();
  isolateAws(mock.url);
  account = connectAccount(steppingClock());
});

afterEach(async () => {
  account.close();
  await mock.stop();
  vi.unstubAllEnvs();
});

async function model(asked: string): Promise<ModelChoice> {
  const { bedrock } = account;
  return resolveModel(asked, await bedrock.listInferenceProfiles(), await bedrock.listFoundationModels());
}

async function reach(choice: ModelChoice): Promise<Finding> {
  mock.calls.length = 0;
  return checkPolicyReach(choice, 'us-east-1', roleArn, account.rights);
}

async function allow(arns: readonly string[]): Promise<void> {
  await account.iam.putRolePolicy(roleName, 'OpenClawBedrock', scopedPolicy(arns, 'us-east-1'));
}

describe('the reach of a scoped policy', () => {
  it.each([['us.anthropic.claude-sonnet-4-6'], ['global.anthropic.claude-sonnet-4-6'], ['nova-micro']])(
    'covers %s in all its regions',
    async (asked) => {
      const choice = await model(asked);
      await allow(choice.arns);
      expect(await reach(choice)).toMatchObject({ id: 'policy-reach', status: 'ok' });
      expect(new Set(callNames(mock))).toEqual(new Set(['iam:SimulatePrincipalPolicy']));
    },
  );

  it('misses a destination region, which is named', async () => {
    const choice = await model('us.anthropic.claude-sonnet-4-6');
    const missed = choice.arns.find((arn) => arn.includes(':us-west-2:'));
    await allow(choice.arns.filter((arn) => arn !== missed));
    const finding = await reach(choice);
    expect(finding).toMatchObject({ status: 'fail', code: 'NO_IAM', who: 'you' });
    expect(finding.message).toContain(`bedrock:InvokeModel on ${missed}`);
    expect(finding.message).not.toContain(':us-east-1:');
  });

  it('misses what a global profile reaches without a region', async () => {
    const choice = await model('global.anthropic.claude-sonnet-4-6');
    await allow(choice.arns.filter((arn) => !arn.includes('bedrock:::')));
    expect((await reach(choice)).message).toContain('arn:aws:bedrock:::foundation-model/');
  });

  it('does not hold for another model', async () => {
    await allow((await model('nova-lite')).arns);
    expect(await reach(await model('nova-pro'))).toMatchObject({ status: 'fail', code: 'NO_IAM' });
  });
});
