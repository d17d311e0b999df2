import { ExitCode, SetupError } from '../../core/errors.js';

/** CHANGED_SINCE: what an undo was to put back is no longer as this tool left it. */
export function changedSince(what: string, fix: string): SetupError {
  return new SetupError({
    code: 'CHANGED_SINCE',
    message: `${what} has been changed since this tool wrote it`,
    why: 'undo only takes back what is still as it was left, so that nobody else’s work is lost',
    fix,
    exitCode: ExitCode.failed,
  });
}
