import type { Conflict } from '../../core/change.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode, SetupError } from '../../core/errors.js';

/** A conflict that fails this step and lets the others be done. */
export function stepConflict(code: string, message: string, why: string, fix: string): Conflict {
  return { scope: 'step', conflict: { code, message, why, fix, exitCode: ExitCode.failed } };
}

/** A conflict that is only named. */
export function notice(code: string, message: string, why: string, fix: string): Conflict {
  return { scope: 'notice', conflict: { code, message, why, fix, exitCode: ExitCode.done } };
}

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

/** What a look at a file came to: its value, or the expected error that kept it from being read. */
export type Looked<Value> = { readonly value: Value } | { readonly problem: ErrorDetails };

/** Runs a look; a SetupError becomes its details, so that one unreadable file does not stop the other steps. */
export async function look<Value>(action: () => Promise<Value>): Promise<Looked<Value>> {
  try {
    return { value: await action() };
  } catch (error) {
    if (error instanceof SetupError) return { problem: error.details };
    throw error;
  }
}

/** The details as a conflict of this step. */
export function problemConflict(problem: ErrorDetails): Conflict {
  return { scope: 'step', conflict: problem };
}
