import { chmod, chown, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { root } from '../../house/source.js';
import { snapshot, temporaryFolder } from '../../support/host.js';
import { requirement } from '../../support/requirements.js';

/** Whoever runs this where that is not root, who may write anywhere; in root's place the user who owns nothing. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const words = ['setup', '--cloud', 'skip', '--host', 'local', '--region', 'us-east-1', '--yes'];

const isPossible = await requirement('a Node that may be run as another user', async () => {
  const { exitCode } = await execa(process.execPath, ['--version'], { ...user, cwd: '/', reject: false });
  return exitCode === 0;
});

interface Home {
  readonly home: string;
  readonly at: (name: string) => string;
  /** Runs the built program as the home's owner. */
  readonly run: (
    ...words: readonly string[]
  ) => Promise<{ readonly exitCode: number | undefined; readonly said: string }>;
}

/** A home of the user, with a profile; the program lies where the user may read it. */
async function ownHome(): Promise<Home> {
  const folder = await temporaryFolder();
  await chmod(folder, 0o755);
  for (const part of ['dist', 'templates'])
    await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  const home = path.join(folder, 'home');
  const at = (name: string): string => path.join(home, name);
  await mkdir(at('.openclaw'), { recursive: true });
  await writeFile(at('.bashrc'), 'alias a=b\n');
  await writeFile(at('.profile'), '');
  await writeFile(at('.openclaw/.env'), 'FOO=1\n', { mode: 0o600 });
  if (user.uid !== undefined)
    for (const entry of ['', '.bashrc', '.profile', '.openclaw', '.openclaw/.env'])
      await chown(at(entry), user.uid, user.gid);
  const run: Home['run'] = async (...asked) => {
    const { exitCode, all } = await execa(process.execPath, [path.join(folder, 'dist/bin.cjs'), ...asked], {
      ...user,
      env: { PATH: '/usr/bin:/bin', HOME: home, SHELL: '/bin/bash', USER: 'nobody' },
      cwd: home,
      extendEnv: false,
      reject: false,
      all: true,
      stdin: 'ignore',
    });
    return { exitCode, said: all };
  };
  return { home, at, run };
}

async function theirs(home: string): Promise<Readonly<Record<string, string>>> {
  const all = Object.entries(await snapshot(home));
  return Object.fromEntries(all.filter(([name]) => !/^\.(?:local|aws)(?:\/|$)/u.test(name)));
}

describe.skipIf(!isPossible)('a user who is not root', () => {
  it('is set up, and gets everything back', async () => {
    const { home, run } = await ownHome();
    const before = await snapshot(home);
    const { said } = await run(...words);
    expect(said).toContain('4 applied');
    expect(await theirs(home)).not.toEqual(before);
    expect(await run('undo', '--yes', '--region', 'us-east-1')).toMatchObject({ exitCode: 0 });
    expect(await theirs(home)).toEqual(before);
    expect(Object.keys(await snapshot(home))).not.toContain('.aws');
  });

  it.each([
    ['profile that may not be written', '.bashrc', 0o444, 'FILE_READ_ONLY', '.bashrc is read-only'],
    [
      '.env that may not be written',
      '.openclaw/.env',
      0o400,
      'FILE_READ_ONLY',
      '.openclaw/.env is read-only',
    ],
    ['folder that may not be written', '.openclaw', 0o555, 'FILE_READ_ONLY', '.openclaw is read-only'],
    ['.env that may not even be read', '.openclaw/.env', 0o200, 'FILE_NOT_ALLOWED', 'EACCES'],
    ['folder that may not be entered', '.openclaw', 0o000, 'FILE_NOT_ALLOWED', 'EACCES'],
  ])('has a %s: it is named and stays', async (_what, name, mode, code, text) => {
    const { home, run, at } = await ownHome();
    await chmod(at(name), mode);
    const before = await theirs(home);
    const { exitCode, said } = await run(...words);
    expect({ exitCode, said }).toMatchObject({ exitCode: 1 });
    expect(said).toContain(code);
    expect(said).toContain(text);
    const after = await theirs(home);
    for (const entry of Object.keys(before).filter((one) => one.startsWith(name)))
      expect({ entry, content: after[entry] }).toEqual({ entry, content: before[entry] });
    expect(Object.keys(await snapshot(home)).filter((one) => one.endsWith('.tmp'))).toEqual([]);
  });

  it('has a home that may not be written: nothing is', async () => {
    const { home, run } = await ownHome();
    await chmod(home, 0o555);
    const before = await snapshot(home);
    const { exitCode, said } = await run(...words);
    expect({ exitCode, said }).toMatchObject({ exitCode: 1 });
    expect(said).toMatch(/^error [A-Z_]+: /mu);
    expect(await snapshot(home)).toEqual(before);
    await chmod(home, 0o755);
  });

  it.each([
    ['in a circle', '.loop', 'FILE_NOT_ALLOWED'],
    ['to nowhere', 'missing', 'FILE_UNUSABLE'],
    ['to a file of somebody else', '/etc/hosts', 'FILE_FOREIGN'],
  ])('has a profile that is a link %s: it is named and stays', async (_where, target, code) => {
    const { home, run, at } = await ownHome();
    await rm(at('.bashrc'));
    await symlink(target, at('.bashrc'));
    await symlink('.bashrc', at('.loop'));
    const before = await theirs(home);
    const hosts = await readFile('/etc/hosts', 'utf8');
    const { exitCode, said } = await run(...words);
    expect({ exitCode, said }).toMatchObject({ exitCode: 1 });
    expect(said).toContain(code);
    const after = await theirs(home);
    expect(after['.bashrc']).toBe(before['.bashrc']);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(await readFile('/etc/hosts', 'utf8')).toBe(hosts);
  });
});
