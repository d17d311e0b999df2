import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

const canary = 'CANARYsecretCANARYsecretCANARYsecretCANA';

let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(() => scene.close());

describe('the checks of OpenClaw', () => {
  it('tell that it is not installed', async () => {
    scene.openclaw.installed = false;
    expect(await scene.failures()).toEqual(['OPENCLAW_NOT_INSTALLED']);
  });

  it('tell that the plug-in is missing', async () => {
    scene.openclaw.plugin = 'missing';
    expect(await scene.failures()).toEqual(['NO_PROVIDER']);
  });

  it.each([
    ['plugins.enabled is false', { enabled: false }],
    ['plugins.deny names amazon-bedrock', { deny: ['amazon-bedrock'] }],
    ['plugins.allow does not name amazon-bedrock', { allow: ['telegram'] }],
  ])('tell what keeps the plug-in from being loaded: %s', async (why, plugins) => {
    scene.openclaw.config = { plugins };
    const finding = (await scene.check()).find(({ id }) => id === 'openclaw');
    expect(finding).toMatchObject({ status: 'fail', code: 'PLUGIN_BLOCKED' });
    expect(JSON.stringify(finding)).toContain(why);
  });

  it('do not mind lists of plug-ins that let Bedrock be', async () => {
    scene.openclaw.config = { plugins: { allow: ['amazon-bedrock'], deny: ['telegram'], enabled: true } };
    expect(await scene.failures()).toEqual([]);
  });

  it('tell that it lists nothing', async () => {
    scene.openclaw.models = { keys: [], discovered: [] };
    expect(await scene.failures()).toEqual(['NO_MODELS_LISTED']);
  });

  it('only say so where it has no reason to list any', async () => {
    scene.openclaw.models = { keys: [], discovered: [] };
    scene.openclaw.config = {};
    expect((await scene.check()).find(({ id }) => id === 'openclaw')).toMatchObject({
      status: 'warn',
      code: 'NO_MODEL_CONFIGURED',
    });
  });

  it('name a proxy in front of Bedrock and leave it alone', async () => {
    scene.openclaw.config = {
      models: {
        providers: {
          gateway: {
            api: 'openai-completions',
            baseUrl: 'http://user:CANARY@litellm.internal:4000/v1',
            apiKey: 'sk-CANARYCANARYCANARYCANARY',
            models: [{ id: 'bedrock/claude' }],
          },
        },
      },
    };
    const findings = await scene.check();
    expect(findings.find(({ id }) => id === 'gateway-env')?.detail).toContain(
      'gateway at litellm.internal:4000',
    );
    expect(JSON.stringify(findings)).not.toContain('CANARY');
  });

  it('tell why from its own words', async () => {
    scene.openclaw.models = {
      keys: [],
      discovered: [],
      stderr: `[bedrock-discovery] Failed to discover Bedrock models ${canary} AKIACANARY0123456789`,
    };
    expect(await scene.failures()).toEqual(['NO_PROVIDER']);
  });
});
