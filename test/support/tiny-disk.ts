import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { errorName } from '../../src/core/errors.js';
import { temporaryFolder } from './host.js';
import { requirement } from './requirements.js';

const run = promisify(execFile);

async function mount(folder: string, limits: string): Promise<void> {
  await run('mount', ['-t', 'tmpfs', '-o', `mode=700,${limits}`, 'tmpfs', folder]);
}

/** Whether this process may mount a file system of its own: root outside most containers. */
export async function mountRequirement(): Promise<boolean> {
  return requirement('the right to mount a tmpfs', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'mount-'));
    try {
      await mount(folder, 'size=64k');
      await run('umount', [folder]);
      return true;
    } catch {
      return false;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** An empty file system with these limits (tmpfs(5): `size=128k`, `nr_inodes=4`); gone after the test. */
export async function tinyDisk(limits: string): Promise<string> {
  const folder = await temporaryFolder();
  await mount(folder, limits);
  onTestFinished(async () => {
    await run('umount', [folder]);
  });
  return folder;
}

/** Writes to a file until nothing more fits. */
export async function fill(file: string): Promise<void> {
  try {
    for (;;) await appendFile(file, Buffer.alloc(4096, 'x'));
  } catch (error) {
    if (errorName(error) !== 'ENOSPC') throw error;
  }
}
