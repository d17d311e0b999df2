import { hasCode } from '../../core/failure/aws-error.js';
import { retryTransient } from '../../core/timing/wait.js';
import type { Clock } from '../../ports/clock.js';

/**
 * Milliseconds in which IAM hears of what was taken out a moment ago: its answers are eventually consistent (IAM user guide,
 * "Troubleshoot IAM"), so that a role or a profile that is empty may be refused as if it were not.
 */
const releaseMilliseconds = 5000;

/** Deletes what a run has emptied. One that is gone already is fine. Throws DeleteConflict where something is in it still. */
export async function deleteReleased(remove: () => Promise<void>, clock: Clock): Promise<void> {
  const isHeld = (error: unknown): boolean => hasCode(error, 'DeleteConflict');
  try {
    await retryTransient(remove, isHeld, { clock, boundMilliseconds: releaseMilliseconds });
  } catch (error) {
    if (!hasCode(error, 'NoSuchEntity')) throw error;
  }
}
