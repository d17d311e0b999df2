import { readFile } from 'node:fs/promises';
import type { UserInfo } from 'node:os';
import { userInfo } from 'node:os';
import { usageError } from '../../core/errors.js';
import type { HostUser } from '../../ports/host.js';
import type { Environment } from '../../ports/environment.js';

/** A line of the password database. */
function parseEntry(line: string): HostUser | null {
  const [name = '', , uid = '', gid = '', , home = '', shell = ''] = line.trim().split(':');
  if (name === '' || !/^\d+$/u.test(uid) || !/^\d+$/u.test(gid)) return null;
  return { name, uid: Number(uid), gid: Number(gid), home, shell };
}

async function lookUp(name: string, environment: Environment): Promise<HostUser | null> {
  const { runChild } = await import('../child.js');
  const { PATH } = environment;
  const found = await runChild('getent', ['passwd', '--', name], {
    env: { PATH },
    timeoutMilliseconds: 5000,
  });
  if (found.exitCode === 0) return parseEntry(found.stdout);
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return (
    text
      .split('\n')
      .map(parseEntry)
      .find((entry) => entry?.name === name) ?? null
  );
}

/** HOME counts, and SHELL where it is one that is known: it is what the user works in, whatever the database says. */
function invokingUser(environment: Environment): HostUser {
  const { username, uid, gid, homedir, shell } = ownEntry(environment);
  const home = environment['HOME'];
  const inUse = environment['SUDO_USER'] === undefined ? (environment['SHELL'] ?? '') : '';
  return {
    name: username,
    uid,
    gid,
    home: home?.startsWith('/') === true ? home : homedir,
    shell: /^\/.*\/(?:bash|zsh|fish)$/u.test(inUse) ? inUse : (shell ?? '/bin/sh'),
  };
}

/** A container may run under a number that no password database knows. */
function ownEntry(
  environment: Environment,
): Omit<UserInfo<string>, 'shell'> & { readonly shell: string | null } {
  try {
    return userInfo();
  } catch {
    const uid = process.getuid?.() ?? 0;
    const home = environment['HOME'] ?? '/';
    const name = environment['USER'] ?? String(uid);
    return {
      username: name,
      uid,
      gid: process.getgid?.() ?? 0,
      homedir: home,
      shell: environment['SHELL'] ?? null,
    };
  }
}

function unknownUser(name: string, flag: string): Error {
  return usageError(
    'NO_SUCH_USER',
    `${flag} names the user ${JSON.stringify(name)}, who is not on this host`,
    'the home and the gateway of that user are meant',
    'name the user under whom the gateway runs, for example --openclaw-user ubuntu',
  );
}

/**
 * The user whose home, shell and gateway are meant: the one that is named, else under sudo the one behind it (SUDO_USER),
 * else the invoking user, whose HOME counts. Throws NO_SUCH_USER.
 */
export async function findUser(options: {
  readonly environment: Environment;
  readonly openclawUser: string | null;
}): Promise<HostUser> {
  const { environment, openclawUser } = options;
  const own = invokingUser(environment);
  const behind = own.uid === 0 ? (environment['SUDO_USER'] ?? '') : '';
  const name = openclawUser ?? (behind === '' || behind === 'root' ? own.name : behind);
  if (name === own.name) return own;
  const user = await lookUp(name, environment);
  if (user === null) throw unknownUser(name, openclawUser === null ? 'SUDO_USER' : '--openclaw-user');
  if (own.uid !== 0 && user.uid !== own.uid) {
    throw usageError(
      'NOT_THAT_USER',
      `--openclaw-user ${user.name} is another user than ${own.name}`,
      'the files of another user can only be written by root',
      `run it as ${user.name}, or with sudo`,
    );
  }
  return user;
}
