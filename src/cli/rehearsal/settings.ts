import type { Settings } from '../../core/settings.js';
import { isFleet, roleMarker } from '../../core/settings.js';
import type { RehearsedFault } from '../../mock-host/fault.js';

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

/** Settings that name the instances of a list: standard input can be read once, and they must exist. */
async function withListed(settings: Settings): Promise<Settings> {
  if (settings.instancesFile === null) return settings;
  const { namedIds } = await import('../fleet/targets.js');
  const instanceIds = await namedIds(settings);
  // A list is about many even where it names one.
  return { ...settings, instanceIds, instancesFile: instanceIds.length > 1 ? null : settings.instancesFile };
}

/**
 * The user's settings, and what the rehearsed failure needs to be met. `instanceId` is the instance that is meant where none is
 * named. Throws what reading a list of instances throws.
 */
export async function rehearsedSettings(
  settings: Settings,
  fault: RehearsedFault | null,
  instanceId: string,
): Promise<Settings> {
  return settingsFor(await withListed(settings), fault, instanceId);
}
