import { readTemplates } from '../../adapters/templates.js';
import type { HostOutcome } from '../../core/remote/outcome.js';
import { isDone } from '../../core/remote/outcome.js';
import { hostScript } from '../../core/remote/script.js';
import type { SendPorts } from '../../core/remote/send.js';
import { runScript } from '../../core/remote/send.js';
import { shareOf } from '../../core/remote/share.js';
import type { ScriptToSend, SystemsManagerWriter } from '../../ports/systems-manager.js';
import { thisTool } from '../../version.js';
import { knownOf } from '../tell/outcome.js';
import type { Runtime } from '../runtime.js';
import type { Target } from '../look/target.js';
import { within } from '../../core/timing/within.js';
import type { Wanted } from './reach.js';
import { findReach } from './reach.js';
import type { HostsTold } from './tell.js';
import { nobody, tellHosts, unknownFindings } from './tell.js';
import type { HostCommand } from './words.js';
import { remoteWords, toolSource } from './words.js';

/** What is asked for. */
export interface HostsWanted extends Wanted {
  readonly command: HostCommand;
  readonly target: Target;
}

/** Seconds within which an agent must take the command. */
const deliverySeconds = 120;

/** Seconds that cancelling gets once the run is interrupted. */
const cancelSeconds = 10;

async function scriptFor(
  { settings }: Runtime,
  wanted: HostsWanted,
  instanceIds: readonly string[],
): Promise<ScriptToSend> {
  const { command, target, roleName = null } = wanted;
  const { 'run-on-host.sh': template } = await readTemplates('ssm', ['run-on-host.sh']);
  const words = remoteWords(settings, command, target.region, roleName);
  return {
    instanceIds,
    script: hostScript({ template, owner: settings.openclawUser, tool: toolSource(settings), words }),
    comment: `${thisTool} ${command}`,
    deliverySeconds,
    executionSeconds: settings.hostTimeoutSeconds,
    maxConcurrency: Math.max(1, shareOf(settings.maxConcurrency, wanted.instanceIds.length)),
    maxErrors: shareOf(settings.maxErrors, wanted.instanceIds.length),
  };
}

/** Cancels what is under way when the run is interrupted, and says so; gives back who is to be told of commands. */
function cancelOnEnd(
  runtime: Runtime,
  systemsManager: SystemsManagerWriter,
): Pick<SendPorts, 'begun' | 'ended'> & { readonly stop: () => void; readonly interrupted: () => boolean } {
  const { clock, progress } = runtime;
  const open = new Map<string, number>();
  let interrupted = false;
  const stop = runtime.beforeEnd(async () => {
    interrupted = true;
    for (const [commandId, count] of open) {
      const hosts = count === 1 ? 'one host' : `${count} hosts`;
      const told = await within(clock, cancelSeconds, systemsManager.cancelCommand(commandId)).then(
        () => `cancelled the command ${commandId} on ${hosts}; what had ended there stays as it is`,
        (error: unknown) => `the command ${commandId} on ${hosts} could not be cancelled: ${String(error)}`,
      );
      progress.warn(told);
    }
  });
  return {
    begun: (commandId, instanceIds) => void open.set(commandId, instanceIds.length),
    ended: (commandId) => void open.delete(commandId),
    stop,
    interrupted: () => interrupted,
  };
}

/** Nothing: the process is being ended, and has said what it had to say. */
async function never(): Promise<never> {
  return new Promise(() => undefined);
}

async function send(
  runtime: Runtime,
  systemsManager: SystemsManagerWriter,
  script: ScriptToSend,
): Promise<readonly HostOutcome[]> {
  const { clock, progress, settings } = runtime;
  const count = script.instanceIds.length;
  if (count === 0) return [];
  const cancelling = cancelOnEnd(runtime, systemsManager);
  const seen: HostOutcome[] = [];
  try {
    return await progress.during(`hosts: running the host half on ${count}`, async (waiting) => {
      const tell = (): void =>
        waiting(`${count - seen.length} of ${count} hosts`, deliverySeconds + settings.hostTimeoutSeconds);
      tell();
      const done = (outcome: HostOutcome): void => {
        seen.push(outcome);
        if (seen.length < count) tell();
        progress.detail(`  host ${outcome.instanceId} ${isDone(outcome) ? 'done' : 'not done'}`);
      };
      return runScript({ clock, systemsManager, done, ...cancelling }, script);
    });
  } catch (error) {
    if (cancelling.interrupted()) return await never();
    throw error;
  } finally {
    if (cancelling.interrupted()) await never();
    cancelling.stop();
  }
}

/**
 * Runs this tool on hosts through Systems Manager and gives what each came to. Interrupted, it cancels what is under way. Throws
 * what AWS refuses before anything was begun.
 */
export async function runOnHosts(runtime: Runtime, wanted: HostsWanted): Promise<HostsTold> {
  const { target, roleName = null } = wanted;
  const account = await runtime.account(target.region, 'read-write');
  const { reachable, lost, unknown } = await findReach(runtime, account, wanted);
  const systemsManager = await account.systemsManager();
  const sent = await send(runtime, systemsManager, await scriptFor(runtime, wanted, reachable));
  const outcomes = new Map([...lost, ...sent].map((outcome) => [outcome.instanceId, outcome]));
  const known = knownOf(runtime, { target });
  const role = roleName === null ? {} : { roleName };
  const ordered = wanted.instanceIds.flatMap((id) => outcomes.get(id) ?? []);
  const told = ordered.length === 0 ? nobody : tellHosts(ordered, { ...known, ...role });
  return { ...told, checks: [...unknownFindings(unknown), ...told.checks] };
}
