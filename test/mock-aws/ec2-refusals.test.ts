import {
  AssociateIamInstanceProfileCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DisassociateIamInstanceProfileCommand,
  EC2Client,
  ModifyInstanceMetadataOptionsCommand,
  ReplaceIamInstanceProfileAssociationCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultWorld, type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient, outcomeOf, sendSigned } from '../support/mock-aws.js';

const [free, held, stopped, gone] = [
  'i-0abc1234def567890',
  'i-0abc1234def567891',
  'i-0abc1234def567892',
  'i-0abc1234def567893',
];
let mock: MockAws;
let ec2: EC2Client;

beforeEach(async () => {
  const instances = [
    { instanceId: free },
    { instanceId: held, instanceProfile: 'web-server' },
    { instanceId: stopped, state: 'stopped' as const, instanceProfile: 'web-server' },
    { instanceId: gone, state: 'shutting-down' as const },
  ];
  mock = await startMockAws({ world: defaultWorld(instances) });
  ec2 = new EC2Client(operatorClient(mock));
});
afterEach(async () => {
  ec2.destroy();
  await mock.stop();
});

const associationOf = (instanceId: string): string =>
  Object.values(mock.state.associations).find((one) => one.instanceId === instanceId)?.associationId ?? '';
const IamInstanceProfile = { Name: 'web-server' };

describe('an association is refused', () => {
  it.each([
    ['without an instance', {}, 'MissingParameter: The request must contain the parameter InstanceId'],
    [
      'of an empty instance',
      { InstanceId: '' },
      'MissingParameter: The request must contain the parameter InstanceId',
    ],
    [
      'without a profile',
      { InstanceId: free },
      'MissingParameter: The request must contain the parameter IamInstanceProfile',
    ],
    [
      'for an instance that has one',
      { InstanceId: held, IamInstanceProfile },
      `IncorrectState: There is an existing association for instance ${held}`,
    ],
    [
      'for an instance that goes',
      { InstanceId: gone, IamInstanceProfile },
      `IncorrectInstanceState: The instance '${gone}' is not in the 'running' or 'stopped' states.`,
    ],
    [
      'where name and ARN are of two profiles',
      {
        InstanceId: free,
        IamInstanceProfile: { Name: 'other', Arn: 'arn:aws:iam::111122223333:instance-profile/web-server' },
      },
      'InvalidParameterValue: Value (arn:aws:iam::111122223333:instance-profile/web-server) for parameter ' +
        'iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN',
    ],
  ])('%s', async (_what, input, refusal) => {
    const command = new AssociateIamInstanceProfileCommand({
      InstanceId: undefined,
      IamInstanceProfile: undefined,
      ...input,
    });
    expect(await outcomeOf(ec2.send(command))).toBe(refusal);
  });

  it.each([
    ['without an id', undefined, 'MissingParameter: The request must contain the parameter AssociationId'],
    ['by another kind of id', 'assoc-1', 'InvalidParameterValue: Invalid value for associationId.'],
    [
      'by an unknown id',
      'iip-assoc-0123',
      "InvalidAssociationID.NotFound: An invalid association-id of 'iip-assoc-0123' was given",
    ],
  ])('its end %s', async (_what, AssociationId, refusal) => {
    const end = new DisassociateIamInstanceProfileCommand({ AssociationId });
    expect(await outcomeOf(ec2.send(end))).toBe(refusal);
    const swap = new ReplaceIamInstanceProfileAssociationCommand({ AssociationId, IamInstanceProfile });
    expect(await outcomeOf(ec2.send(swap))).toBe(refusal);
  });

  it('a second end, and one from another region', async () => {
    const AssociationId = associationOf(held);
    const refusal = `InvalidAssociationID.NotFound: An invalid association-id of '${AssociationId}' was given`;
    const elsewhere = new EC2Client(operatorClient(mock, { region: 'eu-west-1' }));
    const end = new DisassociateIamInstanceProfileCommand({ AssociationId });
    expect(await outcomeOf(elsewhere.send(end))).toBe(refusal);
    expect(await outcomeOf(ec2.send(end))).toBe('done');
    expect(await outcomeOf(ec2.send(end))).toBe(refusal);
    elsewhere.destroy();
  });

  it('a swap on an instance that is stopped, and it keeps what it has', async () => {
    const AssociationId = associationOf(stopped);
    const swap = new ReplaceIamInstanceProfileAssociationCommand({ AssociationId, IamInstanceProfile });
    expect(await outcomeOf(ec2.send(swap))).toBe(
      `IncorrectState: The association ${AssociationId} is not the active association`,
    );
    expect(mock.state.associations[AssociationId]?.endedAt).toBeUndefined();
  });
});

describe('metadata options are refused', () => {
  it.each([
    [
      'of an instance that goes',
      gone,
      {},
      `The instance '${gone}' is not in a valid state for this operation.`,
    ],
    [
      'with no hop',
      free,
      { HttpPutResponseHopLimit: 0 },
      'Value (0) for parameter HttpPutResponseHopLimit is invalid.',
    ],
    [
      'with too many hops',
      free,
      { HttpPutResponseHopLimit: 65 },
      'Value (65) for parameter HttpPutResponseHopLimit is invalid.',
    ],
  ])('%s', async (_what, InstanceId, options, message) => {
    const before = structuredClone(mock.state.instances[InstanceId]?.metadataOptions);
    const command = new ModifyInstanceMetadataOptionsCommand({ InstanceId, ...options });
    expect(await outcomeOf(ec2.send(command))).toContain(`: ${message}`);
    expect(mock.state.instances[InstanceId]?.metadataOptions).toStrictEqual(before);
  });

  it.each([
    ['HttpTokens', 'sometimes'],
    ['HttpEndpoint', 'on'],
    ['InstanceMetadataTags', 'yes'],
    ['HttpPutResponseHopLimit', 'two'],
  ])('with %s=%s', async (name, value) => {
    const body = new URLSearchParams({
      Action: 'ModifyInstanceMetadataOptions',
      Version: '2016-11-15',
      InstanceId: free,
      [name]: value,
    });
    const answer = await sendSigned(mock, 'ec2', { body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`Value (${value}) for parameter ${name} is invalid.`);
  });
});

describe('a launch template', () => {
  const create = async (region = 'us-east-1') => {
    const client = new EC2Client(operatorClient(mock, { region }));
    const LaunchTemplateData = { InstanceType: 't3.micro' } as const;
    return client.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: 'app', LaunchTemplateData }));
  };

  it('has a name that no other of its region has', async () => {
    expect(await outcomeOf(create())).toBe('done');
    expect(await outcomeOf(create('eu-west-1'))).toBe('done');
    expect(await outcomeOf(create())).toBe(
      'InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.',
    );
  });

  it('is found by name and by id, and none where neither is known', async () => {
    const id = (await create()).LaunchTemplate?.LaunchTemplateId ?? '';
    const names = async (input: { LaunchTemplateIds?: string[]; LaunchTemplateNames?: string[] }) =>
      (await ec2.send(new DescribeLaunchTemplatesCommand(input))).LaunchTemplates?.map(
        ({ LaunchTemplateName }) => LaunchTemplateName,
      );
    expect(await names({})).toStrictEqual(['app']);
    expect(await names({ LaunchTemplateIds: [id] })).toStrictEqual(['app']);
    expect(await names({ LaunchTemplateNames: ['app'] })).toStrictEqual(['app']);
    expect(await outcomeOf(names({ LaunchTemplateIds: ['lt-0'] }))).toBe(
      'InvalidLaunchTemplateId.NotFound: The specified launch template, with template ID lt-0, does not exist.',
    );
  });

  it('has versions made from nothing or from one that there is', async () => {
    await create();
    const version = async (SourceVersion?: string) =>
      ec2.send(
        new CreateLaunchTemplateVersionCommand({
          LaunchTemplateName: 'app',
          SourceVersion,
          LaunchTemplateData: { ImageId: 'ami-0abcdef1234567890' },
        }),
      );
    const like = (await version('1')).LaunchTemplateVersion?.LaunchTemplateData;
    expect([like?.InstanceType, like?.ImageId]).toStrictEqual(['t3.micro', 'ami-0abcdef1234567890']);
    expect((await version()).LaunchTemplateVersion?.LaunchTemplateData?.InstanceType).toBeUndefined();
    expect((await version('$Latest')).LaunchTemplateVersion?.VersionNumber).toBe(4);
    expect(await outcomeOf(version('9'))).toContain('InvalidLaunchTemplateId.VersionNotFound');
    const listed = async (Versions: string[]) =>
      ec2.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: 'app', Versions }));
    expect(
      (await listed(['$Default', '3'])).LaunchTemplateVersions?.map((one) => one.VersionNumber),
    ).toStrictEqual([3, 1]);
  });
});

describe('the Query protocol of EC2', () => {
  it.each([
    [{ Action: 'RunInstances' }, 'The action RunInstances is not valid for this web service.'],
    [{}, 'The action  is not valid for this web service.'],
  ])('refuses %j', async (parameters, message) => {
    const body = new URLSearchParams({ ...parameters, Version: '2016-11-15' });
    const answer = await sendSigned(mock, 'ec2', { body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`<Code>InvalidAction</Code><Message>${message}</Message>`);
  });
});
