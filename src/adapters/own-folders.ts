import { chown, mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorName } from '../core/errors.js';

/** Whose a file or folder is to be; both are numbers of the system. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Whether this process may give files away, and so has to where it works for somebody else. */
export function canGiveAway(): boolean {
  return process.getuid?.() === 0;
}

/** Node says ENOENT where the file system is read-only; made one by one, the folders say what is the matter. */
async function makeFolders(folder: string): Promise<string | undefined> {
  try {
    return await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    for (let lacking = folder; errorName(error) === 'ENOENT'; lacking = dirname(lacking)) {
      await mkdir(lacking, { mode: 0o700 }).catch((refusal: unknown) => {
        if (errorName(refusal) !== 'ENOENT') throw errorName(refusal) === 'EEXIST' ? error : refusal;
      });
    }
    throw error;
  }
}

/**
 * Makes a folder and those above it, readable for their owner alone; root gives what it has made to the owner. Gives the
 * highest folder that was made, `undefined` for none.
 */
export async function makeOwnFolders(folder: string, owner: Owner | null): Promise<string | undefined> {
  const first = await makeFolders(folder);
  if (first === undefined || owner === null || !canGiveAway()) return first;
  for (let made = folder; made.length >= first.length; made = dirname(made))
    await chown(made, owner.uid, owner.gid);
  return first;
}

/** Does something in a folder that is made for it; where that fails, the folders that were made are gone again. */
export async function inOwnFolders<Value>(
  folder: string,
  owner: Owner | null,
  work: () => Promise<Value>,
): Promise<Value> {
  const first = await makeOwnFolders(folder, owner);
  try {
    return await work();
  } catch (error) {
    if (first !== undefined) await removeEmpty(folder, first);
    throw error;
  }
}

async function removeEmpty(folder: string, first: string): Promise<void> {
  for (let made = folder; made.length >= first.length; made = dirname(made))
    await rmdir(made).catch(() => undefined);
}
