import type { Settings } from '../core/settings.js';
import type { Environment } from './environment.js';
import { rehearsalEnvironment } from './environment.js';

/** A rehearsal's world: the environment in which everything else runs, and how it ends. */
export interface Rehearsal {
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts the embedded AWS and makes the scratch host. `entry` is the script of this process. */
export async function startRehearsal(
  settings: Settings,
  environment: Environment,
  entry: string,
): Promise<Rehearsal> {
  const { makeScratchHost, mockEnvironment, rehearsalInstanceId, startRehearsalAws } = await import(
    '../mock-host/world.js'
  );
  const region =
    settings.region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  const instanceId = settings.instanceIds[0] ?? rehearsalInstanceId;
  const [aws, scratch] = await Promise.all([
    startRehearsalAws({ port: 0, region, instanceId }),
    makeScratchHost(environment['HOME'] ?? null, entry),
  ]);
  return {
    environment: rehearsalEnvironment(environment, scratch, mockEnvironment(aws)),
    async stop() {
      await Promise.all([aws.stop(), scratch.remove()]);
    },
  };
}
