import type { Clock } from '../../ports/clock.js';

/** How long and how often something is asked for again. */
export interface WaitOptions {
  readonly clock: Clock;
  /** Milliseconds from the first attempt after which no further one is made. */
  readonly boundMilliseconds: number;
  readonly signal?: AbortSignal;
  /** Called before the first pause: from now on there is only waiting. */
  onWaiting?(): void;
}

/**
 * Milliseconds before the next attempt. What EC2 takes to see a new profile is seconds as a rule, now and then minutes:
 * a quarter of a second at first, so that the moment is not missed, then less and less often. With the time that an answer
 * takes, that stays below the 5 changing requests a second that EC2 lets through for good
 * (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html).
 */
export function pauseAfter(waitedMilliseconds: number): number {
  if (waitedMilliseconds < 10_000) return 250;
  if (waitedMilliseconds < 30_000) return 500;
  return waitedMilliseconds < 60_000 ? 1000 : 5000;
}

/**
 * Calls `attempt` until it succeeds or fails with something that `isTransient` does not know, or the bound is over;
 * the last error is thrown as it is. Everything that is not transient is thrown at once.
 */
export async function retryTransient<Value>(
  attempt: () => Promise<Value>,
  isTransient: (error: unknown) => boolean,
  options: WaitOptions,
): Promise<Value> {
  const { clock, boundMilliseconds, signal } = options;
  const start = clock.now();
  for (let first = true; ; first = false) {
    try {
      return await attempt();
    } catch (error) {
      const pause = pauseAfter(clock.now() - start);
      if (!isTransient(error) || clock.now() + pause - start > boundMilliseconds) throw error;
      if (first) options.onWaiting?.();
      await clock.sleep(pause, signal);
    }
  }
}

/** Asks until `read` gives something other than `null`, or the bound is over: then `null`. */
export async function waitFor<Value>(
  read: () => Promise<Value | null>,
  options: WaitOptions,
): Promise<Value | null> {
  const { clock, boundMilliseconds, signal } = options;
  const start = clock.now();
  for (let first = true; ; first = false) {
    const value = await read();
    if (value !== null) return value;
    const pause = pauseAfter(clock.now() - start);
    if (clock.now() + pause - start > boundMilliseconds) return null;
    if (first) options.onWaiting?.();
    await clock.sleep(pause, signal);
  }
}
