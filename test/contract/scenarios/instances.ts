import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeInstancesCommand,
  type DescribeInstancesCommandOutput,
  DescribeRegionsCommand,
  DescribeTagsCommand,
  ModifyInstanceMetadataOptionsCommand,
} from '@aws-sdk/client-ec2';
import type { Account } from '../account.js';
import { outcome, type Scenario } from '../scenario.js';

async function metadataOptions({ ec2 }: Account, id: string) {
  const answer = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  const options = answer.Reservations?.[0]?.Instances?.[0]?.MetadataOptions;
  return [options?.HttpEndpoint, options?.HttpTokens, options?.HttpPutResponseHopLimit];
}

async function tagged(account: Account): Promise<string> {
  const id = await account.instance('running');
  const Tags = [
    { Key: 'Name', Value: account.name },
    { Key: 'team', Value: 'a & b' },
  ];
  await account.ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
  return id;
}

function idsOf(answer: DescribeInstancesCommandOutput): unknown {
  return answer.Reservations?.flatMap((group) => group.Instances?.map(({ InstanceId }) => InstanceId) ?? []);
}

/** The scenarios on instances, their tags and metadata options. */
export const instanceScenarios: readonly Scenario[] = [
  {
    id: 'instance-described',
    run: async (account) => {
      const id = await account.instance('stopped');
      return outcome(account.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] })), (answer) => {
        const instance = answer.Reservations?.[0]?.Instances?.[0];
        return [instance?.InstanceId, instance?.State];
      });
    },
    expected: ['INSTANCE', { Code: 80, Name: 'stopped' }],
  },
  {
    id: 'instance-unknown',
    run: ({ ec2 }) =>
      outcome(ec2.send(new DescribeInstancesCommand({ InstanceIds: ['i-00000000000000000'] }))),
    expected: {
      code: 'InvalidInstanceID.NotFound',
      status: 400,
      message: "The instance ID 'INSTANCE' does not exist",
    },
  },
  {
    id: 'instance-id-malformed',
    run: ({ ec2 }) => outcome(ec2.send(new DescribeInstancesCommand({ InstanceIds: ['i-xxxxx'] }))),
    expected: { code: 'InvalidInstanceID.Malformed', status: 400, message: 'Invalid id: "i-xxxxx"' },
  },
  {
    id: 'page-size-with-ids-refused',
    run: async (account) =>
      outcome(
        account.ec2.send(
          new DescribeInstancesCommand({ InstanceIds: [await account.instance('running')], MaxResults: 5 }),
        ),
      ),
    expected: {
      code: 'InvalidParameterCombination',
      status: 400,
      message: 'The parameter instancesSet cannot be used with the parameter maxResults',
    },
  },
  {
    id: 'describe-dry-run',
    run: ({ ec2 }) => outcome(ec2.send(new DescribeInstancesCommand({ DryRun: true }))),
    expected: {
      code: 'DryRunOperation',
      status: 412,
      message: 'Request would have succeeded, but DryRun flag is set.',
    },
  },
  {
    id: 'instances-found-by-tag-and-state',
    run: async (account) => {
      await tagged(account);
      const Filters = [
        { Name: 'tag:Name', Values: [`${account.name}*`] },
        { Name: 'instance-state-name', Values: ['running', 'stopped'] },
      ];
      return outcome(account.ec2.send(new DescribeInstancesCommand({ Filters })), idsOf);
    },
    expected: ['INSTANCE'],
  },
  {
    id: 'tags-created-and-deleted',
    run: async (account) => {
      const id = await tagged(account);
      await account.ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: 'Name' }] }));
      return outcome(
        account.ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [id] }] })),
        (answer) => answer.Tags,
      );
    },
    expected: [{ Key: 'team', ResourceId: 'INSTANCE', ResourceType: 'instance', Value: 'a & b' }],
  },
  {
    id: 'metadata-options-changed-in-part',
    run: async (account) => {
      const InstanceId = await account.instance('running');
      const first = { InstanceId, HttpTokens: 'required' as const, HttpEndpoint: 'enabled' as const };
      await account.ec2.send(
        new ModifyInstanceMetadataOptionsCommand({ ...first, HttpPutResponseHopLimit: 2 }),
      );
      await account.ec2.send(
        new ModifyInstanceMetadataOptionsCommand({ InstanceId, HttpTokens: 'optional' }),
      );
      return metadataOptions(account, InstanceId);
    },
    expected: ['enabled', 'optional', 2],
  },
  {
    id: 'metadata-options-dry-run-changes-nothing',
    run: async (account) => {
      const InstanceId = await account.instance('running');
      const before = await metadataOptions(account, InstanceId);
      const changed = { InstanceId, HttpPutResponseHopLimit: 7, HttpEndpoint: 'enabled' as const };
      const refused = await outcome(
        account.ec2.send(new ModifyInstanceMetadataOptionsCommand({ ...changed, DryRun: true })),
      );
      const after = await metadataOptions(account, InstanceId);
      return [refused, JSON.stringify(before) === JSON.stringify(after)];
    },
    expected: [
      {
        code: 'DryRunOperation',
        status: 412,
        message: 'Request would have succeeded, but DryRun flag is set.',
      },
      true,
    ],
  },
  {
    id: 'region-by-name',
    run: ({ ec2 }) =>
      outcome(
        ec2.send(new DescribeRegionsCommand({ RegionNames: ['us-west-2'] })),
        (answer) => answer.Regions,
      ),
    expected: [
      {
        RegionName: 'us-west-2',
        Endpoint: 'ec2.us-west-2.amazonaws.com',
        OptInStatus: 'opt-in-not-required',
      },
    ],
  },
];
