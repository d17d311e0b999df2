import type { HostUser, HostWriter } from '../../ports/host.js';
import { environmentOf } from './environment.js';
import { createFiles } from './files.js';
import { createGateways } from './gateways.js';
import { createOpenClaw } from './openclaw.js';
import type { Environment } from '../../ports/environment.js';

/** The host's own side for a user: its files and its OpenClaw. `openclawPath`: the program, where it is not to be looked for. */
export function createHost(options: {
  readonly environment: Environment;
  readonly user: HostUser;
  readonly openclawPath?: string;
}): HostWriter {
  const { user, openclawPath } = options;
  const environment = environmentOf(user, options.environment);
  const files = createFiles(user);
  const gateways = createGateways(user, environment);
  const program = openclawPath === undefined ? {} : { program: openclawPath };
  return {
    user,
    environment,
    files,
    openclaw: createOpenClaw({ environment, user, files, gateways, ...program }),
  };
}
