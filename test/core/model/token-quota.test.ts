import { describe, expect, it } from 'vitest';
import { tokenQuotas } from '../../../src/core/model/token-quota.js';

function matched(modelId: string, name: string): boolean {
  return tokenQuotas(modelId, [{ name, value: 0 }]).length === 1;
}

const nova = 'us.amazon.nova-micro-v1:0';
const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

describe('the token quotas of a model', () => {
  it.each([
    [nova, 'Model invocation max tokens per day for Amazon Nova Micro'],
    [nova, 'Cross-Region InvokeModel tokens per minute for Amazon Nova Micro'],
    ['amazon.nova-micro-v1:0', 'On-demand model inference tokens per minute for Amazon Nova Micro'],
    [sonnet, 'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1'],
    [
      'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'Global cross-region model inference tokens per day for Anthropic Claude Sonnet 4.5 V1',
    ],
    [
      'us.anthropic.claude-3-5-sonnet-20241022-v2:0',
      'Cross-region model inference tokens per minute for Anthropic Claude 3.5 Sonnet V2',
    ],
    [nova, 'Model invocation max tokens per day for Amazon Nova Micro (doubled for cross-region calls)'],
    [nova, 'Cross-Model Max Tokens Per Day'],
    [
      'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-micro-v1:0',
      'Cross-region model inference tokens per minute for Amazon Nova Micro',
    ],
  ])('of %s: %s', (modelId, name) => {
    expect(matched(modelId, name)).toBe(true);
  });

  it.each([
    ['another model', nova, 'Model invocation max tokens per day for Amazon Nova Pro'],
    ['requests', nova, 'Cross-Region InvokeModel requests per minute for Amazon Nova Micro'],
    ['another way to it', nova, 'On-demand model inference tokens per minute for Amazon Nova Micro'],
    [
      'a larger version',
      'us.anthropic.claude-sonnet-4-20250514-v1:0',
      'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1',
    ],
    [
      'another version',
      'us.anthropic.claude-3-5-sonnet-20240620-v1:0',
      'Cross-region model inference tokens per minute for Anthropic Claude 3.5 Sonnet V2',
    ],
    [
      'a longer context',
      sonnet,
      'Cross-region model inference tokens per minute for Anthropic Claude Sonnet 4.5 V1 1M Context Length',
    ],
    ['another provider', 'deepseek.v3-v1:0', 'Model invocation max tokens per day for Cohere Embed V3'],
    [
      'no named model',
      'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc',
      'Model invocation max tokens per day for Amazon Nova Micro',
    ],
  ])('are not those of %s', (_what, modelId, name) => {
    expect(matched(modelId, name)).toBe(false);
  });
});
