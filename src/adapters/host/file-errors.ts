import { ExitCode, SetupError, errorMessage, errorName, failure } from '../../core/errors.js';
import { fileTroubles } from '../../core/failure/file-trouble.js';

const unknown = {
  code: 'FILE_FAILED',
  why: 'the system says no more than that',
  fix: 'look at the file and the disk it is on, then run the same command again',
};

/** An error of the file system as one that is explained; anything else as it is. */
export function explainFileError(path: string, error: unknown): unknown {
  if (error instanceof SetupError) return error;
  if (!isSystemError(error)) return error;
  const found = fileTroubles[errorName(error)] ?? unknown;
  const why = found.code === 'DISK_FULL' ? `${found.why}; the file is as it was` : found.why;
  return new SetupError(
    { ...found, why, message: `${path}: ${errorMessage(error)}`, exitCode: ExitCode.failed },
    { cause: error },
  );
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'errno' in error;
}

/** The error for a file that is no longer what was read before. */
export function fileChanged(path: string): SetupError {
  return failure(
    'FILE_CHANGED',
    `${path} was changed by somebody else in the meantime`,
    'writing now would lose that change',
    'run the same command again',
  );
}

/** The error for something that is no regular file, or is too large to be one. */
export function unusableFile(path: string, what: string): SetupError {
  return failure(
    'FILE_UNUSABLE',
    `${path} ${what}`,
    'only a regular file of a reasonable size is edited',
    'look at it, and move it out of the way if it is not meant to be there',
  );
}

/** The error for a file whose mode forbids writing; root is held to it as well. */
export function readOnlyFile(path: string): SetupError {
  return failure(
    'FILE_READ_ONLY',
    `${path} is read-only`,
    'somebody has taken away the right to write it, which is respected, also for root',
    `chmod u+w ${path}, then run the same command again`,
  );
}

/** The error for a file that belongs to somebody else than the user who is set up. */
export function foreignFile(path: string, userName: string): SetupError {
  return failure(
    'FILE_FOREIGN',
    `${path} does not belong to ${userName}`,
    'it would have to be given another owner, or a link leads to something that the user may not write',
    /^\/[^/]*$/u.test(path)
      ? `${userName} has no home folder of their own: name the user who runs the gateway with --openclaw-user`
      : `look at it with ls -lH, and if it is meant to be theirs: sudo chown ${userName} ${path}`,
  );
}

/** The error for a file that says by a list who may do what with it. */
export function listedFile(path: string): SetupError {
  return failure(
    'FILE_HAS_ACL',
    `${path} has an access control list (ACL)`,
    'replacing it in one step would lose the list, and its group would get the most that the list gives to anybody',
    `look at it with getfacl ${path}; where nobody needs the list, run setfacl -b ${path}, then the same command again`,
  );
}

/** The error for a file with other names. */
export function hardLinkedFile(path: string, names: number): SetupError {
  return failure(
    'FILE_HARD_LINKED',
    `${path} has ${names} names (hard links)`,
    'replacing it in one step would leave the other names with the old content; writing into it could leave half a file',
    `make it a file of its own: cp -p ${path} ${path}.copy && mv ${path}.copy ${path}`,
  );
}
