import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receiptFiles, receiptFolder } from '../../src/adapters/receipt-files.js';
import { takeRunLock } from '../../src/adapters/run-lock.js';
import { requirement } from '../support/requirements.js';

const isRoot = await requirement('root', () => process.getuid?.() === 0);
const other = { uid: 12_345, gid: 12_346 };
let home: string;
let folder: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'receipts-'));
  folder = join(home, '.local', 'state', 'tool');
});

afterEach(async () => rm(home, { recursive: true, force: true }));

async function whose(path: string): Promise<unknown> {
  const { uid, gid, mode } = await stat(path);
  return { uid, gid, mode: (mode & 0o777).toString(8) };
}

it.each([
  [{}, '/home/claw/.local/state/openclaw-bedrock-setup'],
  [{ XDG_STATE_HOME: '/var/state' }, '/var/state/openclaw-bedrock-setup'],
  [{ XDG_STATE_HOME: 'relative' }, '/home/claw/.local/state/openclaw-bedrock-setup'],
])('are in the folder of the user’s state: %j', (environment, expected) => {
  expect(receiptFolder(environment, '/home/claw')).toBe(expected);
});

it('reads what it has written, the newest first', async () => {
  const store = receiptFiles(folder, null);
  expect(await store.list()).toStrictEqual([]);
  await store.write('r-1.json', 'one');
  expect(await store.list()).toStrictEqual(['r-1.json']);
  expect(await store.read('r-1.json')).toBe('one');
  expect(await store.read('r-2.json')).toBeNull();
  expect(await whose(store.path('r-1.json'))).toMatchObject({ mode: '600' });
});

describe.skipIf(!isRoot)('a file system that is read-only', () => {
  it('is named as such, where Node says that a folder is not there', async () => {
    const run = promisify(execFile);
    await mkdir(home, { recursive: true });
    await run('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', home]);
    try {
      await expect(receiptFiles(folder, null).write('r-1.json', 'one')).rejects.toMatchObject({
        code: 'RECEIPT_NOT_WRITTEN',
        message: expect.stringContaining('EROFS') as unknown,
      });
      await (await takeRunLock(folder))();
    } finally {
      await run('umount', [home]);
    }
  });
});

describe.skipIf(!isRoot)('what root writes for somebody else', () => {
  it('is theirs, with the folders above it', async () => {
    const store = receiptFiles(folder, other);
    await store.write('r-1.json', 'one');
    expect(await whose(store.path('r-1.json'))).toStrictEqual({ ...other, mode: '600' });
    expect(await whose(folder)).toStrictEqual({ ...other, mode: '700' });
    expect(await whose(join(home, '.local'))).toStrictEqual({ ...other, mode: '700' });
  });

  it('is theirs also where the lock makes the folders first', async () => {
    const release = await takeRunLock(folder, other);
    expect(await whose(join(home, '.local'))).toStrictEqual({ ...other, mode: '700' });
    await release();
  });
});
