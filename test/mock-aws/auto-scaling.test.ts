import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultWorld, type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient, outcomeOf, sendSigned } from '../support/mock-aws.js';

const template = { id: 'lt-0abc', version: '1' };
const place = { region: 'us-east-1', createdAt: 0 };
const groups = [
  { ...place, name: 'plain', template },
  { ...place, name: 'mixed', template, mixed: true },
  { ...place, name: 'old', launchConfiguration: 'lc' },
  { ...place, name: 'far', region: 'eu-west-1' },
  ...Array.from({ length: 58 }, (_, index) => ({ ...place, name: `more-${index}` })),
];
let mock: MockAws;
let client: AutoScalingClient;

beforeEach(async () => {
  const launchTemplates = [
    {
      ...place,
      id: template.id,
      name: 'app',
      defaultVersion: 1,
      versions: [{ number: 1, createdAt: 0, data: {} }],
    },
  ];
  mock = await startMockAws({ world: { ...defaultWorld(), launchTemplates, autoScalingGroups: groups } });
  client = new AutoScalingClient(operatorClient(mock));
});
afterEach(async () => {
  client.destroy();
  await mock.stop();
});

const list = async (input: { AutoScalingGroupNames?: string[]; MaxRecords?: number; NextToken?: string }) =>
  client.send(new DescribeAutoScalingGroupsCommand(input));

describe('groups', () => {
  it('come in pages of fifty unless asked, those of the region', async () => {
    const first = await list({});
    const second = await list({ NextToken: first.NextToken ?? '' });
    expect([first.AutoScalingGroups?.length, second.AutoScalingGroups?.length]).toStrictEqual([50, 11]);
    expect(second.NextToken).toBeUndefined();
    expect((await list({ MaxRecords: 100 })).AutoScalingGroups).toHaveLength(61);
    expect((await list({ MaxRecords: 2 })).AutoScalingGroups).toHaveLength(2);
  });

  it.each(['-1', 'mine', '1.5'])('are refused for the token %s', async (NextToken) => {
    expect(await outcomeOf(list({ NextToken }))).toContain('The token is invalid.');
  });

  it('say what they launch their instances from', async () => {
    const [plain, mixed, old] =
      (await list({ AutoScalingGroupNames: ['plain', 'mixed', 'old'] })).AutoScalingGroups ?? [];
    const spec = { LaunchTemplateId: 'lt-0abc', LaunchTemplateName: 'app', Version: '1' };
    expect(plain?.LaunchTemplate).toStrictEqual(spec);
    expect(mixed?.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification).toStrictEqual(spec);
    expect([mixed?.LaunchTemplate, old?.LaunchTemplate, old?.LaunchConfigurationName]).toStrictEqual([
      undefined,
      undefined,
      'lc',
    ]);
  });

  it.each(['plain', 'mixed', 'old'])('take another template or version: %s', async (AutoScalingGroupName) => {
    const update = async (LaunchTemplate?: { LaunchTemplateId: string; Version?: string }) => {
      await client.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, LaunchTemplate }));
      return mock.state.autoScalingGroups[AutoScalingGroupName];
    };
    const before = structuredClone(mock.state.autoScalingGroups[AutoScalingGroupName]);
    expect(await update()).toStrictEqual(before);
    expect(await update({ LaunchTemplateId: 'lt-0abc', Version: '$Latest' })).toStrictEqual({
      ...place,
      name: AutoScalingGroupName,
      template: { id: 'lt-0abc', version: '$Latest' },
    });
    expect((await update({ LaunchTemplateId: 'lt-0abc' }))?.template?.version).toBe('$Default');
  });

  it('are named when they are changed', async () => {
    const body = new URLSearchParams({ Action: 'UpdateAutoScalingGroup', Version: '2011-01-01' });
    const answer = await sendSigned(mock, 'autoscaling', { body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('AutoScalingGroup name not found');
  });
});
