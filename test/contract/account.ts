import { AutoScalingClient, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import {
  EC2Client,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { MockAws } from '../../src/mock-aws/index.js';
import type { Moto } from '../support/moto.js';

/** States in which a scenario can ask for an instance. */
export type WantedState = 'running' | 'stopped' | 'terminated';

/** One implementation of AWS, as a scenario sees it. */
export interface Account {
  readonly url: string;
  readonly iam: IAMClient;
  readonly ec2: EC2Client;
  readonly sts: STSClient;
  readonly ssm: SSMClient;
  readonly bedrock: BedrockClient;
  readonly autoScaling: AutoScalingClient;
  /** A name that no other scenario uses. */
  readonly name: string;
  /** A new instance in that state; its id. */
  instance(state: WantedState): Promise<string>;
  /** A new running instance whose agent Systems Manager reaches; its id. */
  managed(): Promise<string>;
  /** A new empty Auto Scaling group that launches from that version of a launch template; its name. */
  group(templateId: string, version: string): Promise<string>;
}

const REGION = 'us-east-1';

/** The embedded AWS; `name` also makes the scenario's instances its own. */
export function embeddedAccount(mock: MockAws, name: string): Account {
  const { accessKeyId, secretAccessKey } = mock.settings.operator;
  const instance: Account['instance'] = (state) => {
    const instanceId = `i-${Object.keys(mock.state.instances).length.toString(16).padStart(17, '0')}`;
    const template = mock.state.instances['i-0abc1234def567890'];
    if (template === undefined) throw new Error('the default world has no i-0abc1234def567890');
    mock.state.instances[instanceId] = { ...structuredClone(template), instanceId, state, tags: {} };
    return Promise.resolve(instanceId);
  };
  return {
    ...clients(mock.url, { accessKeyId, secretAccessKey }),
    name,
    instance,
    managed: async () => {
      const instanceId = await instance('running');
      const [like] = Object.values(mock.state.associations);
      if (like === undefined) throw new Error('the default world has no association');
      mock.state.associations[`iip-${instanceId}`] = { ...like, instanceId };
      mock.settings.agents[instanceId] = {};
      return instanceId;
    },
    group: (id, version) => {
      mock.state.autoScalingGroups[name] = { name, region: REGION, createdAt: 0, template: { id, version } };
      return Promise.resolve(name);
    },
  };
}

/** Moto, with instances launched for the purpose. */
export function motoAccount(moto: Moto, name: string): Account {
  const account = clients(moto.url, { accessKeyId: 'testing', secretAccessKey: 'testing' });
  const instance: Account['instance'] = async (state) => {
    const launched = await account.ec2.send(
      new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 }),
    );
    const id = launched.Instances?.[0]?.InstanceId ?? '';
    if (state === 'stopped') await account.ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
    if (state === 'terminated') await account.ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    return id;
  };
  const group: Account['group'] = async (LaunchTemplateId, Version) => {
    await account.autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        MinSize: 0,
        MaxSize: 1,
        AvailabilityZones: [`${REGION}a`],
        LaunchTemplate: { LaunchTemplateId, Version },
      }),
    );
    return name;
  };
  return { ...account, name, instance, managed: async () => instance('running'), group };
}

function clients(url: string, credentials: { accessKeyId: string; secretAccessKey: string }) {
  const settings = { endpoint: url, region: REGION, credentials, maxAttempts: 1 };
  return {
    url,
    iam: new IAMClient(settings),
    ec2: new EC2Client(settings),
    sts: new STSClient(settings),
    ssm: new SSMClient(settings),
    bedrock: new BedrockClient(settings),
    autoScaling: new AutoScalingClient(settings),
  };
}
