import { systemClock } from '../../src/adapters/clock.js';
import type { Runtime } from '../../src/cli/runtime.js';
import type { Settings } from '../../src/core/settings.js';
import type { connectAccount } from './account.js';
import { someSettings } from './cloud.js';
import { recordedProgress } from './memory.js';

/** A runtime of which only the account, its clock and what is said are real; anything else throws when it is asked for. */
export function accountRuntime(
  account: ReturnType<typeof connectAccount>,
  settings: Partial<Settings> = {},
  more: Partial<Runtime> = {},
): Runtime & { readonly lines: readonly string[] } {
  const progress = recordedProgress();
  const known: Partial<Runtime> = {
    settings: someSettings(settings),
    clock: systemClock,
    progress,
    account: () => Promise.resolve(account),
    ...more,
  };
  return new Proxy({ ...known, lines: progress.lines } as Runtime & { readonly lines: readonly string[] }, {
    get(target, name): unknown {
      if (!(name in target)) throw new Error(`this runtime has no ${String(name)}`);
      return Reflect.get(target, name);
    },
  });
}
