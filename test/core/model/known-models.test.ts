import { describe, expect, it } from 'vitest';
import { knownModel, tokens } from '../../../src/core/model/known-models.js';

describe('what is known of a model', () => {
  it('is found by its id, whatever its date and revision', () => {
    expect(knownModel('amazon.nova-micro-v1:0')).toEqual({
      contextWindow: 128_000,
      maxOutput: 5000,
      reasoning: false,
    });
    expect(knownModel('anthropic.claude-haiku-4-5-20251001-v1:0')?.contextWindow).toBe(200_000);
    expect(knownModel('anthropic.claude-opus-4-6-v1')?.contextWindow).toBe(1_000_000);
    expect(knownModel('anthropic.claude-sonnet-4-20250514-v1:0')?.maxOutput).toBe(64_000);
  });

  it('is nothing for a model that nobody has looked up', () => {
    expect(knownModel('amazon.titan-text-express-v1')).toBeNull();
    expect(knownModel('us.amazon.nova-micro-v1:0')).toBeNull();
  });

  it('is said in thousands and millions', () => {
    expect([tokens(32_000), tokens(200_000), tokens(1_000_000)]).toEqual(['32K', '200K', '1M']);
  });
});
