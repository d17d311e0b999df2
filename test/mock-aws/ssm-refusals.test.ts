import {
  type AssociationFilter,
  CancelCommandCommand,
  CreateAssociationCommand,
  type CreateAssociationCommandInput,
  DescribeAssociationCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListAssociationsCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
  SSMClient,
  UpdateAssociationCommand,
} from '@aws-sdk/client-ssm';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MockAws, startMockAws } from '../../src/mock-aws/index.js';
import { operatorClient, outcomeOf, sendSigned } from '../support/mock-aws.js';

const managed = 'i-0abc1234def567893';
let mock: MockAws;
let ssm: SSMClient;

beforeEach(async () => {
  mock = await startMockAws({ agents: { [managed]: {} } });
  ssm = new SSMClient(operatorClient(mock));
});
afterEach(async () => {
  ssm.destroy();
  await mock.stop();
});

const raw = async (operation: string, body: string) =>
  sendSigned(mock, 'ssm', { body, headers: { 'x-amz-target': `AmazonSSM.${operation}` } });

describe('the JSON protocol', () => {
  it.each([
    ['what is no JSON', '{', 'SerializationException'],
    ['a list', '[]', 'SerializationException'],
    ['null', 'null', 'SerializationException'],
  ])('refuses %s', async (_what, body, type) => {
    const answer = await raw('ListAssociations', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: type });
  });

  it('takes no body for an empty one', async () => {
    expect(await (await raw('ListAssociations', '')).json()).toStrictEqual({ Associations: [] });
  });

  it('refuses an operation that there is not', async () => {
    for (const operation of ['StartSession', 'constructor', ''])
      expect(await (await raw(operation, '{}')).json()).toMatchObject({
        __type: 'UnknownOperationException',
      });
    expect(mock.calls.map(({ operation }) => operation)).toStrictEqual(['StartSession', 'constructor', '']);
  });

  it.each([
    ['ListAssociations', { MaxResults: 0 }, 'ValidationException'],
    ['ListAssociations', { MaxResults: 1.5 }, 'ValidationException'],
    ['ListAssociations', { MaxResults: '5' }, 'ValidationException'],
    ['ListAssociations', { NextToken: 5 }, 'InvalidNextToken'],
    ['DescribeInstanceInformation', { Filters: 'all' }, 'InvalidInstanceInformationFilterValue'],
    ['SendCommand', { DocumentName: 5 }, 'ValidationException'],
    ['SendCommand', { DocumentName: 'AWS-RunShellScript', Parameters: 'x' }, 'InvalidParameters'],
    ['SendCommand', { DocumentName: 'AWS-RunShellScript', Parameters: null }, 'InvalidParameters'],
  ])('refuses %s %j', async (operation, input, type) => {
    const answer = await raw(operation, JSON.stringify(input));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: type });
  });
});

describe('the list of instances', () => {
  const list = async (...Filters: { Key: string; Values: string[] | undefined }[]) => {
    const input = { Filters: Filters.map(({ Key, Values }) => ({ Key, Values })) };
    const { InstanceInformationList: found = [] } = await ssm.send(
      new DescribeInstanceInformationCommand(input),
    );
    return found.map(({ PlatformName }) => PlatformName);
  };

  it.each([
    ['PingStatus', ['Online'], ['Amazon Linux']],
    ['PingStatus', ['ConnectionLost', 'Inactive'], []],
    ['InstanceIds', [managed], ['Amazon Linux']],
    ['InstanceIds', undefined, []],
  ])('is filtered by %s %j', async (Key, Values, expected) => {
    expect(await list({ Key, Values })).toStrictEqual(expected);
  });

  it('refuses another filter', async () => {
    expect(await outcomeOf(list({ Key: 'Colour', Values: ['red'] }))).toBe(
      'InvalidFilterKey: The specified key is not valid: Colour',
    );
  });

  it.each([
    ['Windows', 'Microsoft Windows Server'],
    ['MacOS', 'macOS'],
  ] as const)('names the system of %s', async (platform, name) => {
    mock.settings.agents[managed] = { platform, version: '1.0' };
    expect(await list()).toStrictEqual([name]);
  });
});

describe('a command', () => {
  const send = async (input: Partial<SendCommandCommandInput>) => {
    const command = { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['true'] }, ...input };
    return (await ssm.send(new SendCommandCommand(command))).Command;
  };

  it.each([
    ['a document without a name', { DocumentName: '' }, 'ValidationException: DocumentName must be a text'],
    ['no script', { Parameters: {} }, 'InvalidParameters: Parameter "commands" requires a value.'],
    ['too short a time', { TimeoutSeconds: 29 }, 'ValidationException: not a number of seconds: 29'],
    [
      'too long a time',
      { TimeoutSeconds: 2_592_001 },
      'ValidationException: not a number of seconds: 2592001',
    ],
    [
      'a time that is no number',
      { Parameters: { commands: ['true'], executionTimeout: ['soon'] } },
      'ValidationException: not a number of seconds: soon',
    ],
    ['no share', { MaxConcurrency: 'half' }, 'ValidationException: not a number or percentage: half'],
    ['no number of errors', { MaxErrors: '-1' }, 'ValidationException: not a number or percentage: -1'],
  ])('is refused with %s', async (_what, input, refusal) => {
    expect(await outcomeOf(send({ InstanceIds: [managed], ...input }))).toBe(refusal);
    expect(mock.state.commands).toStrictEqual({});
  });

  it('has limits as numbers or as percentages, one at once at least', async () => {
    const limits = async (input: Partial<SendCommandCommandInput>) => {
      const id = (await send({ InstanceIds: [managed], ...input }))?.CommandId ?? '';
      const { maxConcurrency, maxErrors } = mock.state.commands[id] ?? {};
      return [maxConcurrency, maxErrors];
    };
    expect(await limits({})).toStrictEqual([50, 0]);
    expect(await limits({ MaxConcurrency: '7', MaxErrors: '3' })).toStrictEqual([7, 3]);
    expect(await limits({ MaxConcurrency: '10%', MaxErrors: '100%' })).toStrictEqual([1, 1]);
  });

  it('reaches nobody by targets that nobody meets, and has its comment', async () => {
    const Targets = [
      { Key: 'tag:team', Values: ['ai'] },
      { Key: 'InstanceIds', Values: [managed] },
    ];
    const none = await send({ Targets, Comment: 'c' });
    expect([none?.TargetCount, none?.Comment]).toStrictEqual([0, 'c']);
    const one = await send({ Targets: Targets.slice(1) });
    expect([one?.TargetCount, one?.Comment]).toStrictEqual([1, '']);
    expect((await send({}))?.TargetCount).toBe(0);
  });

  it('that is not known, or of another region, is refused', async () => {
    const CommandId = (await send({ InstanceIds: [managed] }))?.CommandId ?? '';
    const refusal = 'InvalidCommandId: Invalid command id.';
    const elsewhere = new SSMClient(operatorClient(mock, { region: 'eu-west-1' }));
    expect(await outcomeOf(elsewhere.send(new CancelCommandCommand({ CommandId })))).toBe(refusal);
    elsewhere.destroy();
    const other = '11111111-2222-3333-4444-555555555555';
    expect(await outcomeOf(ssm.send(new CancelCommandCommand({ CommandId: other })))).toBe(refusal);
    expect(await outcomeOf(ssm.send(new ListCommandInvocationsCommand({})))).toBe(
      'ValidationException: CommandId must be a text',
    );
    const invocation = new GetCommandInvocationCommand({ CommandId, InstanceId: 'i-0abc1234def567890' });
    expect(await outcomeOf(ssm.send(invocation))).toContain('InvocationDoesNotExist');
  });

  it('is listed for one instance, without its output unless asked', async () => {
    const CommandId = (await send({ InstanceIds: [managed] }))?.CommandId;
    await pause(20);
    const list = async (input: object) =>
      (await ssm.send(new ListCommandInvocationsCommand({ CommandId, ...input }))).CommandInvocations;
    expect(await list({ InstanceId: 'i-0abc1234def567890' })).toStrictEqual([]);
    const [bare] = (await list({ InstanceId: managed })) ?? [];
    expect([bare?.Status, bare?.CommandPlugins ?? []]).toStrictEqual(['Success', []]);
  });

  it('is cancelled on the instances that are named, and what has ended stays', async () => {
    const CommandId = (await send({ InstanceIds: [managed] }))?.CommandId;
    await pause(20);
    await ssm.send(new CancelCommandCommand({ CommandId, InstanceIds: ['i-0abc1234def567890'] }));
    await ssm.send(new CancelCommandCommand({ CommandId }));
    const { CommandInvocations: [one] = [] } = await ssm.send(
      new ListCommandInvocationsCommand({ CommandId }),
    );
    expect(one?.StatusDetails).toBe('Success');
  });

  it('fails where its agent breaks, with what broke', async () => {
    mock.settings.agents[managed] = { run: () => Promise.reject(new Error('no shell')) };
    const CommandId = (await send({ InstanceIds: [managed] }))?.CommandId;
    await pause(20);
    const found = await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId: managed }));
    expect([found.StatusDetails, found.StandardErrorContent]).toStrictEqual(['Failed', 'Error: no shell']);
  });
});

describe('an association', () => {
  const Targets = [{ Key: 'tag:team', Values: ['ai'] }];
  const create = async (input: Partial<CreateAssociationCommandInput>) => {
    const command = new CreateAssociationCommand({ Name: 'AWS-RunShellScript', Targets, ...input });
    return (await ssm.send(command)).AssociationDescription;
  };

  it.each([
    ['without a document', { Name: undefined }, 'ValidationException: Name must be a text'],
    ['for a document of nobody', { Name: 'Mine' }, 'InvalidDocument: InvalidDocument'],
    [
      'under a name that is none',
      { AssociationName: 'a b' },
      "ValidationException: Value 'a b' at 'associationName' is not valid",
    ],
  ])('%s is refused', async (_what, input, refusal) => {
    expect((await outcomeOf(create(input))).replace(/: (?:UnknownError)?$/u, ': InvalidDocument')).toBe(
      refusal,
    );
    expect(mock.state.stateAssociations).toStrictEqual([]);
  });

  it('for the same document and targets needs a name', async () => {
    expect(await outcomeOf(create({}))).toBe('done');
    expect(await outcomeOf(create({}))).toContain('AssociationAlreadyExists');
    expect(await outcomeOf(create({ AssociationName: 'second' }))).toBe('done');
    expect(await outcomeOf(create({ Targets: [{ Key: 'tag:team', Values: ['db'] }] }))).toBe('done');
    expect(await outcomeOf(create({ Name: 'AWS-RunPatchBaseline' }))).toBe('done');
  });

  it('may have nothing but its document', async () => {
    const made = await create({ Targets: undefined });
    expect(made).toMatchObject({ Name: 'AWS-RunShellScript', Targets: [], Parameters: {} });
    expect([made?.AssociationName, made?.MaxErrors, made?.MaxConcurrency]).toStrictEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is found by name and by document', async () => {
    await create({ AssociationName: 'mine' });
    await create({ Name: 'AWS-RunPatchBaseline' });
    const names = async (...AssociationFilterList: AssociationFilter[]) => {
      const answer = await ssm.send(new ListAssociationsCommand({ AssociationFilterList }));
      return answer.Associations?.map(({ Name }) => Name);
    };
    const shell = { key: 'Name', value: 'AWS-RunShellScript' } as const;
    expect(await names()).toHaveLength(2);
    expect(await names(shell)).toStrictEqual(['AWS-RunShellScript']);
    expect(await names(shell, { key: 'AssociationName', value: 'other' })).toStrictEqual([]);
    expect(await outcomeOf(names({ key: 'InstanceId', value: managed }))).toBe(
      'ValidationException: the embedded AWS does not filter by InstanceId',
    );
  });

  it('is changed in what is given', async () => {
    const made = await create({ Parameters: { commands: ['a'] }, MaxErrors: '1', MaxConcurrency: '1' });
    const AssociationId = made?.AssociationId;
    const update = async (input: object) => {
      await ssm.send(new UpdateAssociationCommand({ AssociationId, ...input }));
      const found = await ssm.send(new DescribeAssociationCommand({ AssociationId }));
      const { Parameters, Targets: targets, MaxErrors, MaxConcurrency } = found.AssociationDescription ?? {};
      return { Parameters, Targets: targets, MaxErrors, MaxConcurrency };
    };
    const before = { Parameters: { commands: ['a'] }, Targets, MaxErrors: '1', MaxConcurrency: '1' };
    expect(await update({})).toStrictEqual(before);
    const after = {
      Parameters: { commands: ['b', 'c'] },
      Targets: [{ Key: 'InstanceIds', Values: [managed] }],
      MaxErrors: '10%',
      MaxConcurrency: '20%',
    };
    expect(await update(after)).toStrictEqual(after);
  });

  it('of another region is not there', async () => {
    const AssociationId = (await create({}))?.AssociationId;
    const elsewhere = new SSMClient(operatorClient(mock, { region: 'eu-west-1' }));
    expect(await outcomeOf(elsewhere.send(new DescribeAssociationCommand({ AssociationId })))).toContain(
      'AssociationDoesNotExist',
    );
    elsewhere.destroy();
  });
});
