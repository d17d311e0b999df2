import type { BoundStep } from '../../core/step.js';
import { bindStep } from '../../core/step.js';
import type { HostReaders, HostWriters } from '../../ports/lanes.js';
import { awsConfig } from './aws-config.js';
import { bedrockPlugin } from './bedrock-plugin.js';
import { gatewayEnv } from './gateway-env.js';
import { openclawDiscovery } from './openclaw-discovery.js';
import { primaryModel } from './primary-model.js';
import { shellProfile } from './shell-profile.js';

export { isMigration } from './openclaw-discovery.js';
export { shellNameOf } from './shell/name.js';

/** The host lane in the order in which it is shown; those that write OpenClaw's config do so one after the other. */
export const hostSteps: readonly BoundStep<HostReaders, HostWriters>[] = [
  bindStep(shellProfile),
  bindStep(gatewayEnv),
  bindStep(awsConfig),
  bindStep(openclawDiscovery),
  bindStep(primaryModel),
  bindStep(bedrockPlugin),
];
