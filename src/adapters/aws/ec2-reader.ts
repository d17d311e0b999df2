import { DescribeInstancesCommand, DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import type { EC2Client } from '@aws-sdk/client-ec2';
import { errorMessage } from '../../core/errors.js';
import { partitionOfRegion } from '../../core/model/bedrock-regions.js';
import type { Association, Ec2Directory, Ec2Reader, Instance } from '../../ports/ec2.js';
import { orNull } from './absent.js';
import { allAssociations, associationsOf, findInstances, listInstances } from './ec2-listing.js';
import { counts, instanceOf, newestFirst } from './ec2-shapes.js';

/** The regional EC2 clients: the run's own, and one for any other region. */
export interface Ec2Clients {
  readonly region: string;
  forRegion(region: string): EC2Client;
}

/** EC2 through the SDK, for looking. An instance that is not there is `null`; other errors are the SDK's own. */
export function makeEc2Reader(clients: Ec2Clients): Ec2Reader & Ec2Directory {
  const here = (): EC2Client => clients.forRegion(clients.region);
  return {
    describeInstance: async (instanceId) => describeInstance(here(), instanceId),
    async describeAssociation(instanceId) {
      const found = await allAssociations(here(), [instanceId]);
      return found.filter((one) => one.instanceId === instanceId && counts(one)).sort(newestFirst)[0] ?? null;
    },
    listInstances: async (tags) => listInstances(here(), tags),
    findInstances: async (instanceIds) => findInstances(here(), instanceIds),
    listAssociations: async (instanceIds) => associationsOf(here(), instanceIds),
    listRegions: async () => enabledRegions(here(), clients.region),
    findRegions: async (instanceId) => {
      const regions = await enabledRegions(here(), clients.region);
      const found = await Promise.all(
        regions.map(async (region) => {
          const instance = await describeInstance(clients.forRegion(region), instanceId).catch(() => null);
          return instance === null ? [] : [region];
        }),
      );
      return found.flat();
    },
    ...profileUserFinder(clients),
  };
}

async function describeInstance(client: EC2Client, instanceId: string): Promise<Instance | null> {
  return orNull(
    async () => {
      const answer = await client.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
      const instances = (answer.Reservations ?? []).flatMap(({ Instances: list }) => list ?? []);
      const found = instances.find(({ InstanceId: id }) => id === instanceId);
      return found === undefined ? null : instanceOf(found, instanceId);
    },
    'InvalidInstanceID.NotFound',
    'InvalidInstanceID.Malformed',
  );
}

/** The regions that the account has. moto also names those of other partitions, in which its credentials count for nothing. */
async function enabledRegions(client: EC2Client, here: string): Promise<readonly string[]> {
  const { Regions: regions } = await client.send(new DescribeRegionsCommand({}));
  const names = (regions ?? []).flatMap(({ RegionName: name }) => name ?? []);
  return names.filter((name) => partitionOfRegion(name) === partitionOfRegion(here));
}

/** What one region says of who holds a profile; `null`: nothing could be learnt of it. */
type Seen = readonly Association[] | null;

/**
 * The associations of a region. Where a service control policy keeps the caller out of it there are none: such a policy binds
 * everybody in the account, so that nothing can be started there either.
 */
async function seenIn(client: EC2Client): Promise<Seen> {
  try {
    return await allAssociations(client);
  } catch (error) {
    return errorMessage(error).includes('service control policy') ? [] : null;
  }
}

/**
 * The region of the run must answer and is asked each time, since the run itself changes what is there. The others are asked
 * once, for all profiles, until all have answered: an undo looks for users of each thing that it takes away.
 */
function profileUserFinder(clients: Ec2Clients): Pick<Ec2Reader, 'findProfileUsers' | 'unseenRegions'> {
  const { region: here } = clients;
  const look = async (): Promise<readonly (readonly [string, Seen])[]> => {
    const regions = await enabledRegions(clients.forRegion(here), here).catch(() => null);
    if (regions === null) return [['all others', null]];
    const others = regions.filter((region) => region !== here);
    return Promise.all(
      others.map(async (region) => [region, await seenIn(clients.forRegion(region))] as const),
    );
  };
  const unseen = (looked: Awaited<ReturnType<typeof look>>): readonly string[] =>
    looked.flatMap(([region, seen]) => (seen === null ? [region] : []));
  let elsewhere: ReturnType<typeof look> | null = null;
  return {
    async findProfileUsers(profileArn) {
      if (elsewhere !== null && unseen(await elsewhere).length > 0) elsewhere = null;
      elsewhere ??= look();
      const [own, others] = await Promise.all([allAssociations(clients.forRegion(here)), elsewhere]);
      return [...own, ...others.flatMap(([, seen]) => seen ?? [])]
        .filter((one) => one.profileArn === profileArn && counts(one))
        .map((one) => one.instanceId);
    },
    unseenRegions: async () => unseen((await elsewhere) ?? []),
  };
}
