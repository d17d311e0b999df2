import { isOwnRole } from '../../core/environment/own-role.js';
import { once } from '../../core/timing/once.js';
import type { GatewayEnvironment, GatewayEnvironmentReader } from '../../ports/gateway-environment.js';
import type { GatewayStandIn } from '../../ports/gateway-probe.js';
import type { Environment } from '../../ports/environment.js';
import type { Runtime } from '../runtime.js';

/** The gateway's own place on this host. */
export interface GatewayPlace {
  /** Reads what the gateway's service sees, once. */
  readonly environment: GatewayEnvironmentReader;
  /** The process that asks AWS with that environment; started with the first question for it. */
  standIn(): Promise<GatewayStandIn>;
  /** Starts that process, and has it look for credentials where they can be nothing but the role of the instance. */
  prepare(): Promise<void>;
}

/** Endpoints that the caller has been given reach the gateway's stand-in too, so that a rehearsal stays one. */
function endpointVariables(environment: Environment): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      /^AWS_(?:ENDPOINT_URL|EC2_METADATA_SERVICE_ENDPOINT|CA_BUNDLE)/u.test(entry[0]),
  );
  return Object.fromEntries(kept);
}

async function readEnvironment(runtime: Runtime): Promise<GatewayEnvironment> {
  const [host, { createGatewayEnvironmentReader, makeSystemctl }] = await Promise.all([
    runtime.host(),
    import('../../adapters/gateway-env/index.js'),
  ]);
  const systemctl = makeSystemctl(host.user, runtime.environment);
  const extra = endpointVariables(runtime.environment);
  return createGatewayEnvironmentReader({ host, systemctl, extra }).read();
}

/** The gateway's place as it is from the first look on; nothing is looked at before that. */
export function gatewayPlace(runtime: Runtime): GatewayPlace {
  const read = once(async () => readEnvironment(runtime));
  const standIn = once(async () => runtime.standIn((await read()).variables));
  return {
    environment: { read },
    standIn,
    async prepare() {
      const [process, { variables, profile }] = await Promise.all([standIn(), read()]);
      if (isOwnRole(variables, profile)) process.prepare();
    },
  };
}
