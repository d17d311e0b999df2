import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

const nova = 'us.amazon.nova-micro-v1:0';

let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(() => scene.close());

/** The rights to list, and to call one model through its profile. */
function policyFor(profile: string, ...more: readonly object[]): object {
  const invoke = {
    Effect: 'Allow',
    Action: 'bedrock:InvokeModel*',
    Resource: [
      `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${profile}`,
      `arn:aws:bedrock:*::foundation-model/${profile.replace('us.', '')}`,
    ],
  };
  const list = { Effect: 'Allow', Action: 'bedrock:List*', Resource: '*' };
  return { Version: '2012-10-17', Statement: [list, invoke, ...more] };
}

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

  it('ask the one of OpenClaw where none was named', async () => {
    const lite = 'us.amazon.nova-lite-v1:0';
    scene.openclaw.config = { agents: { defaults: { model: { primary: `amazon-bedrock/${lite}` } } } };
    scene.openclaw.models = { keys: [`amazon-bedrock/${lite}`] };
    const findings = await scene.check();
    expect(findings.find(({ id }) => id === 'primary-model')).toMatchObject({
      status: 'ok',
      message: expect.stringContaining(`${lite} answered`) as unknown,
    });
    scene.openclaw.config = { agents: { defaults: { model: `amazon-bedrock/us.${sonnet}` } } };
    const shy = await scene.check({ acceptAgreement: false });
    expect(shy.find(({ id }) => id === 'primary-model')).toMatchObject({ status: 'skip' });
    scene.openclaw.config = { agents: { defaults: { model: 'openai/gpt-5' } } };
    expect((await scene.check()).map(({ id }) => id)).not.toContain('primary-model');
  });

  it('forgive a policy that allows the wanted model only', async () => {
    await scene.close();
    const lite = 'us.amazon.nova-lite-v1:0';
    scene = await setScene({ policy: policyFor(lite) });
    const findings = await scene.check({ model: lite });
    expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(findings.find(({ id }) => id === 'primary-model')?.status).toBe('ok');
    expect(await scene.failures()).toEqual(['NO_IAM']);
  });

  it('doubt a policy that may allow the wanted model only, where that is not called for lack of consent', async () => {
    await scene.close();
    scene = await setScene({ policy: policyFor(`us.${sonnet}`) });
    const findings = await scene.check({ model: `us.${sonnet}`, acceptAgreement: false });
    expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(findings.find(({ id }) => id === 'converse')).toMatchObject({
      status: 'warn',
      code: 'NO_IAM',
      cause: expect.stringContaining(`where it is for us.${sonnet} alone`) as unknown,
      fix: expect.stringContaining('verify --accept-model-agreement') as unknown,
    });
    const denied = { Effect: 'Deny', Action: 'bedrock:InvokeModel*', Resource: '*' };
    await scene.close();
    scene = await setScene({ policy: policyFor(`us.${sonnet}`, denied) });
    expect(await scene.failures({ model: `us.${sonnet}`, acceptAgreement: false })).toEqual(['NO_IAM']);
  });
});
