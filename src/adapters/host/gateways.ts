import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';
import type { HostUser } from '../../ports/host.js';
import { makeSystemctl } from '../gateway-env/index.js';
import type { Environment } from '../../ports/environment.js';

/** The gateway's services of a user. */
export interface Gateways {
  /** Units that run; none where there is no user bus. */
  running(): Promise<readonly string[]>;
  /** Throws GATEWAY_NOT_RESTARTED. */
  restart(unit: string): Promise<void>;
}

/** Milliseconds that a gateway may take to stop and start; systemd itself gives a unit 90 s to stop. */
const restartBound = 120_000;

/** The user units whose names OpenClaw gives them: `openclaw-gateway`, or `openclaw-gateway-<profile>`. */
export function createGateways(user: HostUser, environment: Environment): Gateways {
  const patterns = ['openclaw-gateway*.service', '--state=active', '--plain', '--no-legend'];
  return {
    async running() {
      const listed = await makeSystemctl(user, environment)(['list-units', ...patterns]);
      return (listed ?? '')
        .split('\n')
        .flatMap((line) => /^(openclaw-gateway[\w@.-]*\.service)\s/u.exec(line)?.[1] ?? []);
    },
    async restart(unit) {
      const answer = await makeSystemctl(user, environment, restartBound)(['restart', unit]);
      if (answer === null) throw notRestarted(unit);
    },
  };
}

function notRestarted(unit: string): SetupError {
  return failure(
    'GATEWAY_NOT_RESTARTED',
    `systemctl --user restart ${unit} failed`,
    'the gateway goes on with the environment that it was started with',
    `look at it with "systemctl --user status ${unit}", then restart it yourself`,
  );
}
