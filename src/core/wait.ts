import type { Clock } from '../ports/clock.js';

/** How long and how often something is asked for again. */
export interface WaitOptions {
  readonly clock: Clock;
  /** Milliseconds from the first attempt after which no further one is made. */
  readonly boundMilliseconds: number;
  /** Pauses before the second, third, … attempt in milliseconds; the last one repeats. */
  readonly pauses?: readonly number[];
  readonly signal?: AbortSignal;
  /** Called before the first pause: from now on there is only waiting. */
  onWaiting?(): void;
}

/** 1, 2, 3, 5, 5 … seconds: what EC2 takes to see a new profile is seconds, now and then minutes. */
export const defaultPauses: readonly number[] = [1000, 2000, 3000, 5000];

/**
 * Calls `attempt` until it succeeds or fails with something that `isTransient` does not know, or the bound is over;
 * the last error is thrown as it is. Everything that is not transient is thrown at once.
 */
export async function retryTransient<Value>(
  attempt: () => Promise<Value>,
  isTransient: (error: unknown) => boolean,
  options: WaitOptions,
): Promise<Value> {
  const { clock, boundMilliseconds, pauses = defaultPauses, signal } = options;
  const start = clock.now();
  for (let index = 0; ; index += 1) {
    try {
      return await attempt();
    } catch (error) {
      const pause = pauses[Math.min(index, pauses.length - 1)] ?? 1000;
      if (!isTransient(error) || clock.now() + pause - start > boundMilliseconds) throw error;
      if (index === 0) options.onWaiting?.();
      await clock.sleep(pause, signal);
    }
  }
}

/** Asks until `read` gives something other than `null`, or the bound is over: then `null`. */
export async function waitFor<Value>(
  read: () => Promise<Value | null>,
  options: WaitOptions,
): Promise<Value | null> {
  const { clock, boundMilliseconds, pauses = defaultPauses, signal } = options;
  const start = clock.now();
  for (let index = 0; ; index += 1) {
    const value = await read();
    if (value !== null) return value;
    const pause = pauses[Math.min(index, pauses.length - 1)] ?? 1000;
    if (clock.now() + pause - start > boundMilliseconds) return null;
    if (index === 0) options.onWaiting?.();
    await clock.sleep(pause, signal);
  }
}
