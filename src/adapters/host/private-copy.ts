import { rmSync } from 'node:fs';
import { chown, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostUser } from '../../ports/host.js';
import { orNull } from '../absent-file.js';
import { makePrivateFolder } from '../private-folder.js';

/** A copy of OpenClaw's config that only the user can read. */
export interface PrivateCopy {
  readonly folder: string;
  readonly path: string;
  /** What is in it now; `null` where there is nothing. */
  read(): Promise<Uint8Array | null>;
}

const folders = new Set<string>();

/** A process that is ended by a signal handler does not run what is left of its functions, but it does run this. */
function removeAll(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Lets `use` work on a private copy of the config, which is removed afterwards, also where the process exits before. */
export async function withPrivateCopy<Value>(
  bytes: Uint8Array | null,
  user: HostUser,
  use: (copy: PrivateCopy) => Promise<Value>,
): Promise<Value> {
  const folder = await makePrivateFolder();
  if (folders.size === 0) process.once('exit', removeAll);
  folders.add(folder);
  try {
    const path = join(folder, 'openclaw.json');
    if (bytes !== null) await writeFile(path, bytes, { mode: 0o600, flag: 'wx' });
    if (process.getuid?.() === 0 && user.uid !== 0) {
      if (bytes !== null) await chown(path, user.uid, user.gid);
      await chown(folder, user.uid, user.gid);
    }
    return await use({ folder, path, read: async () => orNull(readFile(path)) });
  } finally {
    await rm(folder, { recursive: true, force: true });
    folders.delete(folder);
    if (folders.size === 0) process.off('exit', removeAll);
  }
}
