import { DescribeInstancesCommand, DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import type { EC2Client } from '@aws-sdk/client-ec2';
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
    findProfileUsers: profileUserFinder(clients),
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

/**
 * The region of the run must answer and is asked each time, since the run itself changes what is there. The others are asked
 * once, for all profiles: an undo looks for users of each thing that it takes away. One that does not answer is passed over.
 */
function profileUserFinder(clients: Ec2Clients): Ec2Reader['findProfileUsers'] {
  const { region: here } = clients;
  const forRegion = (region: string): EC2Client => clients.forRegion(region);
  let asked: Promise<readonly Association[]> | null = null;
  const elsewhere = async (): Promise<readonly Association[]> => {
    const regions = await enabledRegions(forRegion(here)).catch(() => []);
    const others = regions.filter((region) => region !== here);
    const found = others.map(async (region) => allAssociations(forRegion(region)).catch(() => []));
    return (await Promise.all(found)).flat();
  };
  return async (profileArn) => {
    asked ??= elsewhere();
    const all = await Promise.all([allAssociations(forRegion(here)), asked]);
    return all
      .flat()
      .filter((one) => one.profileArn === profileArn && counts(one))
      .map((one) => one.instanceId);
  };
}
