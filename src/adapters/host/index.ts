import type { HostUser, HostWriter } from '../../ports/host.js';
import { makeSystemctl } from '../gateway-env/index.js';
import { createFiles } from './files.js';
import { createOpenClaw } from './openclaw.js';

export { findUser } from './user.js';

/** The host's own side for a user: its files and its OpenClaw. */
export function createHost(options: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly user: HostUser;
}): HostWriter {
  const { environment, user } = options;
  const files = createFiles(user);
  const systemctl = makeSystemctl(user, environment);
  return { user, environment, files, openclaw: createOpenClaw({ environment, user, files, systemctl }) };
}
