import { errorMessage } from '../../core/errors.js';
import type { QuotaReader } from '../../ports/quotas.js';
import type { StateManagerReader } from '../../ports/state-manager.js';
import type { Runtime } from '../runtime.js';
import { within } from '../../core/timing/within.js';

/** Seconds for what is only worth knowing: less than for what it is told beside. */
const asideSeconds = 3;

type Told = Pick<Runtime, 'clock' | 'progress' | 'settings'>;

/** A list, or none where it is refused, fails or takes too long: what is unknown is no finding. */
async function listOrNone<Item>(
  { clock, progress, settings }: Told,
  what: string,
  list: () => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const seconds = Math.min(asideSeconds, (settings.timeoutSeconds ?? 2 * asideSeconds) / 2);
  try {
    return await within(clock, seconds, list());
  } catch (error) {
    progress.detail(`${what} could not be looked at: ${errorMessage(error)}`);
    return [];
  }
}

/** State Manager, of which a refusal or silence means that nothing is known. */
export function asideStateManager(
  runtime: Told,
  open: () => Promise<StateManagerReader>,
): StateManagerReader {
  return {
    listAssociations: async () =>
      listOrNone(runtime, 'the associations of Systems Manager', async () =>
        (await open()).listAssociations(),
      ),
  };
}

/** Service Quotas in the same way. */
export function asideQuotas(runtime: Told, open: () => Promise<QuotaReader>): QuotaReader {
  return {
    bedrockQuotas: async () =>
      listOrNone(runtime, 'the quotas of Bedrock', async () => (await open()).bedrockQuotas()),
  };
}
