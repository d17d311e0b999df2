import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

describe('the checks', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await setScene();
  });
  afterEach(() => scene.close());

  it('are all fine where everything is in place, in stable order', async () => {
    const findings = await scene.check({ model: 'nova-micro' });
    expect(findings.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'metadata ok',
      'metadata-token ok',
      'metadata-profile ok',
      'metadata-credentials ok',
      'gateway-env ok',
      'identity ok',
      'list-models ok',
      'list-inference-profiles ok',
      'converse ok',
      'converse-stream ok',
      'primary-model ok',
      'openclaw ok',
    ]);
  });

  it('are skipped away from the instance, with the command to run there', async () => {
    const findings = await scene.check({ here: false });
    expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['skip']));
    expect(findings[0]?.fix).toContain('npx openclaw-bedrock-setup@1.2.3 verify');
    expect(scene.aws.calls).toEqual([]);
  });
});
