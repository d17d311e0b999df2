import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

const nova = 'us.amazon.nova-micro-v1:0';

let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(() => scene.close());

describe('the checks of the primary model', () => {
  const sonnet = 'anthropic.claude-sonnet-4-6';

  it('call no third party without consent', async () => {
    const findings = await scene.check({ model: sonnet, acceptAgreement: false });
    expect(findings.find(({ id }) => id === 'primary-model')).toMatchObject({
      status: 'skip',
      fix: 'agree with --accept-model-agreement',
    });
    const called = scene.aws.calls.filter(({ service }) => service === 'bedrock-runtime');
    expect(called).toHaveLength(2);
  });

  it('tell a model that the region does not have, with near ones', async () => {
    const findings = await scene.check({ model: 'us.amazon.nova-mikro-v1:0' });
    expect(findings.find(({ id }) => id === 'primary-model')).toMatchObject({
      code: 'BAD_MODEL_ID',
      fix: expect.stringContaining(nova) as unknown,
    });
  });

  it('forgive a policy that allows the wanted model only', async () => {
    await scene.close();
    const lite = 'us.amazon.nova-lite-v1:0';
    scene = await setScene({
      policy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'bedrock:List*', Resource: '*' },
          {
            Effect: 'Allow',
            Action: 'bedrock:InvokeModel*',
            Resource: [
              `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${lite}`,
              'arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0',
            ],
          },
        ],
      },
    });
    const findings = await scene.check({ model: lite });
    expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(findings.find(({ id }) => id === 'primary-model')?.status).toBe('ok');
    expect(await scene.failures()).toEqual(['NO_IAM']);
  });
});
