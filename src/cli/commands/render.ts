import { ExitCode } from '../../core/errors.js';
import type { Runtime } from '../runtime.js';
import { resolveTarget } from '../target.js';

/** `render`: prints the set-up as code. Throws NOT_YET. */
export async function render(runtime: Runtime): Promise<ExitCode> {
  await resolveTarget(runtime);
  return ExitCode.done;
}
