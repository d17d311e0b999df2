import type { Rate } from '../../ports/model-access.js';

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
}

/** Whether a call goes through a global inference profile; those within a geography cost as much as those within a region. */
export type PriceReach = 'global' | 'regional';

/** Billing codes of the regions (Amazon S3 User Guide, "Understanding your AWS billing and usage reports"). */
const billingCodes: Readonly<Record<string, string>> = {
  'us-east-1': 'USE1',
  'us-east-2': 'USE2',
  'us-west-1': 'USW1',
  'us-west-2': 'USW2',
  'us-gov-east-1': 'UGE1',
  'us-gov-west-1': 'UGW1',
  'ca-central-1': 'CAN1',
  'ca-west-1': 'CAN2',
  'sa-east-1': 'SAE1',
  'eu-west-1': 'EUW1',
  'eu-west-2': 'EUW2',
  'eu-west-3': 'EUW3',
  'eu-central-1': 'EUC1',
  'eu-central-2': 'EUC2',
  'eu-north-1': 'EUN1',
  'eu-south-1': 'EUS1',
  'eu-south-2': 'EUS2',
  'ap-northeast-1': 'APN1',
  'ap-northeast-2': 'APN2',
  'ap-northeast-3': 'APN3',
  'ap-southeast-1': 'APS1',
  'ap-southeast-2': 'APS2',
  'ap-southeast-3': 'APS4',
  'ap-southeast-4': 'APS6',
  'ap-south-1': 'APS3',
  'ap-south-2': 'APS5',
  'ap-east-1': 'APE1',
  'me-south-1': 'MES1',
  'me-central-1': 'MEC1',
  'il-central-1': 'ILC1',
  'af-south-1': 'AFS1',
};

/** The two ways in which dimensions are written; what is for batches, caches, long contexts or other tiers fits neither. */
const spellings = [
  /^(?:(?<code>[A-Z]{2,4}\d?)_)?(?<kind>Input|Output)TokenCount(?:_(?:(?<global>Global)|Geo))?$/u,
  /^(?:(?<code>[A-Z]{2,4}\d?)_)?(?<kind>input|output)_tokens(?:_(?<global>global))?_standard$/u,
] as const;

interface Slot {
  /** `null`: a price for every region. */
  readonly code: string | null;
  readonly kind: 'input' | 'output';
  readonly reach: PriceReach;
}

function readDimension(dimension: string): Slot | null {
  const groups = spellings.map((spelling) => spelling.exec(dimension)?.groups).find(Boolean);
  if (groups === undefined) return null;
  const kind = groups['kind']?.toLowerCase() === 'input' ? 'input' : 'output';
  return {
    code: groups['code'] ?? null,
    kind,
    reach: groups['global'] === undefined ? 'regional' : 'global',
  };
}

/** The one price of a slot; `null` where there is none, or where two offers disagree. */
function only(prices: readonly number[]): number | null {
  const [first] = prices;
  return first !== undefined && prices.every((price) => price === first) ? first : null;
}

function priceIn(
  rates: readonly Rate[],
  reach: PriceReach,
  fits: (code: string | null) => boolean,
): ModelPrice | null {
  const of = (kind: Slot['kind']): number | null =>
    only(
      rates.flatMap(({ dimension, price, unit }) => {
        const slot = readDimension(dimension);
        const value = unit === 'Units' && /^\d+(?:\.\d+)?$/u.test(price) ? Number(price) : 0;
        return slot !== null && slot.kind === kind && slot.reach === reach && fits(slot.code) && value > 0
          ? [value]
          : [];
      }),
    );
  const [input, output] = [of('input'), of('output')];
  return input === null || output === null ? null : { input, output };
}

/**
 * What a model costs in a region at the standard rate, by its rate card. `null` where the card does not say it, or says two things:
 * no price is better than a wrong one. Source: Bedrock API reference, ListFoundationModelAgreementOffers; the names of the
 * dimensions are those of live answers, which are the same from whichever region one asks.
 */
export function modelPrice(rates: readonly Rate[], region: string, reach: PriceReach): ModelPrice | null {
  const own = billingCodes[region] ?? null;
  const ofRegion = own === null ? null : priceIn(rates, reach, (code) => code === own);
  return ofRegion ?? priceIn(rates, reach, (code) => code === null);
}

/** Cents are written in full, and what is smaller than one as it is: `$3`, `$16.50`, `$0.035`. */
function dollars(amount: number): string {
  const cents = amount.toFixed(2);
  if (Number(cents) !== amount) return `$${amount}`;
  return `$${cents.replace(/\.00$/u, '')}`;
}

/** A price in words: `$3 in, $16.50 out per 1M tokens`. */
export function priceText({ input, output }: ModelPrice): string {
  return `${dollars(input)} in, ${dollars(output)} out per 1M tokens`;
}
