import { waitFor } from '../../core/timing/wait.js';
import type { Clock } from '../../ports/clock.js';

/**
 * Reads what a refused create says is there. Only IAM's own lag hides it, so it is asked for again for at most ten
 * seconds.
 */
export async function readAfterRefusal<Value>(
  clock: Clock,
  read: () => Promise<Value | null>,
): Promise<Value | null> {
  return waitFor(read, { clock, boundMilliseconds: 10_000 });
}
