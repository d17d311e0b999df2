import type { Conflict } from '../core/change.js';
import type { ErrorDetails, SetupError } from '../core/errors.js';
import { ExitCode } from '../core/errors.js';

/** A refusal to do anything at all. */
export function stop(error: SetupError): Conflict {
  return { scope: 'run', conflict: error.details };
}

/** A conflict that fails this step and lets the others be done. */
export function stepConflict(code: string, message: string, why: string, fix: string): Conflict {
  return { scope: 'step', conflict: { code, message, why, fix, exitCode: ExitCode.failed } };
}

/** An error that kept a step from looking, as its conflict. */
export function problemConflict(problem: ErrorDetails): Conflict {
  return { scope: 'step', conflict: problem };
}

/** A conflict that is only named. */
export function notice(code: string, message: string, why: string, fix: string): Conflict {
  return { scope: 'notice', conflict: { code, message, why, fix, exitCode: ExitCode.done } };
}
