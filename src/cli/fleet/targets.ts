import { parseInstanceList } from '../../core/fleet/instance-list.js';
import { usageError } from '../../core/errors.js';
import type { AutoScalingGroup } from '../../ports/auto-scaling.js';
import type { Instance } from '../../ports/ec2.js';
import type { FleetSettings } from '../../core/settings.js';
import type { Account, Runtime } from '../runtime.js';

/** The instances that the settings mean. */
export interface FleetTarget {
  readonly region: string;
  readonly instances: readonly Instance[];
  /** Ids that were named and that the region does not have, or not in this account. */
  readonly missing: readonly string[];
  readonly group: AutoScalingGroup | null;
}

/** The ids that are named, on the command line or in a list. Throws BAD_INSTANCE_LIST, INSTANCES_FILE_UNREADABLE. */
export async function namedIds({ instanceIds, instancesFile }: FleetSettings): Promise<readonly string[]> {
  if (instancesFile === null) return instanceIds;
  const { readInstancesFile } = await import('../../adapters/instances-file.js');
  const name = instancesFile === '-' ? 'standard input' : instancesFile;
  return [...new Set([...instanceIds, ...parseInstanceList(name, await readInstancesFile(instancesFile))])];
}

/** The tag that Auto Scaling puts on the instances of a group. */
const groupTag = 'aws:autoscaling:groupName';

async function findGroup({ autoScaling }: Account, name: string, region: string): Promise<AutoScalingGroup> {
  const group = await autoScaling.describeGroup(name);
  if (group !== null) return group;
  throw usageError(
    'GROUP_NOT_FOUND',
    `no Auto Scaling group ${name} in the region ${region}`,
    'groups belong to a region and an account',
    `check --asg, --region and --profile: aws autoscaling describe-auto-scaling-groups --region ${region} --query "AutoScalingGroups[].AutoScalingGroupName"`,
  );
}

function nothingFits({ settings }: Runtime, region: string): Error {
  const tags = settings.instanceTags.map(([key, value]) => `${key}=${value}`).join(' and ');
  const what = settings.asg === null ? `has ${tags}` : `is in the group ${settings.asg}`;
  return usageError(
    'NO_INSTANCES',
    `no instance in ${region} ${what}`,
    'instances that are terminated or shutting down do not count',
    'check the names, --region and --profile: aws ec2 describe-instances',
  );
}

/**
 * Finds the instances that are meant, a thousand with each call. Named ones come in the order in which they were named, also
 * those that are gone; by tag or group, what is gone is passed over. Throws BAD_INSTANCE_LIST, INSTANCES_FILE_UNREADABLE,
 * GROUP_NOT_FOUND and NO_INSTANCES.
 */
export async function findFleet(runtime: Runtime, account: Account, region: string): Promise<FleetTarget> {
  const { settings } = runtime;
  const ids = await namedIds(settings);
  if (ids.length > 0) {
    const found = new Map((await account.ec2.findInstances(ids)).map((one) => [one.id, one]));
    const instances = ids.flatMap((id) => found.get(id) ?? []);
    return { region, instances, missing: ids.filter((id) => !found.has(id)), group: null };
  }
  const { asg, instanceTags } = settings;
  const tags = asg === null ? instanceTags : [...instanceTags, [groupTag, asg] as const];
  const [group, instances] = await Promise.all([
    asg === null ? null : findGroup(account, asg, region),
    account.ec2.listInstances(tags),
  ]);
  if (instances.length === 0) throw nothingFits(runtime, region);
  return { region, instances, missing: [], group };
}
