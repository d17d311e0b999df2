/** US dollars for a million tokens through a global profile, by the beginning of a model's id (Amazon Bedrock pricing). */
const globalPrices: Readonly<Record<string, readonly [input: number, output: number]>> = {
  'anthropic.claude-opus-4-6': [5, 25],
  'anthropic.claude-sonnet-4-': [3, 15],
  'anthropic.claude-haiku-4-5': [1, 5],
};

const regions = ['USE1', 'USE2', 'USW2', 'EUW1', 'EUC1', 'APN1', 'APS2'];

/** A call that stays within a geography costs a tenth more than one through a global profile. */
const withinGeography = 1.1;

const round = (price: number): string => String(Math.round(price * 10_000) / 10_000);

/**
 * The rate card of a model as Marketplace writes it: a price for each region and reach, and prices for other ways of calling it
 * beside them. Empty for a model whose price is not known.
 */
export function rateCard(modelId: string) {
  const known = Object.entries(globalPrices).find(([start]) => modelId.startsWith(start));
  if (known === undefined) return [];
  const [, [input, output]] = known;
  const rate = (dimension: string, price: number) => ({ dimension, price: round(price), unit: 'Units' });
  return regions.flatMap((code) => [
    rate(`${code}_InputTokenCount_Global`, input),
    rate(`${code}_OutputTokenCount_Global`, output),
    rate(`${code}_InputTokenCount`, input * withinGeography),
    rate(`${code}_OutputTokenCount`, output * withinGeography),
    rate(`${code}_CacheReadInputTokenCount`, input * 0.1),
    rate(`${code}_InputTokenCount_Global_Batch`, input / 2),
  ]);
}
