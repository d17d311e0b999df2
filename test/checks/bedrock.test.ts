import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

const nova = 'us.amazon.nova-micro-v1:0';

let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(() => scene.close());

describe('the checks of Bedrock', () => {
  it.each([
    [
      'MARKETPLACE_PERMISSION',
      403,
      'AccessDeniedException',
      'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. try again after 2 minutes.',
    ],
    [
      'PAYMENT',
      403,
      'AccessDeniedException',
      'Model access is denied due to INVALID_PAYMENT_INSTRUMENT: A valid payment instrument must be provided.',
    ],
    [
      'USE_CASE_FORM',
      404,
      'ResourceNotFoundException',
      'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.',
    ],
    [
      'ON_DEMAND_UNSUPPORTED',
      400,
      'ValidationException',
      'Invocation of model ID x with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
    ],
    [
      'LEGACY_MODEL',
      404,
      'ResourceNotFoundException',
      'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days.',
    ],
    ['QUOTA_DAY', 429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.'],
    ['ACCOUNT_UNVERIFIED', 400, 'ValidationException', 'Operation not allowed'],
  ])('tell %s', async (code, status, name, message) => {
    scene.aws.settings.modelFaults[nova] = { status, name, message };
    expect(await scene.failures()).toEqual([code]);
  });

  it('tell an error in the middle of a stream', async () => {
    scene.aws.settings.modelFaults[nova] = {
      status: 429,
      name: 'ThrottlingException',
      message: 'Too many tokens per day, please wait before trying again.',
      midStream: true,
    };
    expect(await scene.failures()).toContain('QUOTA_DAY');
  });

  it('tell the deny of one destination region and list the regions', async () => {
    scene.aws.settings.serviceControlPolicies.push({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Deny', Action: 'bedrock:*', Resource: 'arn:aws:bedrock:us-east-2::foundation-model/*' },
      ],
    });
    const findings = await scene.check();
    const failed = findings.find(({ status }) => status === 'fail');
    expect(failed).toMatchObject({ code: 'DENIED_BY_SCP', who: 'admin' });
    expect(failed?.fix).toMatch(/answered from us-east-1, us-east-2/u);
  });

  it('ask nothing billable when a list is refused', async () => {
    await scene.close();
    scene = await setScene({
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['bedrock:InvokeModel*', 'bedrock:ListFoundationModels'],
            Resource: '*',
          },
        ],
      },
    });
    expect(await scene.failures()).toEqual(['NO_IAM']);
    expect(scene.aws.calls.filter(({ service }) => service === 'bedrock-runtime')).toEqual([]);
  });

  it('wait up to a minute for rights that were just given', async () => {
    await scene.close();
    scene = await setScene({ policy: { Version: '2012-10-17', Statement: [] } });
    expect(await scene.failures({ justAttached: true })).toEqual(['NO_IAM']);
    expect(scene.waited).toBeGreaterThan(40_000);
    expect(scene.waited).toBeLessThanOrEqual(120_000);
  });

  it('give up on a service that does not answer', async () => {
    scene.aws.settings.faults.push({ service: 'bedrock', kind: 'timeout' });
    expect(await scene.failures({ timeoutSeconds: 1 })).toEqual(['NO_ROUTE']);
  });
});
