import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import {
  BedrockClient,
  ListFoundationModelsCommand,
  ListInferenceProfilesCommand,
} from '@aws-sdk/client-bedrock';
import {
  AssociateIamInstanceProfileCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstancesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromInstanceMetadata } from '@smithy/credential-provider-imds';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EC2_TRUST, type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient } from '../support/mock-aws.js';

const NAME = 'EC2-Bedrock-Access';
const INSTANCE = 'i-0abc1234def567890';
const MODEL = 'us.amazon.nova-micro-v1:0';

describe('the documented quick set-up', () => {
  let mock: MockAws;
  beforeEach(async () => {
    mock = await startMockAws();
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', mock.url);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await mock.stop();
  });

  it('gives the instance credentials with which models answer, over HTTP/2 and as a stream', async () => {
    await runQuickSetup(mock);
    const runtime = new BedrockRuntimeClient({
      endpoint: mock.url,
      region: 'us-east-1',
      credentials: fromInstanceMetadata(),
      maxAttempts: 1,
    });
    const messages = [{ role: 'user' as const, content: [{ text: 'hello' }] }];

    const whole = await runtime.send(new ConverseCommand({ modelId: MODEL, messages }));
    const streamed = await runtime.send(new ConverseStreamCommand({ modelId: MODEL, messages }));
    let text = '';
    for await (const event of streamed.stream ?? []) text += event.contentBlockDelta?.delta?.text ?? '';

    expect(whole.output?.message?.content).toStrictEqual([{ text: mock.settings.modelAnswer }]);
    expect(whole.stopReason).toBe('end_turn');
    expect(text).toBe(mock.settings.modelAnswer);
    expect(
      mock.calls.filter((call) => call.service === 'bedrock-runtime').map((call) => call.principal),
    ).toStrictEqual(Array(2).fill(`arn:aws:sts::111122223333:assumed-role/${NAME}/${INSTANCE}`));
    runtime.destroy();
  });

  it('shows up in every service that tells of it', async () => {
    await runQuickSetup(mock);
    const ec2 = new EC2Client(operatorClient(mock));
    const instances = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [INSTANCE] }));
    const associations = await ec2.send(
      new DescribeIamInstanceProfileAssociationsCommand({
        Filters: [{ Name: 'instance-id', Values: [INSTANCE] }],
      }),
    );
    const sts = new STSClient({ ...operatorClient(mock), credentials: fromInstanceMetadata() });
    const bedrock = new BedrockClient(operatorClient(mock));

    expect(instances.Reservations?.[0]?.Instances?.[0]).toMatchObject({
      State: { Name: 'running' },
      IamInstanceProfile: { Arn: `arn:aws:iam::111122223333:instance-profile/${NAME}` },
      Tags: [{ Key: 'Name', Value: 'web-1' }],
    });
    expect(associations.IamInstanceProfileAssociations).toMatchObject([
      { InstanceId: INSTANCE, State: 'associated' },
    ]);
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '111122223333',
      Arn: `arn:aws:sts::111122223333:assumed-role/${NAME}/${INSTANCE}`,
    });
    const models = await bedrock.send(new ListFoundationModelsCommand({ byOutputModality: 'TEXT' }));
    const profiles = await bedrock.send(new ListInferenceProfilesCommand({ typeEquals: 'SYSTEM_DEFINED' }));
    expect(models.modelSummaries?.map(({ modelId }) => modelId)).toContain('amazon.nova-micro-v1:0');
    expect(profiles.inferenceProfileSummaries?.map((profile) => profile.inferenceProfileId)).toContain(MODEL);
  });
});

async function runQuickSetup(mock: MockAws): Promise<void> {
  const iam = new IAMClient(operatorClient(mock));
  const ec2 = new EC2Client(operatorClient(mock));
  await iam.send(
    new CreateRoleCommand({ RoleName: NAME, AssumeRolePolicyDocument: JSON.stringify(EC2_TRUST) }),
  );
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName: NAME,
      PolicyArn: 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess',
    }),
  );
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: NAME }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: NAME, RoleName: NAME }));
  await ec2.send(
    new AssociateIamInstanceProfileCommand({ InstanceId: INSTANCE, IamInstanceProfile: { Name: NAME } }),
  );
}
