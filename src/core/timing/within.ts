import type { Clock } from '../../ports/clock.js';

/** What `work` gives, or an error after so many seconds. The work itself goes on, but nobody waits for it. */
export async function within<Value>(clock: Clock, seconds: number, work: Promise<Value>): Promise<Value> {
  const done = new AbortController();
  const over = clock.sleep(seconds * 1000, done.signal).then((): never => {
    throw new Error(`no answer within ${seconds} s`);
  });
  over.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, over]);
  } finally {
    done.abort();
  }
}
