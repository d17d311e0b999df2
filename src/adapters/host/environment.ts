import type { HostUser } from '../../ports/host.js';
import type { Environment } from '../../ports/environment.js';

/** Variables that say where a user's own files are. */
const personal =
  /^(?:HOME|ZDOTDIR|XDG_.*|OPENCLAW_.*|AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|DBUS_SESSION_BUS_ADDRESS)$/u;

/**
 * The environment as far as it is the user's own: under sudo, or for somebody else, the variables of whoever runs this
 * say nothing about where that user's files are.
 */
export function environmentOf(user: HostUser, environment: Environment): Environment {
  if (environment['HOME'] === user.home) return environment;
  const rest = Object.entries(environment).filter(([name]) => !personal.test(name));
  return { ...Object.fromEntries(rest), HOME: user.home };
}
