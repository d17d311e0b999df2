import { ExitCode, SetupError, errorMessage } from '../../core/errors.js';

/** The error for standard output that takes no more, e.g. a file on a disk that is full. Somebody who has stopped reading is none. */
export function unwritable(error: unknown): SetupError {
  return new SetupError({
    code: 'OUTPUT_UNWRITABLE',
    message: `standard output cannot be written: ${errorMessage(error)}`,
    why: 'the result of this run is lost; what it has changed is in its receipt all the same',
    fix: 'send the output somewhere else, or make room, and run the same command again',
    exitCode: ExitCode.failed,
  });
}
