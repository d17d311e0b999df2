import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ShellName } from '../../../src/ports/host.js';
import { setUp, snapshot, takeBack, temporaryFolder, testHost } from '../../support/host.js';
import { commandRequirement } from '../../support/requirements.js';

const run = promisify(execFile);
const hasZsh = await commandRequirement('zsh');
const hasFish = await commandRequirement('fish');
const debianBashrc = '# ~/.bashrc\ncase $- in\n    *i*) ;;\n      *) return;;\nesac\nalias ll="ls -l"\n';
const debianProfile = 'if [ -n "$BASH_VERSION" ]; then\n    . "$HOME/.bashrc"\nfi\n';
const only = ['shell-profile'] as const;
const block = (lines: readonly string[]): string =>
  ['# >>> openclaw-bedrock-setup >>>', ...lines, '# <<< openclaw-bedrock-setup <<<', ''].join('\n');
const posixLines = ['export AWS_PROFILE=default', 'export AWS_REGION=us-east-1'];

/** What a real shell of the user says, nothing of this process's environment in it. */
async function ask(
  shell: ShellName,
  flags: string,
  home: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const env = {
    HOME: home,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TERM: 'dumb',
    XDG_DATA_HOME: '/dev/null',
    ...environment,
  };
  const { stdout } = await run(shell, [flags, 'env -0'], { env, cwd: '/' });
  const pairs = stdout
    .split('\0')
    .map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)]);
  return Object.fromEntries(pairs.filter(([name]) => name?.startsWith('AWS_') === true)) as Record<
    string,
    string
  >;
}

const wanted = { AWS_PROFILE: 'default', AWS_REGION: 'us-east-1' };

describe('the shell profile in real shells', () => {
  const cases: readonly (readonly [ShellName, readonly string[], boolean])[] = [
    ['bash', ['-lc', '-ic', '-lic'], true],
    ['zsh', ['-lic', '-lc', '-ic', '-c'], hasZsh],
    ['fish', ['-c', '-lc', '-ic'], hasFish],
  ];
  for (const [shell, flags, present] of cases) {
    it.skipIf(!present)(
      `shows both variables in ${shell} after the first run, once after the third`,
      async () => {
        const home = await temporaryFolder();
        const host = testHost({ home, shell: `/usr/bin/${shell}` });
        const first = await setUp(host, {}, only);
        for (const flag of flags) expect([flag, await ask(shell, flag, home)]).toEqual([flag, wanted]);
        const after = await snapshot(home);
        expect((await setUp(host, {}, only)).made).toEqual([]);
        expect((await setUp(host, {}, only)).made).toEqual([]);
        expect(await snapshot(home)).toEqual(after);
        for (const content of Object.values(after))
          expect(content.split('AWS_REGION').length).toBeLessThan(3);
        await takeBack(host, first.made);
        expect(await snapshot(home)).toEqual({});
      },
    );
  }

  it('reaches login and interactive shells past Debian’s early return', async () => {
    const home = await temporaryFolder();
    await writeFile(path.join(home, '.bashrc'), debianBashrc);
    await writeFile(path.join(home, '.profile'), debianProfile);
    const before = await snapshot(home);
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    for (const flag of ['-lc', '-ic', '-lic'])
      expect([flag, await ask('bash', flag, home)]).toEqual([flag, wanted]);
    await takeBack(host, made);
    expect(await snapshot(home)).toEqual(before);
  });

  it('writes the login file that bash really reads', async () => {
    const home = await temporaryFolder();
    await writeFile(path.join(home, '.profile'), 'export FROM=profile\n');
    await writeFile(path.join(home, '.bash_login'), 'export FROM=login\n');
    await setUp(testHost({ home }), {}, only);
    expect(await readFile(path.join(home, '.profile'), 'utf8')).toBe('export FROM=profile\n');
    expect(await ask('bash', '-lc', home)).toEqual(wanted);
  });

  it.skipIf(!hasZsh)('follows ZDOTDIR in zsh', async () => {
    const home = await temporaryFolder();
    const folder = path.join(home, 'zsh');
    await mkdir(folder);
    await setUp(testHost({ home, shell: '/bin/zsh', environment: { ZDOTDIR: folder } }), {}, only);
    expect(await ask('zsh', '-lic', home, { ZDOTDIR: folder })).toEqual(wanted);
  });

  it.skipIf(!hasFish)('follows XDG_CONFIG_HOME in fish', async () => {
    const home = await temporaryFolder();
    const folder = path.join(home, 'elsewhere');
    await setUp(
      testHost({ home, shell: '/usr/bin/fish', environment: { XDG_CONFIG_HOME: folder } }),
      {},
      only,
    );
    expect(await ask('fish', '-c', home, { XDG_CONFIG_HOME: folder })).toEqual(wanted);
  });

  it.skipIf(!hasFish)('takes an empty XDG_CONFIG_HOME for none, as fish does', async () => {
    const home = await temporaryFolder();
    const environment = { XDG_CONFIG_HOME: '' };
    await setUp(testHost({ home, shell: '/usr/bin/fish', environment }), {}, only);
    expect(await ask('fish', '-c', home, {})).toEqual(wanted);
  });

  it('keeps CRLF, and the values free of carriage returns', async () => {
    const home = await temporaryFolder();
    const text = '# mine\r\nexport EDITOR=vi #\r\n';
    await writeFile(path.join(home, '.bashrc'), text);
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    const after = await readFile(path.join(home, '.bashrc'), 'utf8');
    expect(after.startsWith(text)).toBe(true);
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    expect(await ask('bash', '-ic', home)).toEqual(wanted);
    expect((await setUp(host, {}, only)).made).toEqual([]);
    await takeBack(host, made);
    expect(await readFile(path.join(home, '.bashrc'), 'utf8')).toBe(text);
  });
});

describe('the shell profile as a file', () => {
  it('keeps a missing final newline, foreign bytes, mode and symbolic link', async () => {
    const home = await temporaryFolder();
    const bytes = Buffer.from([0x23, 0xff, 0xfe, 0x80, 0x0a, 0x61, 0x6c, 0x69, 0x61, 0x73]);
    await mkdir(path.join(home, 'dotfiles'));
    await writeFile(path.join(home, 'dotfiles', 'bashrc'), bytes, { mode: 0o640 });
    await chmod(path.join(home, 'dotfiles', 'bashrc'), 0o640);
    await symlink('dotfiles/bashrc', path.join(home, '.bashrc'));
    const before = await snapshot(home);
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    const after = await readFile(path.join(home, 'dotfiles', 'bashrc'));
    expect(after.subarray(0, bytes.length)).toEqual(bytes);
    expect(after.subarray(bytes.length).toString()).toBe(`\n${block(posixLines)}`);
    expect(await readlink(path.join(home, '.bashrc'))).toBe('dotfiles/bashrc');
    await takeBack(host, made);
    expect(await snapshot(home)).toEqual(before);
  });

  it('replaces its block in place, and undo puts the block of the run before back', async () => {
    const home = await temporaryFolder();
    const file = path.join(home, '.bashrc');
    await writeFile(file, 'first\n');
    const host = testHost({ home });
    await setUp(host, { region: 'eu-west-1' }, only);
    await writeFile(file, `${await readFile(file, 'utf8')}last`);
    const between = await readFile(file, 'utf8');
    const { made } = await setUp(host, {}, only);
    expect(await readFile(file, 'utf8')).toBe(`first\n${block(posixLines)}last`);
    await takeBack(host, made);
    expect(await readFile(file, 'utf8')).toBe(between);
  });

  it('keeps what was added behind the block when it is taken out', async () => {
    const home = await temporaryFolder();
    const file = path.join(home, '.bashrc');
    await writeFile(file, 'no newline');
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    await writeFile(file, `${await readFile(file, 'utf8')}alias later=true\n`);
    await takeBack(host, made);
    expect(await readFile(file, 'utf8')).toBe('no newline\nalias later=true\n');
  });

  it.each([
    ['documented', 'export AWS_PROFILE=default\nexport AWS_REGION=us-east-1\n'],
    ['quoted', 'export AWS_PROFILE="default"\nexport AWS_REGION=\'us-east-1\' # here\n'],
    ['on one line', 'export AWS_PROFILE=default AWS_REGION=us-east-1\n'],
    ['corrected later', 'export AWS_PROFILE=old\nexport AWS_PROFILE=default AWS_REGION=us-east-1\n'],
  ])('takes lines that were %s for in place', async (_name, text) => {
    const home = await temporaryFolder();
    await writeFile(path.join(home, '.bashrc'), text);
    expect(await setUp(testHost({ home }), {}, only)).toEqual({ made: [], conflicts: {} });
  });

  it.each([
    ['another value', 'export AWS_PROFILE=default\nexport AWS_REGION=eu-west-1\n'],
    ['a later other value', 'export AWS_PROFILE=default AWS_REGION=us-east-1\nexport AWS_PROFILE=mine\n'],
    ['only one of them', 'export AWS_PROFILE=default\n'],
    ['not for sure', 'if true; then\n  export AWS_PROFILE=default AWS_REGION=us-east-1\nfi\n'],
    ['in a comment', '# export AWS_PROFILE=default AWS_REGION=us-east-1\n'],
    ['with a carriage return in the value', 'export AWS_PROFILE=default\r\nexport AWS_REGION=us-east-1\r\n'],
  ])('writes its block after lines with %s, and wins', async (_name, text) => {
    const home = await temporaryFolder();
    await writeFile(path.join(home, '.bashrc'), text);
    expect((await setUp(testHost({ home }), {}, only)).made).toHaveLength(2);
    expect(await ask('bash', '-ic', home)).toEqual(wanted);
  });

  it('names a line that wins over its block', async () => {
    const home = await temporaryFolder();
    const host = testHost({ home });
    await setUp(host, {}, only);
    const file = path.join(home, '.bashrc');
    await writeFile(file, `${await readFile(file, 'utf8')}export AWS_PROFILE=mine\n`);
    const { made, conflicts } = await setUp(host, {}, only);
    expect(made).toEqual([]);
    expect(conflicts['shell-profile']).toMatchObject({
      scope: 'notice',
      conflict: {
        code: 'SHELL_PROFILE_OVERRIDDEN',
        message: 'AWS_PROFILE is set once more in ~/.bashrc on line 5',
      },
    });
  });

  it.each([
    ['never ends', '# >>> openclaw-bedrock-setup >>>\nexport AWS_REGION=x\n'],
    ['never begins', 'a\n# <<< openclaw-bedrock-setup <<<\n'],
    ['is nested', `# >>> openclaw-bedrock-setup >>>\n${block(posixLines)}# <<< openclaw-bedrock-setup <<<\n`],
    ['is there twice', block(posixLines) + block(posixLines)],
  ])('refuses a block that %s and leaves the file', async (_name, text) => {
    const home = await temporaryFolder();
    await writeFile(path.join(home, '.bashrc'), text);
    const { made, conflicts } = await setUp(testHost({ home }), {}, only);
    expect(made).toEqual([]);
    expect(conflicts['shell-profile']).toMatchObject({ scope: 'step', conflict: { code: 'BLOCK_BROKEN' } });
    expect(await readFile(path.join(home, '.bashrc'), 'utf8')).toBe(text);
  });

  it.each([
    'export MY_KEY=1',
    'export AWS_PAGER=cat',
    'export AWS_CONFIG_FILE=/data/aws.cfg',
    'export AWS_PROFILE=y',
  ])('refuses a block with a line of somebody else: %s', async (line) => {
    const home = await temporaryFolder();
    await writeFile(path.join(home, '.bashrc'), block(['export AWS_PROFILE=x', line]));
    const { conflicts } = await setUp(testHost({ home }), {}, only);
    expect(conflicts['shell-profile']?.conflict.code).toBe('BLOCK_EDITED');
  });

  it('refuses a read-only profile, also as root', async () => {
    const home = await temporaryFolder();
    await writeFile(path.join(home, '.bashrc'), 'mine\n');
    await chmod(path.join(home, '.bashrc'), 0o444);
    const { made, conflicts } = await setUp(testHost({ home }), {}, only);
    expect(made).toEqual([]);
    expect(conflicts['shell-profile']?.conflict.code).toBe('FILE_READ_ONLY');
  });

  it('leaves a read-only profile alone that needs nothing', async () => {
    const home = await temporaryFolder();
    await writeFile(path.join(home, '.bashrc'), `${posixLines.join('\n')}\n`);
    await chmod(path.join(home, '.bashrc'), 0o444);
    expect(await setUp(testHost({ home }), {}, only)).toEqual({ made: [], conflicts: {} });
  });

  it('says what to export for a shell that it does not know', async () => {
    const home = await temporaryFolder();
    const { made, conflicts } = await setUp(testHost({ home, shell: '/bin/tcsh' }), {}, only);
    expect(made).toEqual([]);
    expect(conflicts['shell-profile']).toMatchObject({
      scope: 'notice',
      conflict: { code: 'SHELL_UNKNOWN' },
    });
    expect(conflicts['shell-profile']?.conflict.fix).toContain(
      'export AWS_PROFILE=default; export AWS_REGION=us-east-1',
    );
  });

  it('does not undo a block that was edited since', async () => {
    const home = await temporaryFolder();
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    const file = path.join(home, '.bashrc');
    await writeFile(file, (await readFile(file, 'utf8')).replace('us-east-1', 'us-west-2'));
    await expect(takeBack(host, made)).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    expect(await readFile(file, 'utf8')).toContain('us-west-2');
  });

  it('keeps a file that it made where others have written into it since', async () => {
    const home = await temporaryFolder();
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    const file = path.join(home, '.bashrc');
    await writeFile(file, `${await readFile(file, 'utf8')}alias mine=true\n`);
    await takeBack(host, made);
    expect(await readFile(file, 'utf8')).toBe('alias mine=true\n');
  });

  it('keeps a file that was there, though nothing is left in it', async () => {
    const home = await temporaryFolder();
    const file = path.join(home, '.bashrc');
    await writeFile(file, '');
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    await takeBack(host, made);
    expect(await readFile(file, 'utf8')).toBe('');
  });

  it.each([
    ['edited', 'CHANGED_SINCE', block(['export AWS_PROFILE=mine', 'export AWS_REGION=us-east-1'])],
    ['longer', 'CHANGED_SINCE', block([...posixLines, 'export MINE=1'])],
    ['gone', 'CHANGED_SINCE', 'mine\n'],
    ['damaged', 'BLOCK_BROKEN', '# >>> openclaw-bedrock-setup >>>\nmine\n'],
  ])('does not put the block of the run before over one that is %s: %s', async (_name, code, text) => {
    const home = await temporaryFolder();
    const file = path.join(home, '.bashrc');
    const host = testHost({ home });
    await setUp(host, { region: 'eu-west-1' }, only);
    const { made } = await setUp(host, {}, only);
    await writeFile(file, text);
    await expect(takeBack(host, made)).rejects.toMatchObject({ code });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('does not take out a block that is damaged by now', async () => {
    const home = await temporaryFolder();
    const file = path.join(home, '.bashrc');
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    const text = `# >>> openclaw-bedrock-setup >>>\n${block(posixLines)}`;
    await writeFile(file, text);
    await expect(takeBack(host, made)).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('undoes nothing where nothing happened', async () => {
    const home = await temporaryFolder();
    const host = testHost({ home });
    const { made } = await setUp(host, {}, only);
    await takeBack(host, made);
    await takeBack(host, made);
    expect(await snapshot(home)).toEqual({});
  });
});
