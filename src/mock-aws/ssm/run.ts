import type { Context } from '../service.js';
import type { CommandInvocation, RunCommand } from './state.js';
import type { MockState } from '../state.js';
import { managedInstance } from './managed.js';

type World = Pick<Context, 'state' | 'settings' | 'now'>;

/** What runs on instances right now, by the state that it belongs to: it is no plain data. */
const running = new WeakMap<MockState, Map<CommandInvocation, AbortController>>();

function runningIn(state: MockState): Map<CommandInvocation, AbortController> {
  const known = running.get(state) ?? new Map<CommandInvocation, AbortController>();
  running.set(state, known);
  return known;
}

function end(world: World, invocation: CommandInvocation, details: CommandInvocation['details']): void {
  invocation.details = details;
  invocation.endedAt = world.now();
  runningIn(world.state).get(invocation)?.abort();
}

function isOpen({ details }: CommandInvocation): boolean {
  return details === 'Pending' || details === 'In Progress';
}

/** Ends what has run out of time, by the clock of the embedded AWS. */
function expire(world: World, command: RunCommand): void {
  const now = world.now();
  for (const one of command.invocations) {
    const waited = now - command.requestedAt > command.timeoutSeconds * 1000;
    if (one.details === 'Pending' && one.startedAt === undefined && waited && lost(world, one))
      end(world, one, 'Delivery Timed Out');
    const ran = one.startedAt !== undefined && now - one.startedAt > command.executionSeconds * 1000;
    if (one.details === 'In Progress' && ran) end(world, one, 'Execution Timed Out');
  }
}

function lost(world: World, { instanceId }: CommandInvocation): boolean {
  const instance = world.state.instances[instanceId];
  return instance === undefined || managedInstance(world, instance)?.pingStatus !== 'Online';
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

async function execute(world: World, command: RunCommand, invocation: CommandInvocation): Promise<void> {
  const { instanceId } = invocation;
  const agent = world.settings.agents[instanceId] ?? {};
  const abort = new AbortController();
  runningIn(world.state).set(invocation, abort);
  invocation.details = 'In Progress';
  invocation.startedAt = world.now();
  // An agent answers later in any case: whoever hands out the command goes through all instances first.
  await pause(agent.slowMilliseconds ?? 0);
  if (agent.fault === 'silent') return;
  const script = (command.parameters['commands'] ?? []).join('\n');
  const said = {
    exitCode: 0,
    stdout: agent.fault === 'lies' ? 'Done. Everything went very well.\n' : '',
    stderr: '',
  };
  const result =
    agent.run === undefined || agent.fault === 'lies'
      ? said
      : await agent
          .run({ commandId: command.id, instanceId, script, signal: abort.signal })
          .catch((error: unknown) => ({ exitCode: -1, stdout: '', stderr: String(error) }));
  if (agent.fault === 'dies') {
    world.state.deadAgents[instanceId] = true;
    return;
  }
  runningIn(world.state).delete(invocation);
  if (!isOpen(invocation)) return;
  Object.assign(invocation, { ...result, endedAt: world.now() });
  invocation.details = result.exitCode === 0 ? 'Success' : 'Failed';
  advance(world, command);
}

const errors: ReadonlySet<string> = new Set(['Failed', 'Execution Timed Out']);

/** Hands the command to as many agents as MaxConcurrency allows, to no more once MaxErrors is exceeded, and ends what took too long. */
export function advance(world: World, command: RunCommand): void {
  expire(world, command);
  const { invocations, maxConcurrency, maxErrors } = command;
  const failed = invocations.filter(({ details }) => errors.has(details)).length;
  for (const one of invocations.filter(({ details }) => details === 'Pending')) {
    if (failed > maxErrors) end(world, one, 'Terminated');
    else if (!lost(world, one) && busy(invocations) < maxConcurrency) void execute(world, command, one);
  }
}

function busy(invocations: readonly CommandInvocation[]): number {
  return invocations.filter(({ details }) => details === 'In Progress').length;
}

/** Ends what still runs of a command, on these instances or on all. */
export function cancel(world: World, command: RunCommand, instanceIds: readonly string[]): void {
  for (const one of command.invocations) {
    const meant = instanceIds.length === 0 || instanceIds.includes(one.instanceId);
    if (meant && isOpen(one)) end(world, one, 'Cancelled');
  }
}

/** Ends everything that runs on instances. */
export function stopAgents(state: MockState): void {
  for (const abort of runningIn(state).values()) abort.abort();
}
