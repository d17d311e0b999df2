import { DescribeIamInstanceProfileAssociationsCommand, DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import type {
  DescribeInstancesCommandInput,
  DescribeInstancesCommandOutput,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { hasCode } from '../../core/failure/aws-error.js';
import { errorMessage } from '../../core/errors.js';
import { chunks } from '../../core/fleet/pool.js';
import type { Association, Instance } from '../../ports/ec2.js';
import { associationOf, counts, instanceOf, newestFirst } from './ec2-shapes.js';
import { allPages } from './pages.js';

/** The largest page of DescribeInstances and of DescribeIamInstanceProfileAssociations (EC2 API reference). */
const pageSize = 1000;

/** The most values that one filter takes (EC2 API reference, Filter). */
const mostValues = 200;

const present = ['pending', 'running', 'stopping', 'stopped'];

function instancesIn({
  Reservations: reservations = [],
}: DescribeInstancesCommandOutput): readonly Instance[] {
  return reservations.flatMap(({ Instances: list = [] }) =>
    list.map((one) => instanceOf(one, one.InstanceId ?? '')),
  );
}

/** The instances of a client's region that are not gone or going and have all these tags. */
export async function listInstances(
  client: EC2Client,
  tags: readonly (readonly [string, string])[] = [],
): Promise<readonly Instance[]> {
  const Filters = [
    { Name: 'instance-state-name', Values: present },
    ...tags.map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] })),
  ];
  return allPages(async (token) => {
    const page = await client.send(
      new DescribeInstancesCommand({ Filters, MaxResults: pageSize, NextToken: token }),
    );
    return { items: instancesIn(page), next: page.NextToken };
  });
}

/**
 * The instances of these ids, a thousand with each call. EC2 refuses a call for one id that it does not know and names all
 * that it does not (EC2 API reference, InvalidInstanceID.NotFound): it is asked again without them.
 */
export async function findInstances(client: EC2Client, ids: readonly string[]): Promise<readonly Instance[]> {
  const found: Instance[] = [];
  for (const chunk of chunks(ids, pageSize)) found.push(...(await findChunk(client, chunk)));
  return found;
}

async function findChunk(client: EC2Client, ids: readonly string[]): Promise<readonly Instance[]> {
  if (ids.length === 0) return [];
  const input: DescribeInstancesCommandInput = { InstanceIds: [...ids] };
  try {
    return await allPages(async (token) => {
      const page = await client.send(new DescribeInstancesCommand({ ...input, NextToken: token }));
      return { items: instancesIn(page), next: page.NextToken };
    });
  } catch (error) {
    const unknown = ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'];
    if (!unknown.some((code) => hasCode(error, code))) throw error;
    const missing = new Set(errorMessage(error).match(/i-[0-9a-f]+/gu));
    const known = ids.filter((id) => !missing.has(id));
    if (known.length === ids.length) throw error;
    return findChunk(client, known);
  }
}

/** All associations of a client's region, or those of some instances: as many as one filter takes. */
export async function allAssociations(
  client: EC2Client,
  instanceIds?: readonly string[],
): Promise<readonly Association[]> {
  const narrowed =
    instanceIds === undefined
      ? { MaxResults: pageSize }
      : { Filters: [{ Name: 'instance-id', Values: [...instanceIds] }] };
  return allPages(async (token) => {
    const command = new DescribeIamInstanceProfileAssociationsCommand({ ...narrowed, NextToken: token });
    const page = await client.send(command);
    return { items: (page.IamInstanceProfileAssociations ?? []).map(associationOf), next: page.NextToken };
  });
}

/** The association that counts of each of these instances: by name for a few, else out of all of the region's. */
export async function associationsOf(
  client: EC2Client,
  instanceIds: readonly string[],
): Promise<readonly Association[]> {
  if (instanceIds.length === 0) return [];
  const few = instanceIds.length <= mostValues;
  const found = await allAssociations(client, few ? instanceIds : undefined);
  const wanted = new Set(instanceIds);
  const best = new Map<string, Association>();
  for (const one of found) {
    const other = best.get(one.instanceId);
    if (!wanted.has(one.instanceId) || !counts(one)) continue;
    if (other === undefined || newestFirst(one, other) < 0) best.set(one.instanceId, one);
  }
  return [...best.values()];
}
