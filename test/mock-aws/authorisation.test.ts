import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { AssociateIamInstanceProfileCommand, DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { DecodeAuthorizationMessageCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EC2_TRUST, type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient } from '../support/mock-aws.js';

const OWN = 'i-0abc1234def567893';
const GEOGRAPHIC = 'us.amazon.nova-micro-v1:0';
const GLOBAL = 'global.anthropic.claude-sonnet-4-6';
const CALLER = `User: arn:aws:sts::111122223333:assumed-role/web-server/${OWN}`;
const profileArn = (id: string) => `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${id}`;
const modelArn = (region: string, id: string) => `arn:aws:bedrock:${region}::foundation-model/${id}`;

let mock: MockAws;
beforeEach(async () => {
  mock = await startMockAws({ metadataInstanceId: OWN });
});
afterEach(() => mock.stop());

function setPolicy(...Statement: object[]): void {
  const role = mock.state.roles['web-server'];
  if (role === undefined) throw new Error('the default world lacks web-server');
  role.inlinePolicies = {
    test: { document: JSON.stringify({ Version: '2012-10-17', Statement }), updatedAt: Date.now() },
  };
}

async function instanceCredentials() {
  const headers = { 'X-aws-ec2-metadata-token-ttl-seconds': '60' };
  const token = await (await fetch(`${mock.url}/latest/api/token`, { method: 'PUT', headers })).text();
  const answer = await fetch(`${mock.url}/latest/meta-data/iam/security-credentials/web-server`, {
    headers: { 'X-aws-ec2-metadata-token': token },
  });
  const body = (await answer.json()) as { AccessKeyId: string; SecretAccessKey: string; Token: string };
  return { accessKeyId: body.AccessKeyId, secretAccessKey: body.SecretAccessKey, sessionToken: body.Token };
}

async function converse(modelId: string, stream = false): Promise<string> {
  const client = new BedrockRuntimeClient(operatorClient(mock, { credentials: await instanceCredentials() }));
  const messages = [{ role: 'user' as const, content: [{ text: 'hello' }] }];
  try {
    const command = { modelId, messages };
    await (stream
      ? client.send(new ConverseStreamCommand(command))
      : client.send(new ConverseCommand(command)));
    return 'answered';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } finally {
    client.destroy();
  }
}

const denied = (action: string, resource: string) =>
  `AccessDeniedException: ${CALLER} is not authorized to perform: ${action} on resource: ${resource} ` +
  `because no identity-based policy allows the ${action} action`;

describe('a role on Bedrock', () => {
  it('needs the inference profile, then the model in each destination region', async () => {
    const regions = ['us-east-1', 'us-east-2', 'us-west-2'];
    const Resource: string[] = [];
    setPolicy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    expect(await converse(GEOGRAPHIC)).toBe(denied('bedrock:InvokeModel', profileArn(GEOGRAPHIC)));
    Resource.push(profileArn(GEOGRAPHIC));
    for (const region of regions) {
      setPolicy({ Effect: 'Allow', Action: 'bedrock:Invoke*', Resource });
      const arn = modelArn(region, 'amazon.nova-micro-v1:0');
      expect(await converse(GEOGRAPHIC)).toBe(denied('bedrock:InvokeModel', arn));
      Resource.push(arn);
    }
    setPolicy({ Effect: 'Allow', Action: 'bedrock:Invoke*', Resource });
    expect(await converse(GEOGRAPHIC)).toBe('answered');
  });

  it('needs another action for a stream', async () => {
    setPolicy({ Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*' });
    expect(await converse(GEOGRAPHIC)).toBe('answered');
    expect(await converse(GEOGRAPHIC, true)).toBe(
      denied('bedrock:InvokeModelWithResponseStream', profileArn(GEOGRAPHIC)),
    );
  });

  it('sees the profile in bedrock:InferenceProfileArn', async () => {
    const viaProfile = (arn: string) => ({
      Effect: 'Allow',
      Action: 'bedrock:InvokeModel',
      Resource: modelArn('*', 'amazon.nova-micro-v1:0'),
      Condition: { StringLike: { 'bedrock:InferenceProfileArn': arn } },
    });
    const onProfile = { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: profileArn(GEOGRAPHIC) };
    setPolicy(onProfile, viaProfile(profileArn(GEOGRAPHIC)));
    expect(await converse(GEOGRAPHIC)).toBe('answered');
    expect(await converse('amazon.nova-micro-v1:0')).toContain('not authorized');
    setPolicy(onProfile, viaProfile(profileArn('eu.*')));
    expect(await converse(GEOGRAPHIC)).toContain(modelArn('us-east-1', 'amazon.nova-micro-v1:0'));
  });

  it('needs the model without a region for a global profile', async () => {
    const here = {
      Effect: 'Allow',
      Action: 'bedrock:InvokeModel',
      Resource: [profileArn(GLOBAL), modelArn('us-east-1', 'anthropic.claude-sonnet-4-6')],
      Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    };
    setPolicy(here);
    expect(await converse(GLOBAL)).toBe(
      denied('bedrock:InvokeModel', modelArn('', 'anthropic.claude-sonnet-4-6')),
    );
    setPolicy(here, {
      Effect: 'Allow',
      Action: 'bedrock:InvokeModel',
      Resource: modelArn('', 'anthropic.claude-sonnet-4-6'),
      Condition: { StringEquals: { 'aws:RequestedRegion': 'unspecified' } },
    });
    expect(await converse(GLOBAL)).toBe('answered');
  });

  it('is bound by a Deny of its own, a boundary and the organisation', async () => {
    const everything = { Effect: 'Allow', Action: 'bedrock:*', Resource: '*' };
    const notOhio = { Effect: 'Deny', Action: '*', Resource: modelArn('us-east-2', '*') };
    setPolicy(everything, notOhio);
    expect(await converse(GEOGRAPHIC)).toMatch(
      /us-east-2::.* with an explicit deny in an identity-based policy$/,
    );

    setPolicy(everything);
    mock.settings.serviceControlPolicies = [{ Version: '2012-10-17', Statement: [notOhio] }];
    expect(await converse(GEOGRAPHIC)).toMatch(
      /us-east-2::.* with an explicit deny in a service control policy: arn:aws:organizations::/,
    );

    mock.settings.serviceControlPolicies = [];
    const role = mock.state.roles['web-server'];
    if (role !== undefined) role.permissionsBoundary = 'arn:aws:iam::aws:policy/AmazonBedrockReadOnly';
    expect(await converse(GEOGRAPHIC)).toMatch(
      /because no permissions boundary allows the bedrock:InvokeModel action$/,
    );
  });

  it('has a new permission only once it has propagated', async () => {
    mock.settings.propagation.iamToBedrockMilliseconds = 60_000;
    setPolicy({ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' });
    expect(await converse(GEOGRAPHIC)).toContain('not authorized');
    const later = Date.now() + 60_000;
    mock.settings.now = () => later;
    expect(await converse(GEOGRAPHIC)).toBe('answered');
  });
});

describe('the operator', () => {
  it('is refused what settings.deny names, in each service’s words', async () => {
    mock.settings.deny = ['iam:Create*', 'ec2:DescribeInstances'];
    const role = { RoleName: 'new', AssumeRolePolicyDocument: JSON.stringify(EC2_TRUST) };
    await expect(new IAMClient(operatorClient(mock)).send(new CreateRoleCommand(role))).rejects.toMatchObject(
      {
        Code: 'AccessDenied',
        message:
          'User: arn:aws:iam::111122223333:user/operator is not authorized to perform: iam:CreateRole on resource: ' +
          'arn:aws:iam::111122223333:role/new because no identity-based policy allows the iam:CreateRole action',
      },
    );
    await expect(
      new EC2Client(operatorClient(mock)).send(new DescribeInstancesCommand({})),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation', $metadata: { httpStatusCode: 403 } });
    expect(mock.state.roles).not.toHaveProperty('new');
  });

  it('needs iam:PassRole to associate, and can decode the refusal', async () => {
    mock.settings.deny = ['iam:PassRole'];
    const command = new AssociateIamInstanceProfileCommand({
      InstanceId: 'i-0abc1234def567890',
      IamInstanceProfile: { Name: 'web-server' },
    });
    const message = await new EC2Client(operatorClient(mock)).send(command).then(
      () => 'allowed',
      (error: Error) => error.message,
    );
    const EncodedMessage = /failure message: (\S+)$/.exec(message)?.[1];
    const decoded = await new STSClient(operatorClient(mock)).send(
      new DecodeAuthorizationMessageCommand({ EncodedMessage }),
    );
    expect(JSON.parse(decoded.DecodedMessage ?? '')).toMatchObject({
      allowed: false,
      context: { action: 'iam:PassRole', resource: 'arn:aws:iam::111122223333:role/web-server' },
    });
  });

  it('learns the same from a simulation', async () => {
    mock.settings.deny = ['iam:CreateRole'];
    const answer = await new IAMClient(operatorClient(mock)).send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: mock.settings.operator.arn,
        ActionNames: ['iam:CreateRole', 'iam:GetRole'],
        ResourceArns: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b'],
      }),
    );
    expect(
      answer.EvaluationResults?.map((result) => [result.EvalActionName, result.EvalDecision]),
    ).toStrictEqual([
      ['iam:CreateRole', 'implicitDeny'],
      ['iam:GetRole', 'allowed'],
    ]);
    expect(answer.EvaluationResults?.[0]?.ResourceSpecificResults).toHaveLength(2);
  });
});

describe('a caller who is not known', () => {
  const stranger = { credentials: { accessKeyId: 'AKIASTRANGER00000000', secretAccessKey: 'secret' } };

  it('is refused in each service’s words', async () => {
    const settings = operatorClient(mock, stranger);
    const names = await Promise.all(
      [
        new STSClient(settings).send(new GetCallerIdentityCommand({})),
        new EC2Client(settings).send(new DescribeInstancesCommand({})),
        new BedrockRuntimeClient(settings).send(new ConverseCommand({ modelId: GEOGRAPHIC, messages: [] })),
      ].map((call: Promise<unknown>) => call.catch((error: Error) => error.name)),
    );
    expect(names).toStrictEqual(['InvalidClientTokenId', 'AuthFailure', 'UnrecognizedClientException']);
  });

  it('is also one whose role was made anew, or whose credentials are too old', async () => {
    const credentials = await instanceCredentials();
    const identity = () =>
      new STSClient(operatorClient(mock, { credentials })).send(new GetCallerIdentityCommand({}));
    await expect(identity()).resolves.toMatchObject({ Account: '111122223333' });
    const later = Date.now() + 7 * 3_600_000;
    mock.settings.now = () => later;
    await expect(identity()).rejects.toMatchObject({
      name: expect.stringContaining('ExpiredToken') as string,
    });
    mock.settings.now = Date.now;
    const role = mock.state.roles['web-server'];
    if (role !== undefined) role.roleId = 'AROAANOTHER0000000000';
    await expect(identity()).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  it('may hold a Bedrock API key, if it is the right one', async () => {
    mock.settings.bearerTokens = ['right'];
    const ask = (key: string) =>
      fetch(`${mock.url}/foundation-models`, { headers: { authorization: `Bearer ${key}` } });
    expect((await ask('right')).status).toBe(200);
    const refused = await ask('wrong');
    expect([refused.status, await refused.json()]).toStrictEqual([
      403,
      { message: 'Authentication failed: Please make sure your API Key is valid.' },
    ]);
  });
});
