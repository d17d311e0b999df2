import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SetupError } from '../core/errors.js';
import { errorName, failure } from '../core/errors.js';
import { orNull } from './absent-file.js';
import type { Owner } from './own-folders.js';
import { makeOwnFolders } from './own-folders.js';
import { isAlive, isPidInUse, ownIdentity, parseIdentity } from './process-identity.js';

const lockName = 'lock';

/** Where no file can be made there is no receipt either, and without a receipt nothing is changed. */
const nothingCanBeWritten = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR']);

function alreadyRunning(pid: number): SetupError {
  return failure(
    'ALREADY_RUNNING',
    `another run of this tool is at work here: process ${pid}`,
    'two runs at once would write the same files and the same receipt',
    `wait until it has ended, or end it: kill ${pid}`,
  );
}

async function claim(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (errorName(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Makes `path` a link to `mine`, so that it is never seen without its content. A dead owner's lock is replaced only under a
 * lock of its own: of two who find it dead at the same time one alone has it afterwards.
 */
async function acquire(mine: string, path: string): Promise<void> {
  while (!(await claim(mine, path))) {
    const found = await orNull(readFile(path, 'utf8'));
    if (found === null) continue;
    const owner = parseIdentity(found);
    if (owner !== null && (await isAlive(owner))) throw alreadyRunning(owner.pid);
    const next = `${path}.next`;
    await acquire(mine, next);
    if ((await orNull(readFile(path, 'utf8'))) === found) return rename(next, path);
    await rm(next, { force: true });
  }
}

/** What runs that were killed while they wrote a receipt or a lock have left behind. */
async function removeLeftovers(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => {
    const pid = /^lock\.(\d+)-[0-9a-f]+$/u.exec(name)?.[1];
    return pid === undefined ? /\.json\.[0-9a-f]+\.tmp$/u.test(name) : !isPidInUse(Number(pid));
  });
  await Promise.all(left.map(async (name) => rm(join(folder, name), { force: true })));
}

/** Removes the folders that were made for the lock alone, from the lowest to `first`. */
async function removeEmpty(folder: string, first: string | undefined): Promise<void> {
  if (first === undefined) return;
  try {
    for (let made = folder; made.length >= first.length; made = dirname(made)) await rmdir(made);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorName(error))) throw error;
  }
}

async function lock(folder: string, owner: Owner | null): Promise<() => Promise<void>> {
  const first = await makeOwnFolders(folder, owner);
  const path = join(folder, lockName);
  const mine = `${path}.${process.pid}-${randomBytes(6).toString('hex')}`;
  const text = `${JSON.stringify(await ownIdentity())}\n`;
  try {
    await writeFile(mine, text, { mode: 0o600, flag: 'wx' });
    await acquire(mine, path);
  } finally {
    await rm(mine, { force: true });
  }
  await removeLeftovers(folder);
  return async () => {
    if ((await orNull(readFile(path, 'utf8'))) === text) await rm(path, { force: true });
    await removeEmpty(folder, first);
  };
}

/**
 * Takes the lock of the receipts' folder and gives what releases it. The lock of a process that is gone is taken over.
 * Throws ALREADY_RUNNING with the number of the process that has it. Where nothing can be written there is none to take.
 * Folders that are made for it belong to `owner`, if one is named.
 */
export async function takeRunLock(folder: string, owner: Owner | null = null): Promise<() => Promise<void>> {
  try {
    return await lock(folder, owner);
  } catch (error) {
    if (nothingCanBeWritten.has(errorName(error))) return () => Promise.resolve();
    throw error;
  }
}
