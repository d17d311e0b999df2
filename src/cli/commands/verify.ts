import type { ExitCode } from '../../core/errors.js';
import { emptyReport } from '../../core/report.js';
import { saysHere } from '../look/target.js';
import type { GatewayPlace } from '../prove/gateway-place.js';
import { gatewayPlace } from '../prove/gateway-place.js';
import type { Runtime } from '../runtime.js';
import { explainEarly, finishWithError } from '../tell/outcome.js';

/**
 * Starts the gateway's stand-in, which is ready by the time that the instance has said where this is, and has the credentials of its role. The
 * checks' own modules are loaded when it is started, or that is known already: loading holds up everything else.
 */
async function startStandIn(runtime: Runtime, place: GatewayPlace): Promise<void> {
  await Promise.race([place.prepare(), runtime.here()]).catch(() => undefined);
}

/** `verify`: the probe, with causes and fixes. Reads and asks models; changes nothing. */
export async function verify(runtime: Runtime): Promise<ExitCode> {
  try {
    const place = gatewayPlace(runtime);
    if (saysHere(runtime.settings)) await startStandIn(runtime, place);
    const { verifyTarget } = await import('../prove/verify-target.js');
    return await verifyTarget(runtime, place);
  } catch (error) {
    return finishWithError(
      runtime,
      emptyReport('verify', runtime.settings.mock),
      await explainEarly(runtime, error),
    );
  }
}
