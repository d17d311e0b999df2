import { AwsError } from '../errors.js';
import type { JsonInput } from '../json/json-service.js';
import { pageOf } from '../json/paging.js';
import type { Context } from '../service.js';
import type { CommandInvocation, RunCommand } from '../state.js';
import { parametersOf, shareOf, targetsOf, textOf, textsOf } from './input.js';
import { managedInstance } from './managed.js';
import { advance, cancel } from './run.js';

type Answer = Record<string, unknown>;

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

/** InstanceIds of one call (API reference, SendCommand). */
const mostInstances = 50;

function refuseUnmanaged(instanceIds: readonly string[], context: Context): void {
  const { state, settings, region } = context;
  const wrong = instanceIds.filter((id) => {
    const instance = state.instances[id];
    return instance?.region !== region || managedInstance(context, instance) === undefined;
  });
  if (wrong.length === 0) return;
  const words = `Instances [[${wrong.join(', ')}]] not in a valid state for account ${settings.account}`;
  throw new AwsError('InvalidInstanceId', words);
}

function targeted(input: JsonInput, { state, region }: Context): readonly string[] {
  const targets = targetsOf(input['Targets']);
  if (targets.length === 0) return [];
  return Object.values(state.instances)
    .filter((instance) => instance.region === region && instance.state === 'running')
    .filter(({ instanceId, tags }) =>
      targets.every(({ key, values }) =>
        key === 'InstanceIds' ? values.includes(instanceId) : values.includes(tags[key.slice(4)] ?? ''),
      ),
    )
    .map(({ instanceId }) => instanceId);
}

function secondsOf(value: unknown, otherwise: number, least: number): number {
  const seconds = value === undefined ? otherwise : Number(value);
  if (Number.isInteger(seconds) && seconds >= least && seconds <= 2_592_000) return seconds;
  throw new AwsError('ValidationException', `not a number of seconds: ${String(value)}`);
}

function commandFrom(input: JsonInput, context: Context): RunCommand {
  const document = textOf(input['DocumentName'], 'DocumentName');
  if (document !== 'AWS-RunShellScript') throw new AwsError('InvalidDocument', '');
  const named = textsOf(input['InstanceIds']);
  if (named.length > mostInstances) {
    const words = `1 validation error detected: Value at 'instanceIds' failed to satisfy constraint: Member must have length less than or equal to ${mostInstances}`;
    throw new AwsError('ValidationException', words);
  }
  refuseUnmanaged(named, context);
  const parameters = parametersOf(input['Parameters']);
  if (parameters['commands'] === undefined)
    throw new AwsError('InvalidParameters', 'Parameter "commands" requires a value.');
  const instanceIds = named.length > 0 ? named : targeted(input, context);
  return {
    id: context.ids.request(),
    region: context.region,
    document,
    comment: typeof input['Comment'] === 'string' ? input['Comment'] : '',
    parameters,
    requestedAt: context.now(),
    timeoutSeconds: secondsOf(input['TimeoutSeconds'], 3600, 30),
    executionSeconds: secondsOf(parameters['executionTimeout']?.[0], 3600, 1),
    maxConcurrency: Math.max(1, shareOf(input['MaxConcurrency'], instanceIds.length, '50')),
    maxErrors: shareOf(input['MaxErrors'], instanceIds.length, '0'),
    invocations: [...new Set(instanceIds)].map((instanceId) => ({
      instanceId,
      details: 'Pending',
      exitCode: -1,
      stdout: '',
      stderr: '',
    })),
  };
}

function commandView(command: RunCommand): Answer {
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

/** Hands the command out at once; the answer shows it as it was before. */
export function sendCommand(input: JsonInput, context: Context): Answer {
  const command = commandFrom(input, context);
  context.state.commands[command.id] = command;
  const view = commandView(command);
  advance(context, command);
  return { Command: view };
}

/** A command of this region, moved on to now. Throws AwsError for an unknown one. */
function find(input: JsonInput, context: Context): RunCommand {
  const command = context.state.commands[textOf(input['CommandId'], 'CommandId')];
  if (command === undefined || command.region !== context.region)
    throw new AwsError('InvalidCommandId', 'Invalid command id.');
  advance(context, command);
  return command;
}

/** Throws InvalidCommandId. */
export function cancelCommand(input: JsonInput, context: Context): Answer {
  cancel(context, find(input, context), textsOf(input['InstanceIds']));
  return {};
}

/** What is written of a command is not seen at once. */
function isVisible({ requestedAt }: RunCommand, context: Context): boolean {
  return requestedAt + context.settings.propagation.commandMilliseconds <= context.now();
}

function outputOf({ stdout, stderr }: CommandInvocation): string {
  const all = stderr === '' ? stdout : `${stdout}\n----------ERROR-------\n${stderr}`;
  if (all.length <= listedCharacters) return all;
  const mark = '\n---Output truncated---';
  return `${all.slice(0, listedCharacters - mark.length)}${mark}`;
}

function listed({ id, document, requestedAt }: RunCommand, one: CommandInvocation, details: boolean): Answer {
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

/** A page has 50 at most (API reference, ListCommandInvocations). */
export function listCommandInvocations(input: JsonInput, context: Context): Answer {
  const command = find(input, context);
  const { InstanceId: instanceId } = input;
  const all = isVisible(command, context) ? command.invocations : [];
  const chosen = all.filter((one) => instanceId === undefined || one.instanceId === instanceId);
  const { items, next } = pageOf(chosen, input, { atMost: 50, invalidToken: 'InvalidNextToken' });
  const details = input['Details'] === true;
  return { CommandInvocations: items.map((one) => listed(command, one, details)), ...next };
}

/** Throws InvocationDoesNotExist, also for the first moment after the command was sent. */
export function getCommandInvocation(input: JsonInput, context: Context): Answer {
  const command = find(input, context);
  const one = command.invocations.find(({ instanceId }) => instanceId === input['InstanceId']);
  if (one === undefined || !isVisible(command, context)) throw new AwsError('InvocationDoesNotExist', '');
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
