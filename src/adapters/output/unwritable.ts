import type { SetupError } from '../../core/errors.js';
import { errorMessage, failure } from '../../core/errors.js';

/** The error for standard output that takes no more, e.g. a file on a disk that is full. Somebody who has stopped reading is none. */
export function unwritable(error: unknown): SetupError {
  return failure(
    'OUTPUT_UNWRITABLE',
    `standard output cannot be written: ${errorMessage(error)}`,
    'the result of this run is lost; what it has changed is in its receipt all the same',
    'send the output somewhere else, or make room, and run the same command again',
  );
}
