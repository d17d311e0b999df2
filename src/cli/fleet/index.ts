import type { ExitCode } from '../../core/errors.js';
import type { Runtime } from '../runtime.js';
import { setUpFleet } from './setup.js';
import { undoFleet } from './undo-command.js';
import { verifyFleet } from './verify.js';

/** Runs the command that the settings ask for on as many instances as they mean. */
export async function runFleet(runtime: Runtime): Promise<ExitCode> {
  const { command } = runtime.settings;
  if (command === 'verify') return verifyFleet(runtime);
  return command === 'undo' ? undoFleet(runtime) : setUpFleet(runtime);
}
