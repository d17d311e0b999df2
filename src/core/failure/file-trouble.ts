/** Why the file system refuses something, and what helps. */
export interface FileTrouble {
  readonly code: string;
  readonly why: string;
  readonly fix: string;
}

const space = 'free some space, then run the same command';

/** Troubles with files, by Node's codes, which are those of errno(3). */
export const fileTroubles: Readonly<Record<string, FileTrouble>> = {
  EACCES: {
    code: 'FILE_NOT_ALLOWED',
    why: 'the operating system does not let this user at it',
    fix: 'give this user the right to it, or run the tool as the user that owns it',
  },
  EPERM: {
    code: 'FILE_NOT_ALLOWED',
    why: 'the operating system does not let this user do that',
    fix: 'run the tool as the user that owns it; lsattr shows whether it is marked as unchangeable',
  },
  EROFS: {
    code: 'FILE_READ_ONLY',
    why: 'the file system is mounted read-only',
    fix: 'run the tool where the home folder can be written',
  },
  ENOSPC: { code: 'DISK_FULL', why: 'the disk is full', fix: space },
  EDQUOT: { code: 'DISK_FULL', why: 'the disk quota of this user is used up', fix: space },
  EFBIG: {
    code: 'DISK_FULL',
    why: 'it would be larger than this process may write (ulimit -f)',
    fix: 'raise the limit, then run the same command',
  },
  ENOTDIR: {
    code: 'FILE_NOT_ALLOWED',
    why: 'a part of its path is a file, not a folder',
    fix: 'move that file out of the way',
  },
  ELOOP: { code: 'FILE_NOT_ALLOWED', why: 'its symbolic links go round in circles', fix: 'repair the link' },
};
