import { afterEach, describe, expect, it } from 'vitest';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

const lite = 'us.amazon.nova-lite-v1:0';

/** A policy that lets one model be called, in whatever region. */
const onlyLite = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['bedrock:List*', 'bedrock:Get*'], Resource: '*' },
    { Effect: 'Allow', Action: 'bedrock:InvokeModel*', Resource: '*nova-lite*' },
  ],
};

let scene: Scene | null = null;

afterEach(async () => scene?.close());

describe('a role that may call one model only', () => {
  it('is not waited for with another model right after an attach', async () => {
    scene = await setScene({ policy: onlyLite });
    const findings = await scene.check({ model: lite, onlyModel: true, justAttached: true });
    const byId = Object.fromEntries(findings.map(({ id, status }) => [id, status]));
    expect(byId).toMatchObject({ converse: 'skip', 'converse-stream': 'skip', 'primary-model': 'ok' });
    expect(findings.find(({ id }) => id === 'converse')?.message).toContain(`may call ${lite} only`);
    expect(scene.waited).toBe(0);
    const called = scene.aws.calls.filter(({ service }) => service === 'bedrock-runtime');
    expect(called).toHaveLength(2);
  });
});
