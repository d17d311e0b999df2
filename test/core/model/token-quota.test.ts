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
    [nova, 'Max Tokens Per Day for AMAZON NOVA MICRO'],
    [nova, 'Max tokens per day (not global) for Amazon Nova Micro'],
    [
      'arn:aws:bedrock:us-east-1:111122223333:inference-profile/global.amazon.nova-micro-v1:0',
      'Global cross-region tokens per day for Amazon Nova Micro',
    ],
    ['us.amazon.nova-micro-v12:0', 'Max tokens per day for Amazon Nova Micro V12'],
    [nova, 'CROSS-REGION TOKENS PER MINUTE for Amazon Nova Micro'],
    ['us.anthropic.claude-opus-4-20250514-v1:0', 'Max tokens per day for Anthropic Claude Opus 4 V1'],
    ['us.anthropic.claude-opus-4-20250514', 'Max tokens per day for Anthropic Claude Opus 4'],
    ['us.anthropic.claude-opus-4-v2', 'Max tokens per day for Anthropic Claude Opus 4 V2 (doubled)'],
    ['us.meta.llama3-1-70b-instruct-v1:0', 'Max tokens per minute for Meta Llama 3.1 70B Instruct'],
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
    ['the whole world', nova, 'Global cross-region model inference tokens per day for Amazon Nova Micro'],
    [
      'a geography',
      'global.amazon.nova-micro-v1:0',
      'Cross-region model inference tokens per day for Amazon Nova Micro',
    ],
    ['any way at all', 'global.amazon.nova-micro-v1:0', 'Max tokens per day for Amazon Nova Micro'],
    [
      'latency-optimised calls',
      nova,
      'Latency-optimized InvokeModel tokens per minute for Amazon Nova Micro',
    ],
    ['latency-optimised calls', nova, 'Latency-optimised max tokens per day for Amazon Nova Micro'],
    ['another way, which its provider has in its name', nova, 'Tokens per day for on-demand Nova Micro'],
    ['all models, by requests', nova, 'Cross-Model Max Requests Per Day'],
    ['many models', nova, 'Total cross-model tokens per day'],
    [
      'a version of its own',
      'us.anthropic.claude-opus-4-v2',
      'Max tokens per day for Anthropic Claude Opus 4',
    ],
    [
      'the version of two digits',
      'us.amazon.nova-micro-v1:0',
      'Max tokens per day for Amazon Nova Micro V10',
    ],
    [
      'a namesake of another provider',
      'us.cohere.nova-micro-v1:0',
      'Max tokens per day for Amazon Nova Micro',
    ],
    ['a model without a provider', 'nova-micro-v1:0', 'Max tokens per day for Amazon Nova Micro'],
    ['a provider without a model', 'us.amazon.', 'Max tokens per day for Amazon Nova Micro'],
    ['another unit of time', nova, 'Max tokens per hour for Amazon Nova Micro'],
    [
      'no named model',
      'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc',
      'Model invocation max tokens per day for Amazon Nova Micro',
    ],
  ])('are not those of %s', (_what, modelId, name) => {
    expect(matched(modelId, name)).toBe(false);
  });
});
