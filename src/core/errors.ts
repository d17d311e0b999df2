/** What the process ends with: a contract, see the README. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  pending: 3,
  declined: 4,
  blocked: 5,
  interrupted: 130,
} as const;

/** One of the exit codes above. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The plain form of an expected error, as `--json` prints it. */
export interface ErrorDetails {
  /** Stable, upper case, e.g. `PROFILE_IN_USE`. */
  readonly code: string;
  /** What happened, with the wrong value; lower case, no full stop. */
  readonly message: string;
  /** Why that is a problem, or what causes it. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  readonly exitCode: ExitCode;
}

/** An error that the tool expects and can explain. Anything else that is thrown is a bug. */
export class SetupError extends Error implements ErrorDetails {
  readonly code: string;
  readonly why: string;
  readonly fix: string;
  readonly exitCode: ExitCode;

  constructor(details: ErrorDetails, options?: ErrorOptions) {
    super(details.message, options);
    this.name = 'SetupError';
    this.code = details.code;
    this.why = details.why;
    this.fix = details.fix;
    this.exitCode = details.exitCode;
  }

  /** The plain form, without stack and cause. */
  get details(): ErrorDetails {
    const { code, message, why, fix, exitCode } = this;
    return { code, message, why, fix, exitCode };
  }
}

/** A SetupError for a value that the user gave: exit 2. `fix` says what would be right. */
export function usageError(code: string, message: string, why: string, fix: string): SetupError {
  return new SetupError({ code, message, why, fix, exitCode: ExitCode.usage });
}

/** A SetupError for what could not be done, or must not be: exit 1. Nothing was changed that it does not name. */
export function failure(
  code: string,
  message: string,
  why: string,
  fix: string,
  options?: ErrorOptions,
): SetupError {
  return new SetupError({ code, message, why, fix, exitCode: ExitCode.failed }, options);
}

/** The name or code by which an SDK or system error is told apart: `Code`, `name` or `code`. */
export function errorName(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'Error';
  const { Code, name, code } = error as { Code?: unknown; name?: unknown; code?: unknown };
  for (const candidate of [Code, name === 'Error' ? code : name, name]) {
    if (typeof candidate === 'string' && candidate !== '') return candidate;
  }
  return 'Error';
}

/** The message of anything thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
