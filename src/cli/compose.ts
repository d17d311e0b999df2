import { systemClock } from '../adapters/clock.js';
import { makeReporter } from '../adapters/output/reporter.js';
import { streamProgress } from '../adapters/output/progress.js';
import type { Streams } from '../adapters/output/streams.js';
import { processStreams } from '../adapters/output/streams.js';
import { refusingPrompt } from '../adapters/prompt/refuse.js';
import type { AwsCall } from '../adapters/aws/log-calls.js';
import { once } from '../core/timing/once.js';
import type { Settings } from '../core/settings.js';
import type { Clock } from '../ports/clock.js';
import type { Prompt } from '../ports/prompt.js';
import type { Environment } from './environment.js';
import type { Moment } from '../mock-host/fault.js';
import { makeAccounts } from './accounts.js';
import type { Runtime } from './runtime.js';
import type { Tracing } from './tracing.js';
import { findHere, findRegion } from './look/whereabouts.js';

/** The environment in which everything runs, and what must be ended afterwards. */
interface World {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly entry: string;
  readonly clock: Clock;
  strike(moment: Moment): Promise<void>;
  stop(): Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

async function openWorld(settings: Settings): Promise<World> {
  const real = { entry: process.argv[1] ?? '', clock: systemClock };
  if (!settings.mock)
    return { ...real, settings, environment: { ...process.env }, strike: nothing, stop: nothing };
  const { hurriedClock, startRehearsal } = await import('./rehearsal.js');
  const rehearsal = await startRehearsal(settings, process.env, real.entry);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, rehearsal.environment);
  return settings.mockFault === null
    ? { ...real, ...rehearsal }
    : { ...real, ...rehearsal, clock: hurriedClock(systemClock) };
}

/** A failure that `verify` rehearses is the only thing wrong: everything is set up first. */
async function bringUp(world: World): Promise<void> {
  const { setUpQuietly } = await import('./rehearsal.js');
  const quiet = {
    command: 'setup',
    trace: null,
    yes: true,
    quiet: true,
    json: true,
    restartGateway: false,
  } as const;
  const runtime = await composeIn({ ...world, settings: { ...world.settings, ...quiet }, stop: nothing });
  try {
    await setUpQuietly(runtime);
  } finally {
    await runtime.dispose();
  }
}

function loudness(settings: Settings): 'quiet' | 'normal' | 'verbose' {
  if (settings.quiet || (settings.json && !settings.verbose)) return 'quiet';
  return settings.verbose ? 'verbose' : 'normal';
}

function callText({ name, milliseconds, error }: AwsCall): string {
  return `  AWS  ${name}  ${Math.round(milliseconds)} ms${error === null ? '' : `  ${error}`}`;
}

async function makePrompt(settings: Settings, streams: Streams, environment: Environment): Promise<Prompt> {
  if (settings.noInput || settings.json || !streams.interactive) return refusingPrompt;
  const [{ enquirerPrompt }, { processTerminal }] = await Promise.all([
    import('../adapters/prompt/enquirer.js'),
    import('../adapters/output/process-terminal.js'),
  ]);
  return enquirerPrompt(processTerminal(environment, settings.color));
}

/** Builds everything that a command needs from outside. The only place that reads the process's environment and makes clients. */
export async function compose(asked: Settings): Promise<Runtime> {
  const world = await openWorld(asked);
  const { command, mockFault } = world.settings;
  try {
    if (mockFault !== null && command === 'verify') {
      await bringUp(world);
      await world.strike('in place');
    }
    await world.strike('first');
    return await composeIn(world);
  } catch (error) {
    await world.stop();
    throw error;
  }
}

async function startTracing({ settings, environment }: World): Promise<Tracing | null> {
  if (settings.trace === null) return null;
  return (await import('./tracing.js')).startTracing(settings.trace, environment['HOME'] ?? null);
}

async function composeIn(world: World): Promise<Runtime> {
  const { settings, environment, entry, clock } = world;
  const streams = processStreams(environment, settings.color);
  const tracing = await startTracing(world);
  const plain = streamProgress(streams, clock, loudness(settings));
  const progress = tracing?.progress(plain) ?? plain;
  const { createMetadataReader, rememberToken } = await import('../adapters/metadata/index.js');
  const reader = createMetadataReader({ environment });
  const metadata = rememberToken(tracing?.metadata(reader) ?? reader, clock);
  const closing: (() => Promise<void>)[] = [async () => world.stop()];
  let disposed = false;
  // From afar it is a user of those hosts, not of this one.
  const openclawUser = settings.host === 'ssm' ? null : settings.openclawUser;
  const user = once(async () => {
    const { findUser } = await import('../adapters/host/user.js');
    return findUser({ environment, openclawUser });
  });
  const host = once(async () => {
    const [{ createHost }, whose] = await Promise.all([import('../adapters/host/index.js'), user()]);
    return createHost({ environment, user: whose });
  });
  const here = once(async () => findHere(environment, metadata));
  const receipts = async (): Promise<string> => {
    const { receiptFolder } = await import('../adapters/receipt-files.js');
    return receiptFolder(environment, (await user()).home);
  };
  const onCall = (call: AwsCall): void => {
    tracing?.onCall(call);
    if (settings.verbose) progress.detail(callText(call));
  };
  const watched = settings.verbose || tracing !== null ? { onCall } : {};
  const accounts = makeAccounts({ settings, environment, clock, ...watched });
  closing.unshift(() => Promise.resolve(accounts.close()));
  return {
    settings,
    environment,
    streams,
    clock,
    progress,
    reporter: makeReporter(streams, {
      json: settings.json,
      quiet: settings.quiet,
      home: environment['HOME'] ?? null,
      shareable: settings.command === 'verify' && !settings.verbose,
    }),
    prompt: await makePrompt(settings, streams, environment),
    metadata,
    here,
    host,
    store: once(async () => {
      const { receiptFiles } = await import('../adapters/receipt-files.js');
      return receiptFiles(await receipts(), await user());
    }),
    lock: once(async () => {
      const take = async (): Promise<() => Promise<void>> => {
        const { takeRunLock } = await import('../adapters/run-lock.js');
        return takeRunLock(await receipts(), await user());
      };
      const taking = take();
      // A signal may come while the lock is being taken: whoever cleans up then waits for it first.
      closing.push(async () => (await taking.catch(() => async () => undefined))());
      await taking;
    }),
    region: once(async () => findRegion(settings, environment, here)),
    account: async (region, access) => accounts.open(region, access),
    async standIn(variables) {
      const { startStandIn, probeCommand } = await import('../adapters/probe/index.js');
      const { uid, gid } = await user();
      const foreign = process.getuid?.() === 0 && uid !== 0 ? { user: { uid, gid } } : {};
      // It is begun early: what has ended meanwhile must not be kept waiting by a process that nobody ends.
      if (disposed) throw new Error('the run has ended');
      const standIn = startStandIn({ command: probeCommand(entry), variables, ...foreign });
      closing.unshift(async () => standIn.close());
      return tracing?.standIn(standIn) ?? standIn;
    },
    strike: async (moment) => world.strike(moment),
    beforeEnd(work) {
      closing.unshift(work);
      return () => {
        const index = closing.indexOf(work);
        if (index !== -1) closing.splice(index, 1);
      };
    },
    async dispose() {
      disposed = true;
      progress.stop();
      for (const close of closing.splice(0)) await close();
      const untraced =
        (await tracing?.finish(`${settings.command}${settings.mock ? ' --mock' : ''}`)) ?? null;
      if (untraced !== null) progress.warn(`the trace was not written: ${untraced}`);
    },
  };
}
