import { describe, expect, it } from 'vitest';
import type { Goal } from '../../../src/core/goal.js';
import { primaryModel } from '../../../src/steps/host/primary-model.js';
import { withHome } from '../../support/cli.js';
import { goalFor, testHost } from '../../support/host.js';

const sonnet = 'us.anthropic.claude-sonnet-4-6';

async function desired(version: string, model: string, discovery: Goal['settings']['discovery'] = {}) {
  return withHome(async (home) => {
    const goal = await goalFor(testHost({ home }), { model, settings: { discovery } });
    if (goal.host === null) throw new Error('the goal has no host');
    const openclaw = { version, configPath: `${home}/openclaw.json`, stateFolder: home };
    return primaryModel.desired({ ...goal, host: { ...goal.host, openclaw } });
  });
}

describe('the primary model', () => {
  it('stands in the config with its real limits where discovery cannot list it', async () => {
    expect((await desired('2026.2.26', sonnet))?.explicit).toMatchObject({
      contextWindow: 1_000_000,
      maxTokens: 128_000,
    });
  });

  it('has the limits that the user gives', async () => {
    const given = { defaultContextWindow: 50_000, defaultMaxTokens: 2000 };
    expect((await desired('2026.2.26', sonnet, given))?.explicit).toMatchObject({
      contextWindow: 50_000,
      maxTokens: 2000,
    });
  });

  it("has OpenClaw's own defaults where nothing is known of it", async () => {
    const found = await desired('2026.2.26', 'us.example.unheard-of-v1:0');
    expect(found?.explicit).toMatchObject({ contextWindow: 32_000, maxTokens: 4096 });
  });

  it('needs no entry where discovery lists it', async () => {
    expect(await desired('2026.9.6', sonnet)).toMatchObject({
      explicit: null,
      reference: `amazon-bedrock/${sonnet}`,
    });
  });
});
