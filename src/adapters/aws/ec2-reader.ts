import { DescribeInstancesCommand, DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Ec2Directory, Ec2Reader, Instance } from '../../ports/ec2.js';
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
    listRegions: async () => enabledRegions(here()),
    findRegions: async (instanceId) => {
      const regions = await enabledRegions(here());
      const found = await Promise.all(
        regions.map(async (region) => {
          const instance = await describeInstance(clients.forRegion(region), instanceId).catch(() => null);
          return instance === null ? [] : [region];
        }),
      );
      return found.flat();
    },
    findProfileUsers: async (profileArn) => findProfileUsers(clients, profileArn),
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

async function enabledRegions(client: EC2Client): Promise<readonly string[]> {
  const { Regions: regions } = await client.send(new DescribeRegionsCommand({}));
  return (regions ?? []).flatMap(({ RegionName: name }) => name ?? []);
}

/** The region of the run must answer; another one that does not is passed over. */
async function findProfileUsers(clients: Ec2Clients, profileArn: string): Promise<readonly string[]> {
  const usersIn = async (region: string): Promise<readonly string[]> => {
    const associations = await allAssociations(clients.forRegion(region));
    return associations
      .filter((one) => one.profileArn === profileArn && counts(one))
      .map((one) => one.instanceId);
  };
  const [here, regions] = await Promise.all([
    usersIn(clients.region),
    enabledRegions(clients.forRegion(clients.region)).catch(() => []),
  ]);
  const elsewhere = regions.filter((region) => region !== clients.region);
  const others = await Promise.all(elsewhere.map(async (region) => usersIn(region).catch(() => [])));
  return [...here, ...others.flat()];
}
