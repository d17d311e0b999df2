import {
  CancelCommandCommand,
  CreateAssociationCommand,
  DeleteAssociationCommand,
  DescribeAssociationCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListAssociationsCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Agent, defaultWorld, type MockAws, type MockAwsOptions } from '../../src/mock-aws/index.js';
import { operatorClient, withMockAws } from '../support/mock-aws.js';

const managed = 'i-0abc1234def567893';
const other = 'i-0abc1234def567890';

type Names = Record<string, Agent>;

async function withSsm(
  agents: Names,
  use: (ssm: SSMClient, mock: MockAws) => Promise<void>,
  options: MockAwsOptions = {},
): Promise<void> {
  await withMockAws({ agents, ...options }, async (mock) => use(new SSMClient(operatorClient(mock)), mock));
}

function fleet(size: number): { ids: string[]; options: MockAwsOptions; agents: Names } {
  const ids = Array.from({ length: size }, (_, index) => `i-${index.toString(16).padStart(17, '0')}`);
  const instances = ids.map((instanceId) => ({ instanceId, instanceProfile: 'web-server' }));
  return {
    ids,
    options: { world: defaultWorld(instances) },
    agents: Object.fromEntries(ids.map((id) => [id, {}])),
  };
}

async function sent(ssm: SSMClient, input: Partial<SendCommandCommandInput>): Promise<string> {
  const command = { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['true'] }, ...input };
  return (await ssm.send(new SendCommandCommand(command))).Command?.CommandId ?? '';
}

async function statusesOf(ssm: SSMClient, CommandId: string): Promise<(string | undefined)[]> {
  await pause(50);
  const { CommandInvocations = [] } = await ssm.send(new ListCommandInvocationsCommand({ CommandId }));
  return CommandInvocations.map(({ StatusDetails }) => StatusDetails);
}

describe('who is managed', () => {
  const ask = new DescribeInstanceInformationCommand({});

  it('is an instance with an agent, running, whose role lets it', async () => {
    await withSsm({ [managed]: {}, [other]: {} }, async (ssm, mock) => {
      const first = await ssm.send(ask);
      expect(first.InstanceInformationList).toMatchObject([
        { InstanceId: managed, PingStatus: 'Online', PlatformType: 'Linux', ResourceType: 'EC2Instance' },
      ]);
      const role = mock.state.roles['web-server'];
      if (role !== undefined) role.attachedPolicies = [];
      const lost = await ssm.send(ask);
      expect(lost.InstanceInformationList?.map(({ PingStatus }) => PingStatus)).toEqual(['ConnectionLost']);
    });
  });

  it('registers some time after its role allows it', async () => {
    let now = Date.now();
    const options = { now: () => now, propagation: { agentMilliseconds: 90_000 } };
    await withSsm(
      { [managed]: {} },
      async (ssm, mock) => {
        const role = mock.state.roles['web-server'];
        if (role !== undefined)
          role.attachedPolicies = role.attachedPolicies.map((one) => ({ ...one, attachedAt: now }));
        expect((await ssm.send(ask)).InstanceInformationList).toEqual([]);
        now += 90_001;
        expect((await ssm.send(ask)).InstanceInformationList).toHaveLength(1);
      },
      options,
    );
  });

  it('comes in pages of 5 to 50, and can be filtered', async () => {
    const { options, agents, ids } = fleet(60);
    await withSsm(
      agents,
      async (ssm) => {
        const first = await ssm.send(ask);
        expect(first.InstanceInformationList).toHaveLength(50);
        const next = await ssm.send(new DescribeInstanceInformationCommand({ NextToken: first.NextToken }));
        expect([next.InstanceInformationList?.length, next.NextToken]).toEqual([10, undefined]);
        const Filters = [{ Key: 'InstanceIds', Values: ids.slice(0, 3) }];
        const some = await ssm.send(new DescribeInstanceInformationCommand({ Filters }));
        expect(some.InstanceInformationList).toHaveLength(3);
        const wrong = new DescribeInstanceInformationCommand({ MaxResults: 4 });
        await expect(ssm.send(wrong)).rejects.toMatchObject({ name: 'ValidationException' });
      },
      options,
    );
  });
});

describe('a command', () => {
  it('is refused for an instance that is not managed, for too many and for another document', async () => {
    await withSsm({ [managed]: {} }, async (ssm) => {
      await expect(sent(ssm, { InstanceIds: [managed, other] })).rejects.toMatchObject({
        name: 'InvalidInstanceId',
        message: `Instances [[${other}]] not in a valid state for account 111122223333`,
      });
      const many = Array.from({ length: 51 }, () => managed);
      await expect(sent(ssm, { InstanceIds: many })).rejects.toMatchObject({ name: 'ValidationException' });
      const wrong = sent(ssm, { InstanceIds: [managed], DocumentName: 'Mine' });
      await expect(wrong).rejects.toMatchObject({ name: 'InvalidDocument' });
    });
  });

  it('runs on the instance, is seen a moment later, and its output is cut', async () => {
    const ran: string[] = [];
    const agent: Agent = {
      run: ({ script }) => {
        ran.push(script);
        return Promise.resolve({ exitCode: 3, stdout: 'o'.repeat(30_000), stderr: 'e'.repeat(9000) });
      },
    };
    let now = Date.now();
    const options = { now: () => now, propagation: { commandMilliseconds: 2000 } };
    await withSsm(
      { [managed]: agent },
      async (ssm) => {
        const CommandId = await sent(ssm, { InstanceIds: [managed], Parameters: { commands: ['a', 'b'] } });
        const get = new GetCommandInvocationCommand({ CommandId, InstanceId: managed });
        await expect(ssm.send(get)).rejects.toMatchObject({ name: 'InvocationDoesNotExist' });
        expect(await statusesOf(ssm, CommandId)).toEqual([]);
        now += 2000;
        expect(await statusesOf(ssm, CommandId)).toEqual(['Failed']);
        const whole = await ssm.send(get);
        expect([whole.StandardOutputContent?.length, whole.StandardErrorContent?.length]).toEqual([
          24_000, 8000,
        ]);
        const list = await ssm.send(new ListCommandInvocationsCommand({ CommandId, Details: true }));
        const [plugin] = list.CommandInvocations?.[0]?.CommandPlugins ?? [];
        expect([plugin?.Output?.length, plugin?.ResponseCode]).toEqual([2500, 3]);
        expect(ran).toEqual(['a\nb']);
      },
      options,
    );
  });

  it('runs on no more instances at once than it may, and on none once too many have failed', async () => {
    const { ids, options, agents } = fleet(6);
    let atOnce = 0;
    let most = 0;
    const agent: Agent = {
      run: async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await pause(20);
        atOnce -= 1;
        return { exitCode: 1, stdout: '', stderr: '' };
      },
    };
    await withSsm(
      agents,
      async (ssm, mock) => {
        for (const id of ids) mock.settings.agents[id] = agent;
        const id = await sent(ssm, { InstanceIds: ids, MaxConcurrency: '2', MaxErrors: '0' });
        await pause(150);
        expect(await statusesOf(ssm, id)).toEqual(['Failed', 'Failed', ...Array(4).fill('Terminated')]);
        expect(most).toBe(2);
      },
      options,
    );
  });

  it('times out: on the way to an agent that is offline, and on one that never answers', async () => {
    const { ids, options } = fleet(3);
    const [lost = '', silent = '', dying = ''] = ids;
    let now = Date.now();
    const agents: Names = {
      [lost]: { fault: 'offline' },
      [silent]: { fault: 'silent' },
      [dying]: { fault: 'dies' },
    };
    await withSsm(
      agents,
      async (ssm) => {
        const Parameters = { commands: ['true'], executionTimeout: ['60'] };
        const id = await sent(ssm, { InstanceIds: ids, TimeoutSeconds: 30, Parameters });
        expect(await statusesOf(ssm, id)).toEqual(['Pending', 'In Progress', 'In Progress']);
        now += 31_000;
        expect(await statusesOf(ssm, id)).toEqual(['Delivery Timed Out', 'In Progress', 'In Progress']);
        now += 31_000;
        expect(await statusesOf(ssm, id)).toEqual([
          'Delivery Timed Out',
          'Execution Timed Out',
          'Execution Timed Out',
        ]);
        const known = await ssm.send(new DescribeInstanceInformationCommand({}));
        const pings = known.InstanceInformationList?.map(({ PingStatus }) => PingStatus);
        expect(pings).toEqual(['ConnectionLost', 'Online', 'ConnectionLost']);
      },
      { ...options, now: () => now },
    );
  });

  it('can be cancelled, which ends what runs', async () => {
    let ended = false;
    const agent: Agent = {
      run: async ({ signal }) => {
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
        });
        ended = true;
        return { exitCode: 0, stdout: '', stderr: '' };
      },
    };
    await withSsm({ [managed]: agent }, async (ssm) => {
      const CommandId = await sent(ssm, { InstanceIds: [managed] });
      await pause(20);
      await ssm.send(new CancelCommandCommand({ CommandId }));
      expect(await statusesOf(ssm, CommandId)).toEqual(['Cancelled']);
      expect(ended).toBe(true);
    });
  });

  it('reaches instances by their tags', async () => {
    const { ids, options, agents } = fleet(2);
    await withSsm(
      agents,
      async (ssm, mock) => {
        const [first] = Object.values(mock.state.instances);
        if (first !== undefined) first.tags['team'] = 'ai';
        const id = await sent(ssm, { Targets: [{ Key: 'tag:team', Values: ['ai'] }] });
        expect(mock.state.commands[id]?.invocations.map(({ instanceId }) => instanceId)).toEqual([ids[0]]);
      },
      options,
    );
  });
});

describe('an association', () => {
  it('is made, found, described and deleted', async () => {
    await withSsm({}, async (ssm, mock) => {
      const made = await ssm.send(
        new CreateAssociationCommand({
          Name: 'AWS-RunShellScript',
          AssociationName: 'mine',
          Targets: [{ Key: 'tag:team', Values: ['ai'] }],
          Parameters: { commands: ['true'] },
          MaxErrors: '10%',
        }),
      );
      const AssociationId = made.AssociationDescription?.AssociationId;
      const AssociationFilterList = [{ key: 'AssociationName', value: 'mine' } as const];
      const list = await ssm.send(new ListAssociationsCommand({ AssociationFilterList }));
      expect(list.Associations?.map((one) => one.AssociationId)).toEqual([AssociationId]);
      const { AssociationDescription: told } = await ssm.send(
        new DescribeAssociationCommand({ AssociationId }),
      );
      expect(told).toMatchObject({ Parameters: { commands: ['true'] }, MaxErrors: '10%' });
      await ssm.send(new DeleteAssociationCommand({ AssociationId }));
      expect(mock.state.stateAssociations).toEqual([]);
      const gone = ssm.send(new DeleteAssociationCommand({ AssociationId }));
      await expect(gone).rejects.toMatchObject({ name: 'AssociationDoesNotExist' });
    });
  });
});
