import {
  AssociateIamInstanceProfileCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  EC2Client,
  ReplaceIamInstanceProfileAssociationCommand,
} from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient } from '../support/mock-aws.js';

const INSTANCE = 'i-0abc1234def567890';
let mock: MockAws;
let ec2: EC2Client;
let now = Date.UTC(2026, 5, 1);

beforeEach(async () => {
  now = Date.UTC(2026, 5, 1);
  mock = await startMockAws({ now: () => now });
  ec2 = new EC2Client(operatorClient(mock));
});
afterEach(() => mock.stop());

const associate = (Name = 'fresh') =>
  ec2.send(new AssociateIamInstanceProfileCommand({ InstanceId: INSTANCE, IamInstanceProfile: { Name } }));

const listed = async (instanceId: string) => {
  const answer = await ec2.send(
    new DescribeIamInstanceProfileAssociationsCommand({
      Filters: [{ Name: 'instance-id', Values: [instanceId] }],
    }),
  );
  return answer.IamInstanceProfileAssociations?.map(({ State, IamInstanceProfile }) => [
    State,
    IamInstanceProfile?.Arn?.split('/').at(-1),
  ]);
};

describe('what IAM has just written', () => {
  it('reaches EC2 late: first the profile is invalid, then it has no role, then it is there', async () => {
    mock.settings.propagation.iamToEc2Milliseconds = 10_000;
    const iam = new IAMClient(operatorClient(mock));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'fresh' }));
    now += 5000;
    await iam.send(
      new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'fresh', RoleName: 'web-server' }),
    );
    await expect(associate()).rejects.toThrow(
      'Value (fresh) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
    );
    now += 5000;
    await expect(associate()).rejects.toThrow('has no associated IAM Roles');
    now += 5000;
    await expect(associate()).resolves.toMatchObject({
      IamInstanceProfileAssociation: { State: 'associating' },
    });
  });

  it('is named by ARN where the request names it so', async () => {
    const Arn = 'arn:aws:iam::111122223333:instance-profile/absent';
    const command = new AssociateIamInstanceProfileCommand({
      InstanceId: INSTANCE,
      IamInstanceProfile: { Arn },
    });
    await expect(ec2.send(command)).rejects.toThrow(
      `Value (${Arn}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN`,
    );
  });
});

describe('an association', () => {
  it('is listed beside its successor while the swap settles', async () => {
    mock.settings.propagation.associationMilliseconds = 2000;
    const iam = new IAMClient(operatorClient(mock));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'fresh' }));
    await iam.send(
      new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'fresh', RoleName: 'web-server' }),
    );
    const made = await associate('web-server');
    expect(await listed(INSTANCE)).toStrictEqual([['associating', 'web-server']]);
    now += 2000;
    await ec2.send(
      new ReplaceIamInstanceProfileAssociationCommand({
        AssociationId: made.IamInstanceProfileAssociation?.AssociationId,
        IamInstanceProfile: { Name: 'fresh' },
      }),
    );
    expect(await listed(INSTANCE)).toStrictEqual([
      ['disassociating', 'web-server'],
      ['associating', 'fresh'],
    ]);
    now += 2000;
    expect(await listed(INSTANCE)).toStrictEqual([['associated', 'fresh']]);
  });

  it('knows no DryRun', async () => {
    const body = new URLSearchParams({
      Action: 'AssociateIamInstanceProfile',
      Version: '2016-11-15',
      InstanceId: INSTANCE,
      'IamInstanceProfile.Name': 'web-server',
      DryRun: 'true',
    });
    const authorization = `AWS4-HMAC-SHA256 Credential=${mock.settings.operator.accessKeyId}/20260601/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0`;
    const answer = await fetch(mock.url, { method: 'POST', body, headers: { authorization } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>UnknownParameter</Code>');
    expect(await listed(INSTANCE)).toStrictEqual([]);
  });
});

describe('a region', () => {
  it('has its own instances, and all enabled ones are listed', async () => {
    const elsewhere = await startMockAws({
      region: 'us-west-2',
      instances: [{ instanceId: INSTANCE }, { instanceId: 'i-0abc1234def567899', region: 'eu-west-1' }],
    });
    const find = (region: string, id: string) =>
      new EC2Client(operatorClient(elsewhere, { region }))
        .send(new DescribeInstancesCommand({ InstanceIds: [id] }))
        .then(
          () => 'found',
          (error: Error) => error.name,
        );
    expect(await find('us-west-2', INSTANCE)).toBe('found');
    expect(await find('us-east-1', INSTANCE)).toBe('InvalidInstanceID.NotFound');
    expect(await find('eu-west-1', 'i-0abc1234def567899')).toBe('found');
    const regions = await new EC2Client(operatorClient(elsewhere)).send(new DescribeRegionsCommand({}));
    expect(regions.Regions?.map(({ RegionName }) => RegionName)).toContain('eu-west-1');
    await elsewhere.stop();
  });

  it('belongs to a partition, which every ARN shows', async () => {
    const government = await startMockAws({ region: 'us-gov-west-1' });
    const iam = new IAMClient(operatorClient(government));
    const made = await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'fresh' }));
    expect(made.InstanceProfile?.Arn).toBe('arn:aws-us-gov:iam::111122223333:instance-profile/fresh');
    const role = government.state.roles['web-server'];
    expect(role?.attachedPolicies.map(({ arn }) => arn)).toStrictEqual([
      'arn:aws-us-gov:iam::aws:policy/AmazonSSMManagedInstanceCore',
    ]);
    await government.stop();
  });
});
