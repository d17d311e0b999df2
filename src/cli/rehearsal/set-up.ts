import { SetupError } from '../../core/errors.js';
import type { Settings } from '../../core/settings.js';
import { applyPrepared } from '../change/apply-prepared.js';
import { prepare } from '../look/prepare.js';
import type { Runtime } from '../runtime.js';

/** How a set-up is asked for that nobody is to see. */
const silent = {
  command: 'setup',
  trace: null,
  yes: true,
  quiet: true,
  json: true,
  restartGateway: false,
} as const;

/**
 * Does silently what `setup` does, up to the checks: a failure that `verify` rehearses is the only thing wrong. Throws the first
 * thing that stands in its way.
 */
export async function setUpSilently(
  settings: Settings,
  compose: (settings: Settings) => Promise<Runtime>,
): Promise<void> {
  const runtime = await compose({ ...settings, ...silent });
  try {
    const prepared = await prepare(runtime);
    if (prepared.conflict !== null) throw new SetupError(prepared.conflict);
    const { result } = await applyPrepared(runtime, prepared);
    const [error] = result.errors;
    if (error !== undefined) throw new SetupError(error);
  } finally {
    await runtime.dispose();
  }
}
