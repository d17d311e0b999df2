import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isPidInUse } from '../process-identity.js';
import { syncFolder } from '../sync-folder.js';

/** Whom a file belongs to and who may do what with it. */
export interface Ownership {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

let counter = 0;

/**
 * Puts a whole new content in the place of a file, or makes the file: a temporary one beside it that nobody else can read, fsync,
 * `check`, rename, fsync of the folder. Whatever goes wrong before the rename leaves the old content as it is.
 */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  owner: Ownership,
  check: () => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  await removeLeftovers(path);
  counter += 1;
  const temporary = join(folder, `${temporaryPrefix(path)}${process.pid}-${counter}.tmp`);
  try {
    await writeSynced(temporary, bytes, owner);
    await check();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Begins the name of every temporary file for `path`; the number of the process that made it follows. */
function temporaryPrefix(path: string): string {
  return `.${basename(path)}.openclaw-bedrock-setup-`;
}

async function writeSynced(path: string, bytes: Uint8Array, owner: Ownership): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    const made = await handle.stat();
    if (made.uid !== owner.uid || made.gid !== owner.gid) await handle.chown(owner.uid, owner.gid);
    await handle.chmod(owner.mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what a process that was killed while it wrote the file, or one whose name begins alike, has left behind. */
export async function removeLeftovers(path: string): Promise<void> {
  const prefix = `.${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    const owner = name.startsWith(prefix) ? /\.openclaw-bedrock-setup-(\d+)-\d+\.tmp$/u.exec(name) : null;
    if (owner !== null && !isPidInUse(Number(owner[1]))) await rm(join(dirname(path), name), { force: true });
  }
}
