import { shownRegion } from '../core/environment/shown.js';
import type { Explanation } from '../failures/index.js';
import { explainCode } from '../failures/index.js';
import type { GatewayEnvironment } from '../ports/gateway-environment.js';
import type { CheckContext } from './context.js';
import { failureContext } from './context.js';
import type { OpenClawSettings } from './openclaw-config.js';

/** Something about the gateway's environment that is not as it should be. */
export interface Trouble {
  readonly status: 'fail' | 'warn';
  readonly explanation: Explanation;
}

/** The region that the gateway's variables name, AWS_REGION before AWS_DEFAULT_REGION; `null` for none. */
export function regionOf({ variables }: GatewayEnvironment): string | null {
  return variables['AWS_REGION']?.trim() || variables['AWS_DEFAULT_REGION']?.trim() || null;
}

/** A warning where the gateway, OpenClaw's discovery and this run name different regions. */
export function checkRegions(
  context: CheckContext,
  environment: GatewayEnvironment,
  settings: OpenClawSettings,
): readonly Trouble[] {
  const named = [
    ['the environment of the gateway', regionOf(environment)],
    ['the discovery of OpenClaw', settings.region],
    ['this run', context.region],
  ] as const;
  const regions = new Set(named.flatMap(([, region]) => region ?? []));
  if (regions.size < 2) return [];
  const seen = named
    .flatMap(([what, region]) => (region === null ? [] : [`${what} ${shownRegion(region)}`]))
    .join(', ');
  const explanation = explainCode(
    'REGION_DIFFERS',
    `different regions: ${seen}`,
    failureContext(context, { seen }),
  );
  return [{ status: 'warn', explanation }];
}
