import { ExitCode, SetupError } from '../core/errors.js';
import type { Runtime } from './runtime.js';

/** Asks for leave to go on. Throws INPUT_NEEDED without a terminal, DECLINED for a no. */
export async function askConsent(runtime: Runtime, question: string): Promise<void> {
  if (runtime.settings.yes) return;
  if (await runtime.prompt.confirm({ message: question, initial: false, flag: '--yes' })) return;
  throw new SetupError({
    code: 'DECLINED',
    message: 'declined',
    why: 'the answer was no',
    fix: 'run it again when you want it; nothing was changed',
    exitCode: ExitCode.declined,
  });
}
