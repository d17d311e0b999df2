import { describe, expect, it } from 'vitest';
import { foundationModelId, isAmazonsModel, wantsUseCase } from '../../../src/core/model/foundation-model.js';

describe("the foundation model's own id", () => {
  it.each([
    ['an inference profile', 'us.anthropic.claude-sonnet-4-6', 'anthropic.claude-sonnet-4-6'],
    ['a profile of a partition', 'us-gov.anthropic.claude-x-v1:0', 'anthropic.claude-x-v1:0'],
    ['a bare id', 'amazon.nova-micro-v1:0', 'amazon.nova-micro-v1:0'],
    ["a model's ARN", 'arn:aws:bedrock:us-east-1::foundation-model/meta.llama3-8b', 'meta.llama3-8b'],
  ])('is told for %s', (_what, id, expected) => {
    expect(foundationModelId({ id, arns: [] })).toBe(expected);
  });

  it('is taken from the ARNs that a call touches', () => {
    const id = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc';
    const arns = [id, 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6'];
    expect(foundationModelId({ id, arns })).toBe('anthropic.claude-sonnet-4-6');
    expect(foundationModelId({ id, arns: [id] })).toBeNull();
  });

  it.each(['my model', 'Model', 'a.b.c d', 'us.anthropic.claude/x', 'EU.anthropic.claude', ''])(
    'is not guessed for %j',
    (id) => {
      expect(foundationModelId({ id, arns: [] })).toBeNull();
    },
  );

  it('says whose the model is, and who wants a form', () => {
    const ids = ['amazon.nova-micro-v1:0', 'anthropic.claude-sonnet-4-6', 'meta.amazon.anthropic.x'];
    expect(ids.map(isAmazonsModel)).toEqual([true, false, false]);
    expect(ids.map(wantsUseCase)).toEqual([false, true, false]);
  });
});
