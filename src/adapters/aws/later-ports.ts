import type { EC2Client } from '@aws-sdk/client-ec2';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { later } from '../../core/timing/later.js';
import { once } from '../../core/timing/once.js';
import type { AutoScalingWriter } from '../../ports/auto-scaling.js';
import type { BedrockReader } from '../../ports/bedrock.js';
import type { EnrollmentWriter } from '../../ports/enrollments.js';
import type { ModelAccessWriter } from '../../ports/model-access.js';
import type { QuotaReader } from '../../ports/quotas.js';
import type { StateManagerReader } from '../../ports/state-manager.js';
import type { SystemsManagerWriter } from '../../ports/systems-manager.js';
import type { Guard } from './middleware.js';

/** What all clients have in common. */
export interface ClientSettings {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
  readonly profile?: string;
}

/** Ports whose clients are loaded at the first question. */
export interface LaterPorts {
  readonly bedrock: BedrockReader;
  readonly modelAccess: ModelAccessWriter;
  readonly stateManager: StateManagerReader;
  readonly quotas: QuotaReader;
  readonly enrollments: EnrollmentWriter;
  readonly autoScaling: AutoScalingWriter;
  /** Run Command, whose client is loaded with it. */
  readonly systemsManager: () => Promise<SystemsManagerWriter>;
}

/** The ports that only some runs need. `ec2` is the client of the region, for launch templates. */
export function laterPorts(settings: ClientSettings, guard: Guard, ec2: () => EC2Client): LaterPorts {
  // Advice only: it is not worth asking twice for.
  const advice = { ...settings, maxAttempts: 1 };
  const bedrock = once(async () => (await import('./open-bedrock.js')).openBedrock(settings, guard));
  return {
    bedrock: later(async () => (await bedrock()).bedrock),
    modelAccess: later(async () => (await bedrock()).modelAccess),
    stateManager: later(
      once(async () => (await import('./state-manager.js')).openStateManager(advice, guard)),
    ),
    quotas: later(once(async () => (await import('./quotas.js')).openQuotas(advice, guard))),
    enrollments: later(once(async () => (await import('./enrollments.js')).openEnrollments(settings, guard))),
    systemsManager: once(async () =>
      (await import('./systems-manager.js')).openSystemsManager(settings, guard),
    ),
    autoScaling: later(
      once(async () => (await import('./auto-scaling.js')).openAutoScaling(settings, ec2(), guard)),
    ),
  };
}
