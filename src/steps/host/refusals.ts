import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';

/** CHANGED_SINCE: what an undo was to put back is no longer as this tool left it. */
export function changedSince(what: string, fix: string): SetupError {
  return failure(
    'CHANGED_SINCE',
    `${what} has been changed since this tool wrote it`,
    'undo only takes back what is still as it was left, so that nobody else’s work is lost',
    fix,
  );
}
