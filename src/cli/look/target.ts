import { usageError } from '../../core/errors.js';
import { refuseRegion } from '../../core/model/bedrock-regions.js';
import type { Settings } from '../../core/settings.js';
import { roleMarker } from '../../core/settings.js';
import type { Here, Runtime } from '../runtime.js';

/** What a run is about. */
export interface Target {
  readonly here: Here | null;
  /** `null`: a host that is no EC2 instance. */
  readonly instanceId: string | null;
  readonly region: string;
  /** Whether the account's half is in this run. */
  readonly cloud: boolean;
  /** Whether the host's half is in this run, on this very host. */
  readonly host: boolean;
}

/** What a run is about that leaves this host alone, wherever it is: one instance of a region, or its many. */
export function elsewhere(region: string, instanceId: string | null = null): Target {
  return { here: null, instanceId, region, cloud: true, host: false };
}

/** Whether the host's half is this very host's already by the settings, wherever this is. */
export function saysHere({ command, host, instanceIds }: Settings): boolean {
  return host === 'local' || (command === 'verify' && host === 'auto' && instanceIds.length === 0);
}

function withHost(settings: Settings, here: Here | null, instanceId: string | null, cloud: boolean): boolean {
  if (saysHere(settings)) return true;
  if (settings.host !== 'auto') return settings.host === 'local';
  if (here !== null && here.instanceId === instanceId) return true;
  return !cloud;
}

function isSettingUp({ command }: Settings): boolean {
  return command === 'setup' || command === 'plan';
}

/** What a run is about, as far as the account's half needs it. */
export type Place = Pick<Target, 'instanceId' | 'region' | 'cloud'>;

/**
 * Works out which instance and region the settings mean; the instance's own metadata is waited for only where they leave
 * one of them open. Throws usage errors that name the missing flag.
 */
export async function resolvePlace(runtime: Runtime): Promise<Place> {
  const { settings } = runtime;
  const instanceId = settings.instanceIds[0] ?? (await runtime.here())?.instanceId ?? null;
  const elsewhere = instanceId === null && settings.gatewayProfile !== roleMarker;
  const cloud = settings.cloud !== 'skip' && !elsewhere;
  if (instanceId === null && cloud && settings.command !== 'verify') {
    throw usageError(
      'INSTANCE_NEEDED',
      'no instance is named and this is not an EC2 instance',
      'the role is attached to one instance',
      'add --instance-id, for example --instance-id i-0abc1234def567890; on a host that is no EC2 instance --gateway-profile NAME',
    );
  }
  const isOwnRole = instanceId === null && settings.gatewayProfile === roleMarker;
  if (isOwnRole && settings.host === 'auto' && isSettingUp(settings) && !(await runtime.machine()).ec2) {
    throw usageError(
      'NOT_AN_INSTANCE',
      'this host is not an EC2 instance, so it has no role that OpenClaw could use',
      '--cloud skip does the half of the host that it runs on',
      'run it on the instance; a host that is to become one is prepared with --host local, one that is none with --gateway-profile NAME',
    );
  }
  if (settings.host === 'ssm' && settings.instanceIds.length === 0) {
    throw usageError(
      'INSTANCE_NEEDED',
      '--host ssm needs an instance',
      'it does the host half somewhere else',
      'add --instance-id, for example --instance-id i-0abc1234def567890',
    );
  }
  const region = await runtime.region();
  const refused = isSettingUp(settings) ? refuseRegion(region) : null;
  if (refused !== null) throw refused;
  return { instanceId, region, cloud };
}

/** Works out which instance, region and halves the settings mean. Throws usage errors that name the missing flag. */
export async function resolveTarget(runtime: Runtime): Promise<Target> {
  const { settings } = runtime;
  const [place, here] = await Promise.all([resolvePlace(runtime), runtime.here()]);
  return { ...place, here, host: withHost(settings, here, place.instanceId, place.cloud) };
}
