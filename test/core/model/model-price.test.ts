import { describe, expect, test } from 'vitest';
import { modelPrice, priceText } from '../../../src/core/model/model-price.js';

const rate = (dimension: string, price: string, unit = 'Units') => ({ dimension, price, unit });

describe('the price of a model', () => {
  test('in the older spelling, by region and reach', () => {
    const card = [
      rate('USE1_InputTokenCount', '1.1'),
      rate('USE1_OutputTokenCount', '5.5'),
      rate('USE1_InputTokenCount_Global', '1'),
      rate('USE1_OutputTokenCount_Global', '5'),
      rate('APN1_InputTokenCount_Geo', '1.2'),
      rate('APN1_OutputTokenCount_Geo', '6'),
      rate('USE1_CacheReadInputTokenCount', '0.11'),
      rate('USE1_InputTokenCount_LCtx', '2.2'),
      rate('USE1_InputTokenCount_Global_Batch', '0.5'),
    ];
    expect(modelPrice(card, 'us-east-1', 'regional')).toEqual({ input: 1.1, output: 5.5 });
    expect(modelPrice(card, 'us-east-1', 'global')).toEqual({ input: 1, output: 5 });
    expect(modelPrice(card, 'ap-northeast-1', 'regional')).toEqual({ input: 1.2, output: 6 });
    expect(modelPrice(card, 'ap-northeast-1', 'global')).toBeNull();
  });

  test('in the newer spelling, and for every region at once', () => {
    const card = [
      rate('USW2_input_tokens_global_standard', '5'),
      rate('USW2_output_tokens_global_standard', '25'),
      rate('USW2_cache_write_tokens_global_standard', '6.25'),
      rate('USW2_input_tokens_global_batch', '2.5'),
      rate('input_tokens_standard', '7'),
      rate('output_tokens_standard', '30'),
    ];
    expect(modelPrice(card, 'us-west-2', 'global')).toEqual({ input: 5, output: 25 });
    expect(modelPrice(card, 'us-west-2', 'regional')).toEqual({ input: 7, output: 30 });
    expect(modelPrice(card, 'eu-west-1', 'global')).toBeNull();
    expect(modelPrice(card, 'xx-new-1', 'regional')).toEqual({ input: 7, output: 30 });
  });

  test.each([
    ['nothing on the card', []],
    ['half of it', [rate('USE1_InputTokenCount', '3')]],
    ['another unit', [rate('USE1_InputTokenCount', '3', '1K'), rate('USE1_OutputTokenCount', '15', '1K')]],
    ['no number', [rate('USE1_InputTokenCount', 'call us'), rate('USE1_OutputTokenCount', '15')]],
    ['nothing to pay', [rate('USE1_InputTokenCount', '0'), rate('USE1_OutputTokenCount', '0')]],
    [
      'two offers that disagree',
      [
        rate('USE1_InputTokenCount', '3'),
        rate('USE1_InputTokenCount', '4'),
        rate('USE1_OutputTokenCount', '15'),
      ],
    ],
  ])('is not guessed: %s', (_name, card) => {
    expect(modelPrice(card, 'us-east-1', 'regional')).toBeNull();
  });

  test('in words', () => {
    expect(priceText({ input: 3, output: 16.5 })).toBe('$3 in, $16.50 out per 1M tokens');
    expect(priceText({ input: 0.035, output: 0.14 })).toBe('$0.035 in, $0.14 out per 1M tokens');
  });
});
