import { hasCode } from '../../core/failure/aws-error.js';
import { errorMessage } from '../../core/errors.js';
import { pool } from '../../core/fleet/pool.js';
import type { FoundationModel } from '../../ports/bedrock.js';
import type { AgreementOffer, ModelAccessReader } from '../../ports/model-access.js';
import type { Runtime } from '../runtime.js';
import { within } from '../../core/timing/within.js';

/** What each model is sold under, by its id; `null` where there is nothing to agree to. What is not known is not in it. */
export type Offers = ReadonlyMap<string, readonly AgreementOffer[] | null>;

/** Seconds that prices are waited for. One answer takes up to two. */
const seconds = 4;

/** Requests under way at once: a region has some thirty models of Marketplace, and the API has a low rate. */
const atOnce = 12;

/** Providers whose models AWS itself sells (AWS re:Post, "bedrock-resolve-marketplace-permission"). */
const billedByAws: ReadonlySet<string> = new Set([
  'Amazon',
  'DeepSeek',
  'Meta',
  'Mistral AI',
  'OpenAI',
  'Qwen',
]);

/** Whether AWS sells the models of a provider, so that they need no agreement, as far as is known without asking. */
export function isBilledByAws(provider: string): boolean {
  return billedByAws.has(provider);
}

/** OpenAI's open models are AWS's to sell, its others are not. */
function mayBeSold({ provider }: FoundationModel): boolean {
  return provider === 'OpenAI' || !isBilledByAws(provider);
}

/**
 * Looks up what the models are sold under, several at once and for four seconds at most. Whoever may not look, and what takes
 * longer, leaves gaps: a list without prices is better than none.
 */
export async function readOffers(
  { clock, progress }: Pick<Runtime, 'clock' | 'progress'>,
  access: ModelAccessReader,
  models: readonly FoundationModel[],
): Promise<Offers> {
  const offers = new Map<string, readonly AgreementOffer[] | null>();
  let over = false;
  const asking = pool(models.filter(mayBeSold), atOnce, async ({ id }) => {
    if (over) return;
    try {
      offers.set(id, await access.agreementOffers(id));
    } catch (error) {
      progress.detail(`prices of ${id}: ${errorMessage(error)}`);
      over ||= hasCode(error, 'AccessDenied');
    }
  });
  await within(clock, seconds, asking).catch(() => undefined);
  over = true;
  return new Map(offers);
}
