import type { ErrorDetails } from '../core/errors.js';
import { ExitCode, SetupError } from '../core/errors.js';
import type { FileTrouble } from '../core/failure/file-trouble.js';
import { fileTroubles } from '../core/failure/file-trouble.js';
import { isOutsideFailure, remoteFailure } from '../core/failure/remote-failure.js';
import type { RemoteFailure } from '../ports/gateway-probe.js';
import type { FailureContext } from './entry.js';
import { explainFailure } from './explain.js';

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/u.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}

/** What no row of the catalogue knows and the operating system said, by Node's name for its errno(3). */
const systemTrouble: FileTrouble = {
  code: 'SYSTEM_ERROR',
  why: 'the operating system said so',
  fix: 'mend what the message names, then run the same command; `man errno` explains its first word',
};

function fileError(failure: RemoteFailure, trouble: FileTrouble): ErrorDetails {
  return { ...trouble, message: failure.message, exitCode: ExitCode.failed };
}

/**
 * Whatever was thrown while planning, applying or undoing, in the form in which it is shown and recorded. A SetupError
 * passes; failures of AWS, the SDK and the system are looked up in the catalogue, with exit code 5 where credentials or
 * permissions are in the way. Anything else is a bug of this tool and is thrown again.
 */
export function toErrorDetails(error: unknown, context: FailureContext): ErrorDetails {
  if (error instanceof SetupError) return error.details;
  if (!isOutsideFailure(error)) throw error;
  const failure = remoteFailure(error);
  const trouble = fileTroubles[failure.name];
  if (trouble !== undefined) return fileError(failure, trouble);
  const { code, message, cause, fix, blocks } = explainFailure(failure, context);
  if (code === 'UNKNOWN' && /^E[A-Z0-9]+$/u.test(failure.name)) return fileError(failure, systemTrouble);
  return {
    code,
    message: lowerFirst(message).replace(/\.+$/u, ''),
    why: cause,
    fix,
    exitCode: blocks ? ExitCode.blocked : ExitCode.failed,
  };
}
