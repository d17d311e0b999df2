import type { Runtime } from '../runtime.js';
import { askConsent } from './consent.js';

/** What is asked about: a plan for one instance, or for many. */
export interface Question<Prepared> {
  /** There is nothing to be changed, or something stands in the way of it. */
  readonly settled: (prepared: Prepared) => boolean;
  readonly show: (prepared: Prepared) => Promise<void>;
  readonly explain?: (prepared: Prepared) => string;
  /** Looks again. */
  readonly prepare: () => Promise<Prepared>;
  /** Whether all of the first was in the second, which was shown. */
  readonly isCoveredBy: (now: Prepared, shown: Prepared) => boolean;
}

/**
 * Shows the plan and asks, again where something has come up meanwhile that was not shown. Throws INPUT_NEEDED without a
 * terminal, DECLINED for a no.
 */
export async function agree<Prepared>(
  runtime: Runtime,
  first: Prepared,
  { settled, show, explain, prepare, isCoveredBy }: Question<Prepared>,
): Promise<Prepared> {
  const { settings, progress } = runtime;
  const also = settings.host === 'ssm' ? ', and do the host half there' : '';
  let shown = first;
  for (;;) {
    if (settled(shown)) return shown;
    await show(shown);
    const explained = shown;
    const more = explain === undefined ? undefined : () => explain(explained);
    if (!(await askConsent(runtime, `Apply these changes${also}?`, more))) return shown;
    const now = await prepare();
    if (isCoveredBy(now, shown)) return now;
    progress.warn('something has changed meanwhile; this is the plan now');
    shown = now;
  }
}
