import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeTagsCommand,
  EC2Client,
  type Filter,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultWorld, type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient, outcomeOf, sendSigned } from '../support/mock-aws.js';

const [web, database] = ['i-0abc1234def567890', 'i-0abc1234def567891'];
const instances = [
  { instanceId: web, name: 'web', instanceProfile: 'web-server', tags: { Role: 'web', Empty: '' } },
  { instanceId: database, name: 'db', state: 'stopped' as const, tags: { 'aws:autoscaling:groupName': 'g' } },
  { instanceId: 'i-0abc1234def567892', name: 'far', region: 'eu-west-1', instanceProfile: 'web-server' },
];
let mock: MockAws;
let ec2: EC2Client;

beforeEach(async () => {
  mock = await startMockAws({ world: defaultWorld(instances) });
  ec2 = new EC2Client(operatorClient(mock));
});
afterEach(async () => {
  ec2.destroy();
  await mock.stop();
});

const filter = (Name: string, ...Values: string[]): Filter[] => [{ Name, Values }];
const tagsOf = (id = web) => mock.state.instances[id]?.tags;

describe('tags', () => {
  const create = async (Tags: { Key?: string; Value?: string }[], Resources = [web]) =>
    outcomeOf(ec2.send(new CreateTagsCommand({ Resources, Tags })));

  it('are added to what is there, and a value may be left out', async () => {
    expect(await create([{ Key: 'a', Value: 'b' }, { Key: 'Role' }])).toBe('done');
    expect(tagsOf()).toStrictEqual({ Name: 'web', Role: '', Empty: '', a: 'b' });
  });

  it.each([
    ['an empty key', [{ Key: '' }], 'Tag key exceeds the maximum length of 127 characters or is empty'],
    ['no key', [{ Value: 'v' }], 'Tag key exceeds the maximum length of 127 characters or is empty'],
    [
      'a long key',
      [{ Key: 'k'.repeat(128) }],
      'Tag key exceeds the maximum length of 127 characters or is empty',
    ],
    [
      'a long value',
      [{ Key: 'k', Value: 'v'.repeat(256) }],
      'Tag value exceeds the maximum length of 255 characters',
    ],
    ["AWS's own prefix", [{ Key: 'aws:x' }], "Tag keys starting with 'aws:' are reserved for internal use"],
  ])('with %s are refused, and none of the request is kept', async (_what, tags, message) => {
    const before = { ...tagsOf() };
    expect(await create([{ Key: 'fine', Value: 'x' }, ...tags])).toBe(`InvalidParameterValue: ${message}`);
    expect(tagsOf()).toStrictEqual(before);
  });

  it('are fifty at most', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}` }));
    expect(await create(many(48))).toBe('TagLimitExceeded: More than 50 tags specified');
    expect(await create(many(47))).toBe('done');
    expect(Object.keys(tagsOf() ?? {})).toHaveLength(50);
  });

  it.each([
    ['by key, whatever the value', [{ Key: 'Role' }], { Name: 'web', Empty: '' }],
    ['by key and value', [{ Key: 'Role', Value: 'web' }], { Name: 'web', Empty: '' }],
    ['not with another value', [{ Key: 'Role', Value: 'db' }], { Name: 'web', Role: 'web', Empty: '' }],
    ['with an empty value', [{ Key: 'Empty', Value: '' }], { Name: 'web', Role: 'web' }],
    ['all, when none is named', [], {}],
  ])('are deleted %s', async (_what, Tags, left) => {
    await ec2.send(new DeleteTagsCommand({ Resources: [web], Tags }));
    expect(tagsOf()).toStrictEqual(left);
  });

  it("of AWS's own stay when all are deleted", async () => {
    await ec2.send(new DeleteTagsCommand({ Resources: [database] }));
    expect(tagsOf(database)).toStrictEqual({ 'aws:autoscaling:groupName': 'g' });
  });

  it.each([
    ['of a resource', filter('resource-id', web), ['Name=web', 'Role=web', 'Empty=']],
    [
      'of instances',
      filter('resource-type', 'instance').concat(filter('key', 'Name')),
      ['Name=web', 'Name=db'],
    ],
    ['by key', filter('key', 'R?le'), ['Role=web']],
    ['by value', filter('value', 'w*'), ['Name=web', 'Role=web']],
    ['by key and value', filter('tag:Role', 'web', 'other'), ['Role=web']],
    ['of another resource type', filter('resource-type', 'vpc'), []],
  ])('are listed %s', async (_what, Filters, expected) => {
    const { Tags = [] } = await ec2.send(new DescribeTagsCommand({ Filters }));
    expect(Tags.map(({ Key, Value }) => `${Key}=${Value ?? ''}`)).toStrictEqual(expected);
  });

  it('come in pages', async () => {
    const first = await ec2.send(new DescribeTagsCommand({ MaxResults: 5 }));
    expect(first.Tags).toHaveLength(5);
    expect(first.NextToken).toBeUndefined();
    await create([{ Key: 'a' }, { Key: 'b' }]);
    const again = await ec2.send(new DescribeTagsCommand({ MaxResults: 5 }));
    const rest = await ec2.send(new DescribeTagsCommand({ MaxResults: 5, NextToken: again.NextToken }));
    expect([again.Tags?.length, rest.Tags?.length, rest.NextToken]).toStrictEqual([5, 2, undefined]);
  });
});

describe('a list of instances', () => {
  const names = async (Filters: Filter[]) => {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
    return Reservations.flatMap(({ Instances = [] }) =>
      Instances.map(({ InstanceId }) => (InstanceId === web ? 'web' : 'db')),
    );
  };

  it.each([
    ['instance-id', [web], ['web']],
    ['instance-state-name', ['stopped', 'stopping'], ['db']],
    ['instance-type', ['t3.*'], ['web', 'db']],
    ['instance-type', ['m7i.large'], []],
    ['availability-zone', ['us-east-1a'], ['web', 'db']],
    ['iam-instance-profile.arn', ['*:instance-profile/web-server'], ['web']],
    ['tag:Role', ['web'], ['web']],
    ['tag:Empty', [''], ['web']],
    ['tag-key', ['aws:*'], ['db']],
    ['tag-value', ['db'], ['db']],
  ])('is filtered by %s: %j', async (name, values, expected) => {
    expect(await names(filter(name, ...values))).toStrictEqual(expected);
  });

  it('takes filters together', async () => {
    expect(
      await names([...filter('tag:Name', 'web', 'db'), ...filter('instance-state-name', 'running')]),
    ).toStrictEqual(['web']);
  });

  it.each([
    [
      'an unknown filter',
      { Filters: filter('colour', 'red') },
      "InvalidParameterValue: The filter 'colour' is invalid",
    ],
    [
      'a filter without a name',
      { Filters: [{ Values: ['x'] }] },
      "InvalidParameterValue: The filter '' is invalid",
    ],
    [
      'a page of ids',
      { InstanceIds: [web], MaxResults: 10 },
      'InvalidParameterCombination: The parameter instancesSet cannot be used with the parameter maxResults',
    ],
    [
      'a page that is too small',
      { MaxResults: 4 },
      'InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than 5.',
    ],
    [
      'a page that is too large',
      { MaxResults: 1001 },
      'InvalidParameterValue: Value ( 1001 ) for parameter maxResults is invalid. Expecting a value less than 1000.',
    ],
    ['a token of nobody', { NextToken: 'x' }, 'InvalidParameterValue: Unable to parse pagination token'],
    ['a malformed id', { InstanceIds: ['web'] }, 'InvalidInstanceID.Malformed: Invalid id: "web"'],
    [
      'ids that are not here',
      { InstanceIds: [web, 'i-0abc1234def567892', 'i-0123456789abcdef0'] },
      "InvalidInstanceID.NotFound: The instance IDs 'i-0abc1234def567892, i-0123456789abcdef0' do not exist",
    ],
  ])('is refused with %s', async (_what, input, refusal) => {
    expect(await outcomeOf(ec2.send(new DescribeInstancesCommand(input)))).toBe(refusal);
  });

  it('is refused with a page size that is no number', async () => {
    const body = new URLSearchParams({
      Action: 'DescribeInstances',
      Version: '2016-11-15',
      MaxResults: 'all',
    });
    const answer = await sendSigned(mock, 'ec2', { body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Value ( all ) for parameter maxResults is invalid');
  });
});

describe('a list of associations', () => {
  const list = async (input: { AssociationIds?: string[]; Filters?: Filter[] }, region = 'us-east-1') => {
    const client = new EC2Client(operatorClient(mock, { region }));
    const answer = await client.send(new DescribeIamInstanceProfileAssociationsCommand(input));
    return answer.IamInstanceProfileAssociations?.map(({ InstanceId }) => InstanceId);
  };

  it('is filtered by id, instance and state, and holds one region', async () => {
    const [id = ''] = Object.keys(mock.state.associations);
    expect(await list({})).toStrictEqual([web]);
    expect(await list({}, 'eu-west-1')).toStrictEqual(['i-0abc1234def567892']);
    expect(await list({ AssociationIds: [id] })).toStrictEqual([web]);
    expect(await list({ AssociationIds: ['iip-assoc-0'] })).toStrictEqual([]);
    expect(await list({ Filters: filter('state', 'associated') })).toStrictEqual([web]);
    expect(await list({ Filters: filter('state', 'associating') })).toStrictEqual([]);
    expect(await list({ Filters: filter('instance-id', database) })).toStrictEqual([]);
    expect(await outcomeOf(list({ Filters: filter('tag:Role', 'web') }))).toBe(
      "InvalidParameterValue: The filter 'tag:Role' is invalid",
    );
  });
});

describe('regions', () => {
  const list = async (input: { RegionNames?: string[]; Filters?: Filter[] }) => {
    const { Regions = [] } = await ec2.send(new DescribeRegionsCommand(input));
    return Regions.map(({ RegionName, Endpoint }) => `${RegionName} ${Endpoint}`);
  };

  it.each([
    ['by name', { RegionNames: ['eu-west-1'] }],
    ['by a filter for the name', { Filters: filter('region-name', 'eu-west-1') }],
    ['by a filter for the endpoint', { Filters: filter('endpoint', '*eu-west-1*') }],
    [
      'by two filters',
      { Filters: [...filter('opt-in-status', 'opt-in-not-required'), ...filter('region-name', 'eu-west-1')] },
    ],
  ])('are listed %s', async (_what, input) => {
    expect(await list(input)).toStrictEqual(['eu-west-1 ec2.eu-west-1.amazonaws.com']);
  });

  it.each([
    [
      'an unknown name',
      { RegionNames: ['eu-west-99'] },
      'InvalidParameterValue: Invalid region provided: eu-west-99',
    ],
    ['an unknown filter', { Filters: filter('x', 'y') }, "InvalidParameterValue: The filter 'x' is invalid"],
  ])('are refused with %s', async (_what, input, refusal) => {
    expect(await outcomeOf(list(input))).toBe(refusal);
  });

  it('of China have their own domain', async () => {
    const china = await startMockAws({ region: 'cn-north-1' });
    const { Regions = [] } = await new EC2Client(operatorClient(china)).send(new DescribeRegionsCommand({}));
    expect(Regions.map(({ Endpoint }) => Endpoint)).toContain('ec2.cn-north-1.amazonaws.com.cn');
    await china.stop();
  });
});
