import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { createFiles } from '../../../src/adapters/host/files.js';
import type { FileState, FileWriter } from '../../../src/ports/files.js';
import { snapshot, temporaryFolder } from '../../support/host.js';
import { requirement } from '../../support/requirements.js';

const isRoot = await requirement('root', () => process.getuid?.() === 0);
/** Another user may read and write the file, its group nothing: acl(5), as Linux keeps it in an extended attribute. */
async function giveList(file: string): Promise<boolean> {
  const script = `import os, struct, sys
nobody = 0xffffffff
entries = [(1, 6, nobody), (2, 6, 65534), (4, 0, nobody), (16, 6, nobody), (32, 0, nobody)]
data = struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *entry) for entry in entries)
os.setxattr(sys.argv[1], 'system.posix_acl_access', data)`;
  return !(await execa('python3', ['-c', script, file], { reject: false })).failed;
}

const hasLists = await requirement('python3 with a file system that keeps ACLs', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lists-'));
  await writeFile(path.join(folder, 'file'), '');
  const given = await giveList(path.join(folder, 'file'));
  await rm(folder, { recursive: true });
  return given;
});
const { uid, gid, username: name } = userInfo();
const nobody = { name: 'nobody', uid: 65_534, gid: 65_534, home: '/nonexistent', shell: '/bin/sh' };

function ownFiles(): FileWriter {
  return createFiles({ name, uid, gid, home: '/nonexistent', shell: '/bin/sh' });
}

function present(state: FileState | null): FileState {
  if (state === null) throw new Error('there is no file');
  return state;
}

const text = (content: string): Uint8Array => new Uint8Array(Buffer.from(content));

describe('a file that is written', () => {
  it('is new, with its folders, of the mode that is asked for', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'a', 'b', 'new');
    await ownFiles().write(file, text('x'), { expected: null, mode: 0o640 });
    expect(await readFile(file, 'utf8')).toBe('x');
    expect((await stat(file)).mode % 0o1000).toBe(0o640);
    expect((await stat(path.join(folder, 'a'))).mode % 0o1000).toBe(0o700);
    expect(await readdir(path.dirname(file))).toEqual(['new']);
  });

  it('keeps mode, owner and symbolic links, and is another file than before', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'real');
    await writeFile(file, 'old');
    await chmod(file, 0o604);
    await symlink('real', path.join(folder, 'one'));
    await symlink('one', path.join(folder, 'two'));
    const { ino } = await stat(file);
    const files = ownFiles();
    const state = await files.read(path.join(folder, 'two'));
    await files.write(path.join(folder, 'two'), text('new'), { expected: state, mode: 0o777 });
    expect(await readFile(file, 'utf8')).toBe('new');
    expect((await stat(file)).mode % 0o1000).toBe(0o604);
    expect((await stat(file)).ino).not.toBe(ino);
    expect((await lstat(path.join(folder, 'two'))).isSymbolicLink()).toBe(true);
  });

  it('is not written where it has changed since it was read', async () => {
    const file = path.join(await temporaryFolder(), 'file');
    const files = ownFiles();
    await writeFile(file, 'one');
    const state = await files.read(file);
    await writeFile(file, 'two');
    await expect(files.write(file, text('mine'), { expected: state })).rejects.toMatchObject({
      code: 'FILE_CHANGED',
    });
    await expect(files.write(file, text('mine'), { expected: null })).rejects.toMatchObject({
      code: 'FILE_CHANGED',
    });
    await expect(files.remove(file, { expected: present(state) })).rejects.toMatchObject({
      code: 'FILE_CHANGED',
    });
    expect(await readFile(file, 'utf8')).toBe('two');
    expect(await readdir(path.dirname(file))).toEqual(['file']);
  });

  it('is not written where somebody has taken the right away, also as root', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'file');
    await writeFile(file, 'old');
    const files = ownFiles();
    const state = await files.read(file);
    await chmod(file, 0o444);
    await expect(files.assertWritable(file)).rejects.toMatchObject({ code: 'FILE_READ_ONLY' });
    await expect(files.write(file, text('new'), { expected: state })).rejects.toMatchObject({
      code: 'FILE_READ_ONLY',
    });
    await chmod(file, 0o644);
    await chmod(folder, 0o555);
    await expect(files.write(file, text('new'), { expected: state })).rejects.toMatchObject({
      code: 'FILE_READ_ONLY',
    });
    await expect(files.assertWritable(path.join(folder, 'other'))).rejects.toMatchObject({
      code: 'FILE_READ_ONLY',
    });
    await chmod(folder, 0o755);
    expect(await readFile(file, 'utf8')).toBe('old');
  });

  it('is not written where it has other names', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'one'), 'old');
    await link(path.join(folder, 'one'), path.join(folder, 'two'));
    const files = ownFiles();
    await expect(files.assertWritable(path.join(folder, 'one'))).rejects.toMatchObject({
      code: 'FILE_HARD_LINKED',
    });
    const state = await files.read(path.join(folder, 'one'));
    await expect(
      files.write(path.join(folder, 'one'), text('new'), { expected: state }),
    ).rejects.toMatchObject({ code: 'FILE_HARD_LINKED' });
    expect(await readFile(path.join(folder, 'two'), 'utf8')).toBe('old');
  });

  it.skipIf(!hasLists)('is not written where a list says who may do what with it', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'listed');
    await writeFile(file, 'old', { mode: 0o640 });
    const files = ownFiles();
    await files.assertWritable(file);
    expect(await giveList(file)).toBe(true);
    const state = await files.read(file);
    const refused = { code: 'FILE_HAS_ACL' };
    await expect(files.assertWritable(file)).rejects.toMatchObject(refused);
    await expect(files.write(file, text('new'), { expected: state })).rejects.toMatchObject(refused);
    expect(await readFile(file, 'utf8')).toBe('old');
  });

  it.skipIf(!isRoot)('belongs to the user behind sudo, and only if it did before', async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o755);
    const files = createFiles(nobody);
    await expect(files.write(path.join(folder, 'new'), text('x'), { expected: null })).rejects.toMatchObject({
      code: 'FILE_FOREIGN',
    });
    await chown(folder, nobody.uid, nobody.gid);
    await files.write(path.join(folder, 'sub', 'new'), text('x'), { expected: null });
    for (const made of ['sub', 'sub/new']) expect((await stat(path.join(folder, made))).uid).toBe(nobody.uid);
    await writeFile(path.join(folder, 'roots'), 'secret', { mode: 0o600 });
    await symlink('roots', path.join(folder, '.bashrc'));
    const state = await files.read(path.join(folder, '.bashrc'));
    await expect(
      files.write(path.join(folder, '.bashrc'), text('y'), { expected: state }),
    ).rejects.toMatchObject({ code: 'FILE_FOREIGN' });
    expect(await readFile(path.join(folder, 'roots'), 'utf8')).toBe('secret');
  });

  it('is free of what a killed process has left behind', async () => {
    const folder = await temporaryFolder();
    const child = spawn('true');
    await once(child, 'exit');
    const leftover = (pid: number): string => `.file.openclaw-bedrock-setup-${pid}-1.tmp`;
    await writeFile(path.join(folder, leftover(child.pid ?? 0)), 'half');
    await writeFile(path.join(folder, leftover(process.ppid)), 'being written');
    await writeFile(path.join(folder, '.file.openclaw-bedrock-setup-notes.tmp'), 'theirs');
    await ownFiles().write(path.join(folder, 'file'), text('x'), { expected: null });
    expect((await readdir(folder)).sort()).toEqual(
      ['file', leftover(process.ppid), '.file.openclaw-bedrock-setup-notes.tmp'].sort(),
    );
  });

  it('is as it was where the disk is full', async () => {
    const folder = await temporaryFolder();
    // Without rights of a group no other program is asked about it, whose end would give the signal its default again.
    await writeFile(path.join(folder, 'file'), 'old', { mode: 0o600 });
    const program = `
      import { createFiles } from './src/adapters/host/files.ts';
      const files = createFiles(${JSON.stringify({ name, uid, gid, home: '/', shell: '/bin/sh' })});
      const expected = await files.read(process.argv[1]);
      await files.write(process.argv[1], new Uint8Array(1 << 20), { expected }).catch((error) => console.log(error.code));`;
    const words = ['-c', 'ulimit -f 64; trap "" XFSZ; exec "$0" "$@"', process.execPath];
    const child = spawn(
      'bash',
      [...words, '--import', 'tsx', '--input-type=module', '-e', program, path.join(folder, 'file')],
      {
        env: { PATH: '/usr/bin:/bin', HOME: folder, TMPDIR: folder },
      },
    );
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    await once(child, 'close');
    expect(Buffer.concat(said).toString()).toBe('DISK_FULL\n');
    expect(await readFile(path.join(folder, 'file'), 'utf8')).toBe('old');
    expect((await readdir(folder)).filter((entry) => entry.endsWith('.tmp'))).toEqual([]);
  });
});

describe('a file that is read', () => {
  it('may be missing, below a missing folder too', async () => {
    const folder = await temporaryFolder();
    expect(await ownFiles().read(path.join(folder, 'no', 'file'))).toBeNull();
    expect(await ownFiles().exists(path.join(folder, 'no'))).toBe(false);
    expect(await ownFiles().list(path.join(folder, 'no'))).toEqual([]);
  });

  it('is a regular file of a reasonable size, reached by links that lead somewhere', async () => {
    const folder = await temporaryFolder();
    const at = (entry: string): string => path.join(folder, entry);
    await mkdir(at('folder'));
    await symlink('nowhere', at('dangling'));
    await symlink('round', at('round'));
    await writeFile(at('large'), '');
    await truncate(at('large'), 65 * 1024 * 1024);
    const fifo = spawn('bash', ['-c', 'mkfifo "$0"', at('pipe')]);
    await once(fifo, 'exit');
    for (const entry of ['folder', 'dangling', 'large', 'pipe'])
      await expect(ownFiles().read(at(entry))).rejects.toMatchObject({
        code: 'FILE_UNUSABLE',
        message: expect.stringContaining(at(entry)) as string,
      });
    await expect(ownFiles().read(at('round'))).rejects.toMatchObject({ code: 'FILE_NOT_ALLOWED' });
    await writeFile(at('file'), '');
    await expect(ownFiles().read(at('file/below'))).rejects.toMatchObject({ code: 'FILE_NOT_ALLOWED' });
  });
});

describe('a file that is removed', () => {
  it('takes its empty folders along, and no others', async () => {
    const folder = await temporaryFolder();
    const files = ownFiles();
    const file = path.join(folder, 'a', 'b', 'c');
    await files.write(file, text('x'), { expected: null });
    await writeFile(path.join(folder, 'a', 'other'), '');
    const expected = present(await files.read(file));
    await files.remove(file, {
      expected,
      emptyFolders: [path.join(folder, 'a', 'b'), path.join(folder, 'a')],
    });
    expect(Object.keys(await snapshot(folder))).toEqual(['a', 'a/other']);
  });
});
