import { join, resolve } from 'node:path';
import type { Environment } from '../../ports/environment.js';
import type { HostUser } from '../../ports/host.js';

/** Where OpenClaw keeps its things: OPENCLAW_CONFIG_PATH, OPENCLAW_STATE_DIR, OPENCLAW_HOME, else below the user's home. */
export function openClawPaths(
  environment: Environment,
  user: HostUser,
): { readonly stateFolder: string; readonly configPath: string } {
  const set = (name: string): string | null => {
    const value = environment[name]?.trim() ?? '';
    if (value === '') return null;
    return value.startsWith('~/') ? join(user.home, value.slice(2)) : resolve(value);
  };
  const stateFolder = set('OPENCLAW_STATE_DIR') ?? join(set('OPENCLAW_HOME') ?? user.home, '.openclaw');
  return { stateFolder, configPath: set('OPENCLAW_CONFIG_PATH') ?? join(stateFolder, 'openclaw.json') };
}
