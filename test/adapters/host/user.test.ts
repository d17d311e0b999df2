import { userInfo } from 'node:os';
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
