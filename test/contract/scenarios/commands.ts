import {
  CreateAssociationCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
} from '@aws-sdk/client-ssm';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from '../account.js';
import type { Scenario } from '../scenario.js';
import { outcome } from '../scenario.js';

const script = { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['true'] } };

async function sent({ ssm }: Account, InstanceIds: string[]): Promise<string> {
  const { Command } = await ssm.send(new SendCommandCommand({ ...script, InstanceIds }));
  return Command?.CommandId ?? '';
}

/** Run Command and State Manager of Systems Manager. */
export const commandScenarios: readonly Scenario[] = [
  {
    id: 'command-sent',
    run: async (account) => {
      const InstanceIds = [await account.managed()];
      return outcome(account.ssm.send(new SendCommandCommand({ ...script, InstanceIds })), ({ Command }) => [
        Command?.DocumentName,
        // Moto names every instance that it has.
        InstanceIds.every((id) => Command?.InstanceIds?.includes(id)),
        Command?.Parameters,
      ]);
    },
    expected: ['AWS-RunShellScript', true, { commands: ['true'] }],
  },
  {
    id: 'command-pending-at-first',
    run: async (account) => {
      const InstanceIds = [await account.managed()];
      return outcome(
        account.ssm.send(new SendCommandCommand({ ...script, InstanceIds })),
        ({ Command }) => Command?.Status,
      );
    },
    expected: 'Pending',
  },
  {
    id: 'command-done',
    run: async (account) => {
      const InstanceId = await account.managed();
      const CommandId = await sent(account, [InstanceId]);
      await pause(50);
      return outcome(
        account.ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId })),
        ({ Status, StatusDetails, ResponseCode, StandardOutputContent, PluginName }) => [
          Status,
          StatusDetails,
          ResponseCode,
          StandardOutputContent,
          PluginName,
        ],
      );
    },
    expected: ['Success', 'Success', 0, '', 'aws:runShellScript'],
  },
  {
    id: 'command-invocations-listed',
    run: async (account) => {
      const CommandId = await sent(account, [await account.managed()]);
      await pause(50);
      return outcome(
        account.ssm.send(new ListCommandInvocationsCommand({ CommandId })),
        ({ CommandInvocations = [] }) => CommandInvocations.map(({ Status }) => Status),
      );
    },
    expected: ['Success'],
  },
  {
    id: 'command-for-an-unmanaged-instance',
    run: async (account) => {
      const InstanceIds = [await account.instance('running')];
      return outcome(account.ssm.send(new SendCommandCommand({ ...script, InstanceIds })));
    },
    expected: {
      code: 'InvalidInstanceId',
      status: 400,
      message: 'Instances [[INSTANCE]] not in a valid state for account 123456789012',
    },
  },
  {
    id: 'command-for-too-many-instances',
    run: async (account) => {
      const id = await account.managed();
      const InstanceIds = Array.from({ length: 51 }, () => id);
      const refused = outcome(account.ssm.send(new SendCommandCommand({ ...script, InstanceIds })));
      return (await refused) === 'ok' ? 'ok' : 'refused';
    },
    expected: 'refused',
  },
  {
    id: 'managed-instances-listed',
    run: async (account) => {
      const Filters = [{ Key: 'InstanceIds', Values: [await account.managed()] }];
      return outcome(
        account.ssm.send(new DescribeInstanceInformationCommand({ Filters })),
        ({ InstanceInformationList = [] }) => InstanceInformationList.map(({ PingStatus }) => PingStatus),
      );
    },
    expected: ['Online'],
  },
  {
    id: 'state-association-made',
    run: async (account) =>
      outcome(
        account.ssm.send(
          new CreateAssociationCommand({
            Name: script.DocumentName,
            AssociationName: account.name,
            Targets: [{ Key: 'tag:team', Values: ['ai'] }],
            Parameters: script.Parameters,
          }),
        ),
        ({ AssociationDescription: made }) => [made?.AssociationName, made?.Targets],
      ),
    expected: ['NAME', [{ Key: 'tag:team', Values: ['ai'] }]],
  },
];
