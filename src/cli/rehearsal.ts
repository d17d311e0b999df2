import { SetupError } from '../core/errors.js';
import type { Settings } from '../core/settings.js';
import { isFleet, roleMarker } from '../core/settings.js';
import type { Moment, RehearsedFault } from '../mock-host/fault.js';
import type { Clock } from '../ports/clock.js';
import type { Environment } from './environment.js';
import { rehearsalEnvironment } from './environment.js';
import type { Runtime } from './runtime.js';

/** A rehearsal's world: the environment in which everything else runs, and how it ends. */
export interface Rehearsal {
  readonly environment: Readonly<Record<string, string>>;
  /** What is asked for: the user's settings, and what the rehearsed failure needs to be met. */
  readonly settings: Settings;
  /** Lets the rehearsed failure happen if this is its moment. */
  strike(moment: Moment): Promise<void>;
  stop(): Promise<void>;
}

async function findFault({ mockFault, command }: Settings): Promise<RehearsedFault | null> {
  if (mockFault === null) return null;
  const faults = await import('../mock-host/faults.js');
  return faults.findFault(mockFault, command === 'verify' ? 'verify' : 'setup');
}

/** What a run from afar is asked with where the user asks for no other: it needs an instance by name. */
function fromAfar(settings: Settings, { afar }: RehearsedFault, instanceId: string): Partial<Settings> {
  if (afar === undefined) return {};
  const { host, instanceIds, ssm, hostTimeoutSeconds } = settings;
  return {
    host: host === 'auto' ? 'ssm' : host,
    instanceIds: instanceIds.length > 0 || isFleet(settings) ? instanceIds : [instanceId],
    ssm: ssm || afar.ssm,
    hostTimeoutSeconds: Math.min(hostTimeoutSeconds, afar.hostTimeoutSeconds ?? hostTimeoutSeconds),
  };
}

function settingsFor(settings: Settings, fault: RehearsedFault | null, instanceId: string): Settings {
  if (fault === null) return settings;
  const { model, replaceProfile, gatewayProfile } = fault;
  return {
    ...settings,
    ...fromAfar(settings, fault, instanceId),
    model: settings.model ?? model ?? null,
    replaceProfile: settings.replaceProfile || replaceProfile === true,
    gatewayProfile:
      settings.gatewayProfile === roleMarker
        ? (gatewayProfile ?? settings.gatewayProfile)
        : settings.gatewayProfile,
  };
}

function without(variables: Readonly<Record<string, string>>, names: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.test(name)));
}

/** Settings that name the instances of a list: standard input can be read once, and they must exist. */
async function withListed(settings: Settings): Promise<Settings> {
  if (settings.instancesFile === null) return settings;
  const { namedIds } = await import('./fleet/targets.js');
  const instanceIds = await namedIds(settings);
  // A list is about many even where it names one.
  return { ...settings, instanceIds, instancesFile: instanceIds.length > 1 ? null : settings.instancesFile };
}

/** Starts the embedded AWS and makes the scratch host. `entry` is the script of this process. Throws UNKNOWN_FAULT and its like. */
export async function startRehearsal(
  settings: Settings,
  environment: Environment,
  entry: string,
): Promise<Rehearsal> {
  const fault = await findFault(settings);
  const { mockAwsEnvironment } = await import('../mock-aws/index.js');
  const [{ makeScratchHost, rehearsalInstanceId, startRehearsalAws }, { fleetIds }, { startAgents }] =
    await Promise.all([
      import('../mock-host/world.js'),
      import('../mock-host/fleet-world.js'),
      import('../mock-host/agent.js'),
    ]);
  const asked = settingsFor(await withListed(settings), fault, rehearsalInstanceId);
  const region =
    settings.region ?? environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  const { instanceIds, instanceTags: tags, asg: group } = asked;
  const fleet = isFleet(asked) ? { fleet: { instanceIds, tags, group, region } } : {};
  const many = fleet.fleet === undefined ? instanceIds : fleetIds(fleet.fleet);
  const instanceId = many[0] ?? rehearsalInstanceId;
  const home = environment['HOME'] ?? null;
  const [aws, scratch] = await Promise.all([
    startRehearsalAws({ port: 0, region, instanceId, ...fleet }),
    makeScratchHost(home, entry),
  ]);
  const far =
    asked.host === 'ssm'
      ? await startAgents(aws, many.length === 0 ? [instanceId] : many, home, entry)
      : null;
  if (settings.command === 'verify') {
    // What verify finds has been there for long.
    const { propagation } = aws.settings;
    for (const delay of [
      'iamToEc2Milliseconds',
      'ec2ToMetadataMilliseconds',
      'iamToBedrockMilliseconds',
    ] as const)
      propagation[delay] = 0;
  }
  const operator = mockAwsEnvironment(aws, 'operator');
  const { roleName } = settings;
  const hosts = far?.hosts ?? new Map<string, never>();
  const world = { ...scratch, aws, region, instanceId, roleName, hosts };
  return {
    environment: rehearsalEnvironment(
      environment,
      scratch,
      fault?.signedOut === true ? without(operator, /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)$/u) : operator,
    ),
    settings: asked,
    async strike(moment) {
      if (fault?.strikes === moment) await fault.bend(world);
    },
    async stop() {
      await aws.stop();
      await Promise.all([scratch.remove(), far?.stop()]);
    },
  };
}

/** How much faster waiting goes where only its end is to be seen. */
const hurry = 40;

/**
 * A clock by which waiting takes a fraction of its time, and that is ahead by what was left out. A pause that can be cut
 * short is a bound on somebody else's work, and keeps its time.
 */
export function hurriedClock(clock: Clock): Clock {
  let leftOut = 0;
  return {
    now: () => clock.now() + leftOut,
    async sleep(milliseconds, signal) {
      if (signal !== undefined) return clock.sleep(milliseconds, signal);
      await clock.sleep(milliseconds / hurry);
      leftOut += milliseconds - milliseconds / hurry;
    },
  };
}

/** Does silently what `setup` does, up to the checks. Throws the first thing that stands in its way. */
export async function setUpQuietly(runtime: Runtime): Promise<void> {
  const [{ prepare }, { applyPrepared }] = await Promise.all([
    import('./look/prepare.js'),
    import('./change/apply-prepared.js'),
  ]);
  const prepared = await prepare(runtime);
  if (prepared.conflict !== null) throw new SetupError(prepared.conflict);
  const { result } = await applyPrepared(runtime, prepared);
  const [error] = result.errors;
  if (error !== undefined) throw new SetupError(error);
}
