import { randomBytes } from 'node:crypto';
import { chmod, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SetupError } from '../core/errors.js';
import { errorName, failure } from '../core/errors.js';
import type { ReceiptStore } from '../ports/receipts.js';
import { orNull } from './absent-file.js';
import { syncFolder } from './sync-folder.js';
import type { Owner } from './own-folders.js';
import { canGiveAway, makeOwnFolders } from './own-folders.js';
import type { Environment } from '../ports/environment.js';

/** The folder of the receipts: `$XDG_STATE_HOME/openclaw-bedrock-setup`, else below `~/.local/state`. */
export function receiptFolder(environment: Environment, home: string): string {
  const state = environment['XDG_STATE_HOME'];
  const base = state === undefined || !state.startsWith('/') ? join(home, '.local', 'state') : state;
  return join(base, 'openclaw-bedrock-setup');
}

function unwritable(path: string, cause: unknown): SetupError {
  return failure(
    'RECEIPT_NOT_WRITTEN',
    `the receipt ${path} cannot be written: ${errorName(cause)}`,
    'nothing is changed without first writing down how to undo it',
    'make the folder writable, free some space, or set XDG_STATE_HOME to another folder',
    { cause },
  );
}

async function writeWhole(folder: string, path: string, text: string, owner: Owner | null): Promise<void> {
  await makeOwnFolders(folder, owner);
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      if (owner !== null && canGiveAway()) await file.chown(owner.uid, owner.gid);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(temporary, 0o600);
    await rename(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function appendTo(folder: string, path: string, text: string, owner: Owner | null): Promise<void> {
  await makeOwnFolders(folder, owner);
  const file = await open(path, 'a', 0o600);
  try {
    await file.writeFile(text);
    if (owner !== null && canGiveAway()) await file.chown(owner.uid, owner.gid);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/**
 * Receipts as files of one folder, belonging to `owner` even where root writes them for somebody else. Throws
 * RECEIPT_NOT_WRITTEN where the folder or the disk refuses.
 */
export function receiptFiles(folder: string, owner: Owner | null): ReceiptStore {
  const path = (name: string): string => join(folder, name);
  return {
    path,
    async list() {
      const names = ((await orNull(readdir(folder))) ?? []).filter((name) => name.endsWith('.json'));
      const dated = await Promise.all(
        names.map(async (name) => ({
          name,
          at: (await orNull(stat(path(name))))?.mtimeMs ?? 0,
        })),
      );
      return dated.sort((a, b) => b.at - a.at).map(({ name }) => name);
    },
    read: async (name) => orNull(readFile(path(name), 'utf8')),
    async write(name, text) {
      try {
        await writeWhole(folder, path(name), text, owner);
      } catch (error) {
        throw unwritable(path(name), error);
      }
    },
    async append(name, text) {
      try {
        await appendTo(folder, path(name), text, owner);
      } catch (error) {
        throw unwritable(path(name), error);
      }
    },
    remove: async (name) => rm(path(name), { force: true }),
  };
}
