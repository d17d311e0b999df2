import { ExitCode, SetupError } from '../../core/errors.js';
import type { Consent } from '../../ports/prompt.js';
import type { Runtime } from '../runtime.js';

const flag = '--yes';

async function ask({ prompt, streams }: Runtime, message: string, explain?: () => string): Promise<Consent> {
  if (explain === undefined) return (await prompt.confirm({ message, initial: false, flag })) ? 'yes' : 'no';
  for (;;) {
    const answer = await prompt.consent({ message, flag });
    if (answer !== 'explain') return answer;
    streams.aside(explain());
  }
}

/**
 * Asks for leave to go on; who wants to know more first gets what `explain` says, and is asked again. Throws INPUT_NEEDED
 * without a terminal, DECLINED for a no. A rehearsal changes nothing, so without a terminal it needs no leave. Says whether
 * anybody was asked.
 */
export async function askConsent(
  runtime: Runtime,
  question: string,
  explain?: () => string,
): Promise<boolean> {
  const { settings, prompt } = runtime;
  if (settings.yes || (settings.mock && (settings.dryRun || !prompt.interactive))) return false;
  if ((await ask(runtime, question, explain)) === 'yes') return true;
  throw new SetupError({
    code: 'DECLINED',
    message: 'declined',
    why: 'the answer was no',
    fix: 'run it again when you want it; nothing was changed',
    exitCode: ExitCode.declined,
  });
}
