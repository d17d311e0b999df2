import { ExitCode, SetupError } from '../../core/errors.js';

/** The error for a person who pressed Ctrl-C, or a terminal that was closed. */
export function interrupted(cause: string): SetupError {
  return new SetupError({
    code: 'INTERRUPTED',
    message: 'interrupted',
    why: cause,
    fix: 'run the same command again; it goes on from what is there by then',
    exitCode: ExitCode.interrupted,
  });
}

/** The error for a question that a person left without an answer. */
export function unanswered(question: string, flag: string, cause: string): SetupError {
  return new SetupError({
    code: 'DECLINED',
    message: `no answer to ${JSON.stringify(question)}`,
    why: cause,
    fix: `run it again, or answer with ${flag}`,
    exitCode: ExitCode.declined,
  });
}
