import { readdir, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../support/cli.js';
import { setUp, snapshot, testHost } from '../../support/host.js';
import { fill, mountRequirement, tinyDisk } from '../../support/tiny-disk.js';

const hasMounts = await mountRequirement();
const profile = 'alias something="one of a thousand lines"\n'.repeat(400);
const words = ['setup', '--cloud', 'skip', '--host', 'local', '--region', 'us-east-1', '--yes'];

/** A home with a profile of four pages, on a disk that has room for so many pages more. */
async function fullHome(pages: number): Promise<string> {
  const home = await tinyDisk('size=128k');
  await writeFile(path.join(home, '.bashrc'), profile);
  const filler = path.join(home, 'filler');
  await fill(filler);
  const size = 128 * 1024 - Math.ceil(profile.length / 4096) * 4096;
  await truncate(filler, size - pages * 4096);
  return home;
}

function withoutReceipts(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !/^\.local(?:\/|$)/u.test(name)));
}

describe.skipIf(!hasMounts)('a disk that is full', () => {
  it.each([0, 1, 3])('and has room for %d pages: a profile is refused and stays as it was', async (pages) => {
    const home = await fullHome(pages);
    const before = await snapshot(home);
    await expect(setUp(testHost({ home }), {}, ['shell-profile'])).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringContaining(path.join(home, '.bashrc')) as string,
    });
    expect(await snapshot(home)).toEqual(before);
  });

  it.each(['gateway-env', 'aws-config'] as const)('%s: neither a file nor a folder is left', async (step) => {
    const home = await fullHome(0);
    const before = await snapshot(home);
    await expect(setUp(testHost({ home }), {}, [step])).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(Object.keys(await snapshot(home))).toEqual(Object.keys(before));
    expect(await snapshot(home)).toEqual(before);
  });

  it('because it can hold no more files: refused as well', async () => {
    const home = await tinyDisk('size=1m,nr_inodes=3');
    await writeFile(path.join(home, '.bashrc'), profile);
    await writeFile(path.join(home, '.profile'), '');
    const before = await snapshot(home);
    await expect(setUp(testHost({ home }), {}, ['shell-profile'])).rejects.toMatchObject({
      code: 'DISK_FULL',
    });
    expect(await snapshot(home)).toEqual(before);
  });

  it('is set up once there is room again', async () => {
    const home = await fullHome(0);
    const host = testHost({ home });
    await expect(setUp(host, {}, ['gateway-env'])).rejects.toMatchObject({ code: 'DISK_FULL' });
    await truncate(path.join(home, 'filler'), 0);
    expect((await setUp(host, {}, ['gateway-env'])).made).toHaveLength(1);
    expect(await readdir(path.join(home, '.openclaw'))).toEqual(['.env']);
  });

  it.each([0, 1, 2])('with room for %d pages: the program says so and loses nothing', async (pages) => {
    const home = await fullHome(pages);
    const before = await snapshot(home);
    const { exitCode, stderr } = await runCli(words, { home });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error (?:DISK_FULL|RECEIPT_NOT_WRITTEN): .*(?:ENOSPC|space)/mu);
    const after = await snapshot(home);
    for (const file of ['.bashrc', 'filler']) expect(after[file]).toBe(before[file]);
    expect(Object.keys(after).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await truncate(path.join(home, 'filler'), 0);
    await runCli(words, { home });
    expect((await snapshot(home))['.bashrc']).not.toBe(before['.bashrc']);
    expect(await runCli(['undo', '--yes', '--region', 'us-east-1'], { home })).toMatchObject({ exitCode: 0 });
    expect(withoutReceipts(await snapshot(home))).toEqual({
      ...before,
      filler: expect.any(String) as string,
    });
  });
});
