import type { CommandInvocation, InstanceInformation, SSMClientConfig } from '@aws-sdk/client-ssm';
import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { hasCode } from '../../core/failure/aws-error.js';
import { retryTransient } from '../../core/timing/wait.js';
import type {
  Invocation,
  InvocationStatus,
  ManagedNode,
  ScriptToSend,
  SystemsManagerWriter,
} from '../../ports/systems-manager.js';
import { systemClock } from '../clock.js';
import { orNull } from './absent.js';
import { clockCorrected } from './clock-corrected.js';
import type { Guard } from './middleware.js';
import { chunks } from '../../core/fleet/pool.js';
import { allPages } from './pages.js';

/** The largest page of DescribeInstanceInformation and of ListCommandInvocations (Systems Manager API reference). */
const pageSize = 50;

/** Milliseconds for which a command that is refused for too many calls is tried again. */
const throttledMilliseconds = 60_000;

function nodeOf(found: InstanceInformation): ManagedNode {
  const { InstanceId: instanceId = '', PingStatus, LastPingDateTime: seen, PlatformType } = found;
  return {
    instanceId,
    online: PingStatus === 'Online',
    lastSeen: seen?.toISOString() ?? null,
    platform: PlatformType ?? null,
  };
}

/** Its own words with and without spaces, as the guide and the API write them (user guide, Understanding command statuses). */
const statuses: Readonly<Record<string, InvocationStatus>> = {
  success: 'success',
  failed: 'failed',
  cancelled: 'cancelled',
  terminated: 'stopped',
  undeliverable: 'undelivered',
  deliverytimedout: 'undelivered',
  executiontimedout: 'timed-out',
  timedout: 'timed-out',
};

function invocationOf(found: CommandInvocation): Invocation {
  const {
    InstanceId: instanceId = '',
    Status = '',
    StatusDetails = '',
    CommandPlugins: plugins = [],
  } = found;
  const fold = (words: string): string => words.replaceAll(/\s/gu, '').toLowerCase();
  const status = statuses[fold(StatusDetails)] ?? statuses[fold(Status)] ?? 'open';
  return { instanceId, status, output: plugins.map(({ Output = '' }) => Output).join('\n') };
}

async function managedNodes(
  client: SSMClient,
  instanceIds: readonly string[],
): Promise<readonly ManagedNode[]> {
  return allPages(async (token) => {
    const Filters = [{ Key: 'InstanceIds', Values: [...instanceIds] }];
    const page = await client.send(
      new DescribeInstanceInformationCommand({ Filters, MaxResults: pageSize, NextToken: token }),
    );
    return { items: (page.InstanceInformationList ?? []).map(nodeOf), next: page.NextToken };
  });
}

async function invocations(client: SSMClient, CommandId: string): Promise<readonly Invocation[]> {
  return allPages(async (token) => {
    const page = await client.send(
      new ListCommandInvocationsCommand({ CommandId, Details: true, MaxResults: pageSize, NextToken: token }),
    );
    return { items: (page.CommandInvocations ?? []).map(invocationOf), next: page.NextToken };
  });
}

function commandFor(sent: ScriptToSend): SendCommandCommand {
  return new SendCommandCommand({
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [...sent.instanceIds],
    Comment: sent.comment,
    TimeoutSeconds: sent.deliverySeconds,
    Parameters: {
      commands: sent.script.split('\n'),
      executionTimeout: [String(sent.executionSeconds)],
    },
    MaxConcurrency: String(sent.maxConcurrency),
    MaxErrors: String(sent.maxErrors),
  });
}

/** Run Command through the SDK. Errors are the SDK's own. */
export function openSystemsManager(settings: SSMClientConfig, guard: Guard): SystemsManagerWriter {
  const client = new SSMClient(settings);
  // A command that may have arrived must not be sent a second time: the SDK would do so after a broken connection.
  const once = new SSMClient({ ...settings, maxAttempts: 1 });
  guard(client);
  guard(once);
  return {
    async describeManaged(instanceIds) {
      const found: ManagedNode[] = [];
      for (const some of chunks(instanceIds, pageSize)) found.push(...(await managedNodes(client, some)));
      return found;
    },
    listInvocations: async (commandId) => invocations(client, commandId),
    invocationOutput: async (CommandId, InstanceId) =>
      orNull(async () => {
        const found = await client.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
        return found.StandardOutputContent ?? '';
      }, 'InvocationDoesNotExist'),
    async sendScript(sent) {
      const command = commandFor(sent);
      const answer = await retryTransient(
        async () => clockCorrected(async () => once.send(command)),
        (error) => hasCode(error, 'Throttling'),
        { clock: systemClock, boundMilliseconds: throttledMilliseconds },
      );
      return answer.Command?.CommandId ?? '';
    },
    async cancelCommand(CommandId) {
      await client.send(new CancelCommandCommand({ CommandId }));
    },
  };
}
