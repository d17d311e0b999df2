import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorName, failure } from '../core/errors.js';
import { isPidInUse } from './process-identity.js';

const name = 'openclaw-bedrock-setup';

/**
 * Makes a temporary folder that nobody else can look into; throws NO_TEMPORARY_FOLDER. What is in it may be a secret, and a process that is killed
 * cannot clean up: folders of this user's own processes that are gone are removed first. Those of anybody else stay, also
 * for root, who could be led elsewhere by whoever may write in them.
 */
export async function makePrivateFolder(): Promise<string> {
  const parent = tmpdir();
  await removeAbandoned(parent);
  try {
    return await mkdtemp(join(parent, `${name}-${process.pid}-`));
  } catch (cause) {
    throw failure(
      'NO_TEMPORARY_FOLDER',
      `no temporary folder can be made in ${parent}: ${errorName(cause)}`,
      'a rehearsal, and copies of what may hold a secret, are kept in one',
      'set TMPDIR to a folder that this user can write to',
      { cause },
    );
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const abandoned = names.filter((entry) => {
    const pid = /^openclaw-bedrock-setup-(\d+)-[^.]+$/u.exec(entry)?.[1];
    return pid !== undefined && !isPidInUse(Number(pid));
  });
  for (const entry of abandoned) {
    const found = await lstat(join(parent, entry)).catch(() => null);
    if (found === null || !found.isDirectory() || found.uid !== process.getuid?.()) continue;
    await rm(join(parent, entry), { recursive: true, force: true }).catch(() => undefined);
  }
}
