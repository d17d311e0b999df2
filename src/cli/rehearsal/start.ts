import { systemClock } from '../../adapters/clock.js';
import type { Settings } from '../../core/settings.js';
import { isFleet } from '../../core/settings.js';
import type { MockAws } from '../../mock-aws/index.js';
import type { Moment, RehearsedFault } from '../../mock-host/fault.js';
import type { Clock } from '../../ports/clock.js';
import type { Environment } from '../../ports/environment.js';
import { hurriedClock } from './clock.js';
import { rehearsalEnvironment } from './environment.js';
import { rehearsedSettings } from './settings.js';

/** A rehearsal's world: the environment in which everything else runs, and how it ends. */
export interface Rehearsal {
  readonly environment: Readonly<Record<string, string>>;
  /** What is asked for: the user's settings, and what the rehearsed failure needs to be met. */
  readonly settings: Settings;
  readonly clock: Clock;
  /** Lets the rehearsed failure happen if this is its moment. */
  strike(moment: Moment): Promise<void>;
  stop(): Promise<void>;
}

async function findFault({ mockFault, command }: Settings): Promise<RehearsedFault | null> {
  if (mockFault === null) return null;
  const faults = await import('../../mock-host/faults.js');
  return faults.findFault(mockFault, command === 'verify' ? 'verify' : 'setup');
}

/** Starts everything that pretends: the account, this host, and the hosts that are reached from afar. */
async function openStage(settings: Settings, environment: Environment, entry: string) {
  const [{ makeScratchHost, rehearsalInstanceId, startRehearsalAws }, { fleetIds }, { startAgents }] =
    await Promise.all([
      import('../../mock-host/world.js'),
      import('../../mock-host/fleet-world.js'),
      import('../../mock-host/agent.js'),
    ]);
  const region =
    settings.region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  const { instanceIds, instanceTags: tags, asg: group } = settings;
  const fleet = isFleet(settings) ? { instanceIds, tags, group, region } : null;
  const many = fleet === null ? instanceIds : fleetIds(fleet);
  const instanceId = many[0] ?? rehearsalInstanceId;
  const home = environment['HOME'] ?? null;
  const [aws, scratch] = await Promise.all([
    startRehearsalAws({ port: 0, region, instanceId, ...(fleet === null ? {} : { fleet }) }),
    makeScratchHost(home, entry),
  ]);
  const hosts = many.length === 0 ? [instanceId] : many;
  const far = settings.host === 'ssm' ? await startAgents(aws, hosts, home, entry) : null;
  return { aws, scratch, far, region, instanceId };
}

/** What verify finds has been there for long. */
function withoutDelays({ settings: { propagation } }: MockAws): void {
  propagation.iamToEc2Milliseconds = 0;
  propagation.ec2ToMetadataMilliseconds = 0;
  propagation.iamToBedrockMilliseconds = 0;
}

function signedOut(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...others } = variables;
  return others;
}

/** Starts the embedded AWS and makes the scratch host. `entry` is the script of this process. Throws UNKNOWN_FAULT and its like. */
export async function startRehearsal(
  settings: Settings,
  environment: Environment,
  entry: string,
): Promise<Rehearsal> {
  const fault = await findFault(settings);
  const [{ mockAwsEnvironment }, { rehearsalInstanceId }] = await Promise.all([
    import('../../mock-aws/index.js'),
    import('../../mock-host/world.js'),
  ]);
  const asked = await rehearsedSettings(settings, fault, rehearsalInstanceId);
  const { aws, scratch, far, region, instanceId } = await openStage(asked, environment, entry);
  if (settings.command === 'verify') withoutDelays(aws);
  const hosts = far?.hosts ?? new Map<string, never>();
  const world = { ...scratch, aws, region, instanceId, roleName: settings.roleName, hosts };
  const operator = mockAwsEnvironment(aws, 'operator');
  const variables = fault?.signedOut === true ? signedOut(operator) : operator;
  return {
    environment: rehearsalEnvironment(environment, scratch, variables),
    settings: asked,
    clock: fault === null ? systemClock : hurriedClock(systemClock),
    async strike(moment) {
      if (fault?.strikes === moment) await fault.bend(world);
    },
    async stop() {
      await aws.stop();
      await Promise.all([scratch.remove(), far?.stop()]);
    },
  };
}
