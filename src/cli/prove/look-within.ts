import { within } from '../../core/timing/within.js';
import type { Runtime } from '../runtime.js';

/** Seconds for a look at the account beside the checks, where `--timeout` does not say it. */
const lookSeconds = 5;

/** What a look at the account gives, or an error after its time. */
export async function lookWithin<Value>(
  { clock, settings }: Pick<Runtime, 'clock' | 'settings'>,
  look: Promise<Value>,
): Promise<Value> {
  return within(clock, settings.timeoutSeconds ?? lookSeconds, look);
}
