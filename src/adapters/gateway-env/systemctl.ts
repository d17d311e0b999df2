import type { HostUser } from '../../ports/host.js';
import { runChild } from '../child.js';
import type { Environment } from '../../ports/environment.js';

/** Runs `systemctl --user` with these arguments; standard output, or `null` where it fails or there is no user bus. */
export type Systemctl = (parameters: readonly string[]) => Promise<string | null>;

const boundMilliseconds = 3000;

/** `systemctl --user` of the given user: directly, or through the machine bus where this process is root. `timeout` in milliseconds. */
export function makeSystemctl(
  user: HostUser,
  environment: Environment,
  timeout = boundMilliseconds,
): Systemctl {
  const foreign = process.getuid?.() === 0 && user.uid !== 0;
  const scope = foreign ? ['--user', '--machine', `${user.name}@.host`] : ['--user'];
  const env = {
    PATH: environment['PATH'],
    HOME: user.home,
    LC_ALL: 'C',
    XDG_RUNTIME_DIR: environment['XDG_RUNTIME_DIR'] ?? `/run/user/${user.uid}`,
    DBUS_SESSION_BUS_ADDRESS: environment['DBUS_SESSION_BUS_ADDRESS'],
  };
  return async (parameters) => {
    const words = [...scope, '--no-pager', ...parameters];
    const bounds = { timeoutMilliseconds: timeout, mostOutput: 1024 * 1024 };
    const { exitCode, stdout } = await runChild('systemctl', words, { env, ...bounds });
    return exitCode === 0 ? stdout : null;
  };
}
