import type { Settings } from '../../core/settings.js';
import type { Account, Runtime } from '../runtime.js';

/** What an answer of the metadata service needs to get into a container (EC2 user guide, "Instance metadata options"). */
const intoContainers = 2;

/**
 * Where containers run on the host and cannot reach the role's credentials, lets a person say whether they may. The default is
 * no: every container on the instance could then act as the role.
 */
export async function chooseHopLimit(
  { settings, prompt }: Runtime,
  { ec2 }: Pick<Account, 'ec2'>,
  instanceId: string,
): Promise<Settings> {
  if (settings.hopLimit !== null) return settings;
  const instance = await ec2.describeInstance(instanceId);
  if (instance === null || instance.metadataOptions.hopLimit >= intoContainers) return settings;
  const message =
    'Containers run here and cannot reach the role. Does OpenClaw run in one (metadata hop limit 2)?';
  const wanted = await prompt.confirm({ message, initial: false, flag: '--hop-limit' });
  return wanted ? { ...settings, hopLimit: intoContainers } : settings;
}
