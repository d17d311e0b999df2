import type { Stats } from 'node:fs';
import { access, constants, lstat, readdir, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileWriter } from '../../ports/files.js';
import type { HostUser } from '../../ports/host.js';
import { orNull } from '../absent-file.js';
import { runChild } from '../child.js';
import { inOwnFolders } from '../own-folders.js';
import { explainFileError, foreignFile, hardLinkedFile, listedFile, readOnlyFile } from './file-errors.js';
import { assertSame, readState, resolvePath } from './file-state.js';
import { syncFolder } from '../sync-folder.js';
import { removeLeftovers, replaceFile } from './replace-file.js';

/**
 * Files through node:fs, new ones belonging to the user. Its errors are SetupErrors that name the path: FILE_CHANGED,
 * FILE_READ_ONLY (a mode without write permission is respected, also as root), FILE_NOT_ALLOWED, FILE_FOREIGN (another
 * owner), FILE_HARD_LINKED (a rename would break the link, and writing in place could leave half a file), FILE_HAS_ACL, FILE_UNUSABLE,
 * DISK_FULL.
 */
export function createFiles(user: HostUser): FileWriter {
  return {
    read: async (path) => explained(path, async () => readState(path)),
    exists: async (path) => explained(path, async () => (await orNull(lstat(path))) !== null),
    list: async (folder) => explained(folder, async () => (await orNull(readdir(folder))) ?? []),
    assertWritable: async (path) =>
      explained(path, async () => {
        const real = await resolvePath(path);
        await refuse(real, await orNull(stat(real)), user);
      }),
    write: async (path, bytes, { expected, mode = 0o600 }) =>
      explained(path, async () => {
        const real = expected?.realPath ?? (await resolvePath(path));
        await refuse(real, await orNull(stat(real)), user);
        const owner = expected ?? { mode, uid: user.uid, gid: user.gid };
        await inOwnFolders(dirname(real), user, async () =>
          replaceFile(real, bytes, owner, async () => assertSame(path, expected)),
        );
      }),
    tidy: async (path, emptyFolders) =>
      explained(path, async () => {
        const real = await orNull(realpath(path));
        const folder = dirname(real ?? path);
        if ((await orNull(stat(folder))) !== null) await removeLeftovers(real ?? path);
        for (const made of emptyFolders) await rmdir(made).catch(() => undefined);
      }),
    remove: async (path, { expected, emptyFolders = [] }) =>
      explained(path, async () => {
        await refuse(expected.realPath, await orNull(stat(expected.realPath)), user);
        await assertSame(path, expected);
        await removeLeftovers(expected.realPath);
        await rm(expected.realPath);
        await syncFolder(dirname(expected.realPath));
        for (const folder of emptyFolders) await rmdir(folder).catch(() => undefined);
      }),
  };
}

async function explained<Value>(path: string, action: () => Promise<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    throw explainFileError(path, error);
  }
}

/** Throws where the file, or the folder in which it would be replaced, is not to be written. */
async function refuse(path: string, found: Stats | null, user: HostUser): Promise<void> {
  if (found !== null) {
    if (found.isFile() && found.nlink > 1) throw hardLinkedFile(path, found.nlink);
    if (found.isFile() && (found.mode & 0o070) !== 0 && (await hasAccessList(path))) throw listedFile(path);
    await refuseOne(path, found, user);
  }
  let folder = dirname(path);
  while ((await orNull(stat(folder))) === null && folder !== dirname(folder)) folder = dirname(folder);
  const above = await stat(folder);
  if (process.getuid?.() === 0 || (above.mode & 0o222) === 0) await refuseOne(folder, above, user);
  await access(folder, constants.W_OK);
}

/** Root acts for the user here, and must not be led by a link to a file that the user could not write. */
async function refuseOne(path: string, found: Stats, user: HostUser): Promise<void> {
  if (user.uid !== 0 && found.uid !== user.uid) throw foreignFile(path, user.name);
  if ((found.mode & 0o222) === 0) throw readOnlyFile(path);
  await access(path, constants.W_OK);
}

/**
 * Whether rights beyond the mode are given by a list: Node cannot read it, ls(1) shows it as a plus. Its mask stands in the place of
 * the group's rights, so that a file without any has none that counts.
 */
async function hasAccessList(path: string): Promise<boolean> {
  const options = { env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' }, timeoutMilliseconds: 2000 };
  const { exitCode, stdout } = await runChild('ls', ['-ld', '--', path], options);
  return exitCode === 0 && /^\S{10}\+/u.test(stdout);
}
