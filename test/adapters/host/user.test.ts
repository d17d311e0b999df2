import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../src/adapters/host/environment.js';
import { findUser } from '../../../src/adapters/host/user.js';
import { requirement } from '../../support/requirements.js';

const isRoot = await requirement('root', () => process.getuid?.() === 0);
const own = userInfo();

describe('the user who is set up', () => {
  it('is the invoking one, with the HOME and the shell of the environment', async () => {
    const user = await findUser({
      environment: { HOME: '/somewhere', SHELL: '/usr/bin/fish' },
      openclawUser: null,
    });
    expect(user).toEqual({
      name: own.username,
      uid: own.uid,
      gid: own.gid,
      home: '/somewhere',
      shell: '/usr/bin/fish',
    });
  });

  it.each([{ HOME: 'relative', SHELL: '/bin/rc' }, {}])(
    'is the database’s where the environment says nothing of use: %j',
    async (environment) => {
      const user = await findUser({ environment, openclawUser: null });
      expect(user).toMatchObject({ home: own.homedir, shell: own.shell });
    },
  );

  it.skipIf(!isRoot)('is the one behind sudo', async () => {
    const environment = { HOME: '/root', SHELL: '/bin/bash', SUDO_USER: 'nobody' };
    expect(await findUser({ environment, openclawUser: null })).toMatchObject({
      name: 'nobody',
      uid: 65_534,
      home: '/nonexistent',
    });
    expect(
      await findUser({ environment: { ...environment, SUDO_USER: 'root' }, openclawUser: null }),
    ).toMatchObject({ uid: 0 });
  });

  it.skipIf(!isRoot)('is the one that is named', async () => {
    expect(await findUser({ environment: {}, openclawUser: 'nobody' })).toMatchObject({ uid: 65_534 });
  });

  it.each(['no-such-user', '--help', 'a:b', ''])('must be on the host: %j', async (name) => {
    await expect(findUser({ environment: {}, openclawUser: name })).rejects.toMatchObject({
      code: 'NO_SUCH_USER',
      exitCode: 2,
    });
  });
});

describe.skipIf(!isRoot)('the password database', () => {
  const found = async (script: string | null, openclawUser = 'claw') => {
    const folder = await mkdtemp(path.join(tmpdir(), 'getent-'));
    if (script !== null)
      await writeFile(path.join(folder, 'getent'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    try {
      return await findUser({ environment: { PATH: folder }, openclawUser });
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  it('is asked for its entry, whatever holds it', async () => {
    expect(await found(`echo "$3:x:1234:5678:Claw,,,:/srv/claw:/usr/bin/zsh"`)).toEqual({
      name: 'claw',
      uid: 1234,
      gid: 5678,
      home: '/srv/claw',
      shell: '/usr/bin/zsh',
    });
  });

  it.each(['echo nonsense', 'echo claw:x:a:5', 'echo claw:x:5:b', 'echo :x:5:5', 'true', 'exit 2'])(
    'that answers with nothing of use has no such user: %s',
    async (script) => {
      await expect(found(script)).rejects.toMatchObject({ code: 'NO_SUCH_USER' });
    },
  );

  it('is read from its file where there is no getent', async () => {
    expect(await found(null, 'nobody')).toMatchObject({ name: 'nobody', uid: 65_534 });
    await expect(found(null)).rejects.toMatchObject({
      code: 'NO_SUCH_USER',
      message: '--openclaw-user names the user "claw", who is not on this host',
    });
  });

  it('lacks the one behind sudo, who is named as such', async () => {
    const environment = { SUDO_USER: 'no-such-user' };
    await expect(findUser({ environment, openclawUser: null })).rejects.toMatchObject({
      message: 'SUDO_USER names the user "no-such-user", who is not on this host',
    });
  });
});

describe('the environment of the user', () => {
  const user = { name: 'u', uid: 1, gid: 1, home: '/home/u', shell: '/bin/sh' };
  const environment = {
    ZDOTDIR: '/z',
    XDG_CONFIG_HOME: '/x',
    OPENCLAW_STATE_DIR: '/o',
    AWS_CONFIG_FILE: '/a',
    PATH: '/bin',
  };

  it('is the environment where it is the user’s own', () => {
    expect(environmentOf(user, { ...environment, HOME: '/home/u' })).toEqual({
      ...environment,
      HOME: '/home/u',
    });
  });

  it('says nothing of anybody else’s files', () => {
    expect(environmentOf(user, { ...environment, HOME: '/root' })).toEqual({ HOME: '/home/u', PATH: '/bin' });
  });
});
