import type { Clock } from '../../ports/clock.js';
import type { Invocation, ScriptToSend, SystemsManagerWriter } from '../../ports/systems-manager.js';
import { hasCode } from '../failure/aws-error.js';
import { errorMessage } from '../errors.js';
import { chunks } from '../fleet/pool.js';
import type { HostOutcome } from './outcome.js';
import { outcomeOf, troubled } from './outcome.js';
import type { HostOutput } from './output.js';
import { readHostOutput } from './output.js';

/** Instances that one SendCommand may name (Systems Manager API reference, SendCommand). */
const batchSize = 50;

/** What sending needs and tells. */
export interface SendPorts {
  readonly clock: Clock;
  readonly systemsManager: SystemsManagerWriter;
  /** Told of each command, and when it has ended. */
  readonly begun: (commandId: string, instanceIds: readonly string[]) => void;
  readonly ended: (commandId: string) => void;
  /** Told of each host that is done with. */
  readonly done: (outcome: HostOutcome) => void;
}

/** Milliseconds before the next look at a command that was sent so long ago. */
function pauseAfter(waitedMilliseconds: number): number {
  if (waitedMilliseconds < 10_000) return 1000;
  return waitedMilliseconds < 60_000 ? 2500 : 5000;
}

/** Times that a command's output is asked for while Systems Manager does not know of it yet. */
const outputAttempts = 5;

async function wholeOutput(
  { clock, systemsManager }: SendPorts,
  commandId: string,
  { instanceId, output }: Invocation,
): Promise<HostOutput> {
  const read = readHostOutput(output);
  if (read.kind !== 'cut') return read;
  for (let attempt = 0; attempt < outputAttempts; attempt += 1) {
    const whole = await systemsManager.invocationOutput(commandId, instanceId);
    if (whole !== null) return readHostOutput(whole);
    await clock.sleep(1000);
  }
  return read;
}

/** How the command stands; nothing where Systems Manager does not say it for now. */
async function lookAt(
  systemsManager: SystemsManagerWriter,
  commandId: string,
): Promise<readonly Invocation[]> {
  try {
    return await systemsManager.listInvocations(commandId);
  } catch (error) {
    if (hasCode(error, 'Throttling', 'InvalidCommandId', 'InternalServerError')) return [];
    throw error;
  }
}

/** Looks at a command until it has ended everywhere, or until long after it should have. */
async function follow(
  ports: SendPorts,
  commandId: string,
  batch: ScriptToSend,
): Promise<readonly HostOutcome[]> {
  const { clock, systemsManager, done } = ports;
  const start = clock.now();
  const bound = (batch.deliverySeconds + batch.executionSeconds + 60) * 1000;
  const left = new Set(batch.instanceIds);
  const outcomes: HostOutcome[] = [];
  const add = (outcome: HostOutcome): void => {
    left.delete(outcome.instanceId);
    outcomes.push(outcome);
    done(outcome);
  };
  while (left.size > 0 && clock.now() - start < bound) {
    await clock.sleep(pauseAfter(clock.now() - start));
    for (const one of await lookAt(systemsManager, commandId)) {
      if (one.status === 'open' || !left.has(one.instanceId)) continue;
      add(outcomeOf(commandId, one, await wholeOutput(ports, commandId, one)));
    }
  }
  // What the others said counts whether or not these can still be stopped.
  if (left.size > 0) await systemsManager.cancelCommand(commandId).catch(() => undefined);
  for (const id of left) add(troubled(id, 'HOST_TIMED_OUT', 'did not come to an end in time', commandId));
  return outcomes;
}

/** Instances that a refused SendCommand names (`Instances [[i-1, i-2]] not in a valid state for account …`). */
function refusedIn(error: unknown, batch: readonly string[]): readonly string[] {
  if (!hasCode(error, 'InvalidInstanceId')) return [];
  const named = new Set(errorMessage(error).match(/\bm?i-[0-9a-f]+/gu) ?? []);
  return batch.filter((id) => named.has(id));
}

async function runBatch(ports: SendPorts, batch: ScriptToSend): Promise<readonly HostOutcome[]> {
  const { systemsManager, begun, ended, done } = ports;
  if (batch.instanceIds.length === 0) return [];
  let commandId: string;
  try {
    commandId = await systemsManager.sendScript(batch);
  } catch (error) {
    const refused = refusedIn(error, batch.instanceIds);
    if (refused.length === 0) throw error;
    const lost = refused.map((id) => troubled(id, 'NOT_MANAGED', errorMessage(error)));
    for (const outcome of lost) done(outcome);
    const rest = batch.instanceIds.filter((id) => !refused.includes(id));
    return [...lost, ...(await runBatch(ports, { ...batch, instanceIds: rest }))];
  }
  begun(commandId, batch.instanceIds);
  try {
    return await follow(ports, commandId, batch);
  } finally {
    ended(commandId);
  }
}

/** Codes that AWS counts as errors of a command (user guide, Understanding command statuses). */
function isError({ exitCode, trouble }: HostOutcome): boolean {
  const uncounted = ['AGENT_OFFLINE', 'NOT_MANAGED', 'COMMAND_CANCELLED', 'COMMAND_STOPPED'];
  return exitCode !== 0 && !uncounted.includes(trouble?.code ?? '');
}

/**
 * Runs a script on all instances, in batches of 50 of which so many run at once that `maxConcurrency` is kept, and gives one outcome
 * for each. Once there are more than `maxErrors` errors, no further host is begun. Throws what Systems Manager refuses of the
 * first batch; of a later one it is the outcome of those that were left.
 */
export async function runScript(ports: SendPorts, script: ScriptToSend): Promise<readonly HostOutcome[]> {
  const { instanceIds, maxConcurrency, maxErrors } = script;
  const waiting = [...chunks(instanceIds, batchSize)];
  const outcomes: HostOutcome[] = [];
  const refused: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let ids = waiting.shift(); ids !== undefined; ids = waiting.shift()) {
      const left = maxErrors - outcomes.filter(isError).length;
      const concurrency = Math.max(1, Math.min(batchSize, maxConcurrency));
      const batch = {
        ...script,
        instanceIds: ids,
        maxConcurrency: concurrency,
        maxErrors: Math.max(0, left),
      };
      const words = 'not begun, since too many other hosts had failed';
      const stopped = left < 0 ? ids.map((id) => troubled(id, 'COMMAND_STOPPED', words)) : null;
      for (const outcome of stopped ?? []) ports.done(outcome);
      try {
        outcomes.push(...(stopped ?? (await runBatch(ports, batch))));
      } catch (error) {
        refused.push(error);
        waiting.length = 0;
      }
    }
  };
  const lanes = Math.max(1, Math.floor(maxConcurrency / batchSize));
  await Promise.all(Array.from({ length: Math.min(lanes, waiting.length) }, lane));
  const [error] = refused;
  if (error === undefined) return outcomes;
  if (outcomes.length === 0) throw error;
  const known = new Set(outcomes.map(({ instanceId }) => instanceId));
  const rest = instanceIds.filter((id) => !known.has(id));
  const words = `not begun, or not followed to its end: ${errorMessage(error)}`;
  return [...outcomes, ...rest.map((id) => troubled(id, 'COMMAND_STOPPED', words))];
}
