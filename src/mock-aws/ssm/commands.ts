import { AwsError } from '../errors.js';
import type { JsonInput } from '../json/json-service.js';
import { pageOf } from '../json/paging.js';
import type { Context } from '../service.js';
import { commandOf } from './command-request.js';
import { commandInvocation, commandView, listedInvocation } from './command-view.js';
import { textOf, textsOf } from './input.js';
import { advance, cancel } from './run.js';
import type { RunCommand } from './state.js';

type Answer = Record<string, unknown>;

/** Hands the command out at once; the answer shows it as it was before. */
export function sendCommand(input: JsonInput, context: Context): Answer {
  const command = commandOf(input, context);
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

/** A page has 50 at most (API reference, ListCommandInvocations). */
export function listCommandInvocations(input: JsonInput, context: Context): Answer {
  const command = find(input, context);
  const { InstanceId: instanceId } = input;
  const all = isVisible(command, context) ? command.invocations : [];
  const chosen = all.filter((one) => instanceId === undefined || one.instanceId === instanceId);
  const { items, next } = pageOf(chosen, input, { atMost: 50, invalidToken: 'InvalidNextToken' });
  const details = input['Details'] === true;
  return { CommandInvocations: items.map((one) => listedInvocation(command, one, details)), ...next };
}

/** Throws InvocationDoesNotExist, also for the first moment after the command was sent. */
export function getCommandInvocation(input: JsonInput, context: Context): Answer {
  const command = find(input, context);
  const one = command.invocations.find(({ instanceId }) => instanceId === input['InstanceId']);
  if (one === undefined || !isVisible(command, context)) throw new AwsError('InvocationDoesNotExist', '');
  return commandInvocation(command, one);
}
