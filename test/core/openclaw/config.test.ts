import { describe, expect, it } from 'vitest';
import { bedrockModelOf, discoveryPath, primaryOf } from '../../../src/core/openclaw/config.js';

describe("OpenClaw's config", () => {
  it.each([
    ['core', 'models.bedrockDiscovery'],
    ['bundled', 'plugins.entries.amazon-bedrock.config.discovery'],
    ['external', 'plugins.entries.amazon-bedrock.config.discovery'],
  ] as const)('of the era %s has discovery at %s', (era, path) => {
    expect(discoveryPath(era).join('.')).toBe(path);
  });

  it.each([
    [null, null],
    [{}, null],
    [{ agents: { defaults: { model: 'openai/x' } } }, 'openai/x'],
    [
      { agents: { defaults: { model: { primary: 'amazon-bedrock/x', fallbacks: ['y'] } } } },
      'amazon-bedrock/x',
    ],
    [{ agents: { defaults: { model: { fallbacks: ['y'] } } } }, null],
    [{ agents: { defaults: { model: ['x'] } } }, null],
  ])('%j has the primary model %j', (config, primary) => {
    expect(primaryOf(config)).toBe(primary);
  });
});

describe('a reference to a model', () => {
  it.each([
    ['amazon-bedrock/us.amazon.nova-lite-v1:0', 'us.amazon.nova-lite-v1:0'],
    ['bedrock/x', 'x'],
    ['aws-bedrock/x', 'x'],
    ['aws_bedrock/x', 'x'],
    ['Amazon Bedrock/x', 'x'],
    [
      'amazon-bedrock/arn:aws:bedrock:us-east-1:1:inference-profile/x',
      'arn:aws:bedrock:us-east-1:1:inference-profile/x',
    ],
    ['openai/bedrock/x', null],
    ['x', null],
    ['', null],
  ])('%j is of Bedrock for %j', (reference, id) => {
    expect(bedrockModelOf(reference)).toBe(id);
  });
});
