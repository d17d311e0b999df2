import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownIdentity } from '../../src/adapters/process-identity.js';
import { takeRunLock } from '../../src/adapters/run-lock.js';

let base: string;
let folder: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'lock-'));
  folder = join(base, 'state', 'tool');
});

afterEach(async () => rm(base, { recursive: true, force: true }));

async function leave(text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'lock'), text);
}

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('the lock of the receipts', () => {
  it('names the process that has it, as error ALREADY_RUNNING', async () => {
    const release = await takeRunLock(folder);
    await expect(takeRunLock(folder)).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
      message: `another run of this tool is at work here: process ${process.pid}`,
      exitCode: 1,
    });
    await release();
    await (await takeRunLock(folder))();
  });

  it('leaves nothing behind, not even the folders that it made', async () => {
    await (await takeRunLock(folder))();
    expect(await readdir(base)).toEqual([]);
  });

  it('leaves a folder in which there is a receipt by now', async () => {
    const release = await takeRunLock(folder);
    await writeFile(join(folder, 'r-1.json'), '{}');
    await release();
    expect(await readdir(folder)).toEqual(['r-1.json']);
  });

  it.each([
    ['a process that has ended', async () => ({ ...(await ownIdentity()), pid: await deadPid() })],
    ['a process whose number another one has now', async () => ({ ...(await ownIdentity()), started: '1' })],
    [
      'a process before the machine was started anew',
      async () => ({ ...(await ownIdentity()), boot: 'old' }),
    ],
    ['nobody that can be told', () => Promise.resolve('?')],
  ])('is taken over from %s', async (_who, owner) => {
    await leave(JSON.stringify(await owner()));
    const release = await takeRunLock(folder);
    expect(JSON.parse(await readFile(join(folder, 'lock'), 'utf8'))).toEqual(await ownIdentity());
    expect(await readdir(folder)).toEqual(['lock']);
    await release();
  });

  it('is not released by one who lost it', async () => {
    const release = await takeRunLock(folder);
    await leave('somebody else');
    await release();
    expect(await readFile(join(folder, 'lock'), 'utf8')).toBe('somebody else');
  });

  it('clears away what killed runs have left unfinished', async () => {
    await leave('');
    await writeFile(join(folder, 'r-1.json.0123456789ab.tmp'), '{');
    await writeFile(join(folder, `lock.${await deadPid()}-0123456789ab`), '{');
    const release = await takeRunLock(folder);
    expect(await readdir(folder)).toEqual(['lock']);
    await release();
  });

  it('goes to one alone of many that find it dead at the same time', async () => {
    for (let round = 0; round < 40; round += 1) {
      await leave(JSON.stringify({ ...(await ownIdentity()), started: String(round) }));
      const tries = await Promise.allSettled(Array.from({ length: 12 }, async () => takeRunLock(folder)));
      const won = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const codes = tries.flatMap((one) =>
        one.status === 'rejected' ? [(one.reason as { readonly code?: unknown }).code] : [],
      );
      expect(won).toHaveLength(1);
      expect(new Set(codes)).toEqual(new Set(['ALREADY_RUNNING']));
      await won[0]?.();
    }
  });

  it('is none where nothing can be written', async () => {
    await writeFile(join(base, 'state'), '');
    await (await takeRunLock(folder))();
    expect(await readdir(base)).toEqual(['state']);
  });
});
