import type { ExitCode } from '../../core/errors.js';
import type { Runtime } from '../runtime.js';
import { hostsOnly } from './hosts.js';
import { setUpFleet } from './setup.js';
import { undoFleet } from './undo-command.js';
import { verifyFleet } from './verify.js';

/** Runs the command that the settings ask for on as many instances as they mean. */
export async function runFleet(runtime: Runtime): Promise<ExitCode> {
  const { command, cloud, dryRun } = runtime.settings;
  const acts = command === 'setup' || command === 'undo' || command === 'verify';
  if (cloud === 'skip' && acts && !dryRun) return hostsOnly(runtime, command);
  if (command === 'verify') return verifyFleet(runtime);
  return command === 'undo' ? undoFleet(runtime) : setUpFleet(runtime);
}
