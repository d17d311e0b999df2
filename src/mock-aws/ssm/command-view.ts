import type { CommandInvocation, RunCommand } from './state.js';

type View = Record<string, unknown>;

const statuses: Readonly<Record<CommandInvocation['details'], string>> = {
  Pending: 'Pending',
  'In Progress': 'InProgress',
  Success: 'Success',
  Failed: 'Failed',
  Cancelled: 'Cancelled',
  Terminated: 'Cancelled',
  'Delivery Timed Out': 'TimedOut',
  'Execution Timed Out': 'TimedOut',
};

/** Characters of an output that ListCommandInvocations gives (API reference, CommandPlugin, Output). */
const listedCharacters = 2500;

/** Characters of standard output and of standard error that GetCommandInvocation gives (its API reference). */
const got = { stdout: 24_000, stderr: 8000 };

/** A command as SendCommand shows it. */
export function commandView(command: RunCommand): View {
  const { id, document, comment, parameters, requestedAt, invocations } = command;
  const ended = invocations.filter(({ details }) => details !== 'Pending' && details !== 'In Progress');
  return {
    CommandId: id,
    DocumentName: document,
    Comment: comment,
    Parameters: parameters,
    InstanceIds: invocations.map(({ instanceId }) => instanceId),
    RequestedDateTime: requestedAt / 1000,
    Status: ended.length === invocations.length ? 'Success' : 'Pending',
    TargetCount: invocations.length,
    CompletedCount: ended.length,
  };
}

function outputOf({ stdout, stderr }: CommandInvocation): string {
  const all = stderr === '' ? stdout : `${stdout}\n----------ERROR-------\n${stderr}`;
  if (all.length <= listedCharacters) return all;
  const mark = '\n---Output truncated---';
  return `${all.slice(0, listedCharacters - mark.length)}${mark}`;
}

/** A command on one instance as ListCommandInvocations shows it, its output with `details` only. */
export function listedInvocation(
  { id, document, requestedAt }: RunCommand,
  one: CommandInvocation,
  details: boolean,
): View {
  const status = { Status: statuses[one.details], StatusDetails: one.details };
  const plugin = {
    Name: 'aws:runShellScript',
    ...status,
    ResponseCode: one.exitCode,
    Output: outputOf(one),
  };
  return {
    CommandId: id,
    InstanceId: one.instanceId,
    DocumentName: document,
    RequestedDateTime: requestedAt / 1000,
    ...status,
    ...(details ? { CommandPlugins: [plugin] } : {}),
  };
}

/** A command on one instance as GetCommandInvocation shows it. */
export function commandInvocation(command: RunCommand, one: CommandInvocation): View {
  return {
    CommandId: command.id,
    InstanceId: one.instanceId,
    DocumentName: command.document,
    PluginName: 'aws:runShellScript',
    ResponseCode: one.exitCode,
    Status: statuses[one.details],
    StatusDetails: one.details,
    StandardOutputContent: one.stdout.slice(0, got.stdout),
    StandardErrorContent: one.stderr.slice(0, got.stderr),
  };
}
