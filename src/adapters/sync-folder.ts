import { open } from 'node:fs/promises';

/** Makes sure that a folder's entries are on disk: without it a file that was renamed may be the old one after a power failure (fsync(2)). */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
