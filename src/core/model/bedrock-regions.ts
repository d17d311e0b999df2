import type { SetupError } from '../errors.js';
import { usageError } from '../errors.js';

/** EC2 regions without a Bedrock endpoint, from the endpoint data of botocore 1.43.11. */
const regionsWithoutBedrock: ReadonlySet<string> = new Set([
  'ap-east-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-isoe-west-1',
  'us-iso-west-1',
  'us-isob-west-1',
]);

/** Partitions without Bedrock in any region, from the same data. */
const partitionsWithoutBedrock: ReadonlySet<string> = new Set(['aws-cn', 'aws-iso-e']);

/** A region with Bedrock that is near to one without. */
const nearby: Readonly<Record<string, string>> = {
  'ap-east-1': 'ap-east-2',
  'us-iso-west-1': 'us-iso-east-1',
  'us-isob-west-1': 'us-isob-east-1',
};

/** The partition that a region belongs to, by the region patterns of the SDK's partition data. */
export function partitionOfRegion(region: string): string {
  const prefixes: readonly (readonly [string, string])[] = [
    ['cn-', 'aws-cn'],
    ['us-gov-', 'aws-us-gov'],
    ['eusc-', 'aws-eusc'],
    ['us-isob-', 'aws-iso-b'],
    ['us-isof-', 'aws-iso-f'],
    ['eu-isoe-', 'aws-iso-e'],
    ['us-iso-', 'aws-iso'],
  ];
  return prefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/**
 * The error for a region in which Bedrock is known not to be, else `null`. A region that is newer than the table is
 * allowed: the probe at the end of a set-up says whether it works.
 */
export function refuseRegion(region: string): SetupError | null {
  const partition = partitionOfRegion(region);
  if (partitionsWithoutBedrock.has(partition)) {
    return usageError(
      'BEDROCK_NOT_IN_PARTITION',
      `Amazon Bedrock is not offered in the partition ${partition}, to which ${region} belongs`,
      'nothing in this partition could answer a call to a model',
      'use an instance in another partition, e.g. in us-east-1; nothing was changed',
    );
  }
  if (!regionsWithoutBedrock.has(region)) return null;
  return usageError(
    'BEDROCK_NOT_IN_REGION',
    `Amazon Bedrock is not offered in ${region}`,
    'the role would be made, but there is no endpoint that a model could be called at',
    `use an instance in a region with Bedrock, e.g. ${nearby[region] ?? 'us-east-1'}; nothing was changed`,
  );
}
