import type { ErrorDetails } from '../core/errors.js';
import { ExitCode, SetupError } from '../core/errors.js';
import { isOutsideFailure, remoteFailure } from '../core/failure/remote-failure.js';
import type { RemoteFailure } from '../ports/gateway-probe.js';
import type { FailureContext } from './entry.js';
import { explainFailure } from './explain.js';

interface FileTrouble {
  readonly code: string;
  readonly why: string;
  readonly fix: string;
}

/** Failures of the file system, by Node's codes. */
const fileTroubles: Readonly<Record<string, FileTrouble>> = {
  EACCES: {
    code: 'FILE_NOT_ALLOWED',
    why: 'the operating system does not let this user at it',
    fix: 'give this user the right to it, or run the tool as the user that owns it',
  },
  EPERM: {
    code: 'FILE_NOT_ALLOWED',
    why: 'the operating system does not let this user do that',
    fix: 'run the tool as the user that owns it',
  },
  EROFS: {
    code: 'FILE_READ_ONLY',
    why: 'the file system is mounted read-only',
    fix: 'run the tool where the home folder can be written',
  },
  ENOSPC: { code: 'DISK_FULL', why: 'the disk is full', fix: 'free some space, then run the same command' },
  EDQUOT: {
    code: 'DISK_FULL',
    why: 'the disk quota of this user is used up',
    fix: 'free some space, then run the same command',
  },
};

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/u.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}

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
  return {
    code,
    message: lowerFirst(message).replace(/\.+$/u, ''),
    why: cause,
    fix,
    exitCode: blocks ? ExitCode.blocked : ExitCode.failed,
  };
}
