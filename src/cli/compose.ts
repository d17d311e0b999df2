import { systemClock } from '../adapters/clock.js';
import { makeReporter } from '../adapters/output/reporter.js';
import { streamProgress } from '../adapters/output/progress.js';
import type { Streams } from '../adapters/output/streams.js';
import { processStreams } from '../adapters/output/streams.js';
import { unusedProxy } from '../adapters/aws/proxy.js';
import { refusingPrompt } from '../adapters/prompt/refuse.js';
import type { AwsCall } from '../adapters/aws/log-calls.js';
import { once } from '../core/timing/once.js';
import type { CommandName, Settings } from '../core/settings.js';
import type { Clock } from '../ports/clock.js';
import type { Prompt } from '../ports/prompt.js';
import type { Environment } from '../ports/environment.js';
import type { MetadataReader } from '../ports/metadata.js';
import type { Progress } from '../ports/progress.js';
import type { Moment } from '../mock-host/fault.js';
import type { AccountsOptions } from './accounts.js';
import { makeAccounts } from './accounts.js';
import { makeEnding } from './ending.js';
import { makeThisHost } from './this-host.js';
import type { Runtime } from './runtime.js';
import type { Tracing } from './tracing/start.js';
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
  const entry = process.argv[1] ?? '';
  if (!settings.mock) {
    const environment = { ...process.env };
    return { settings, environment, entry, clock: systemClock, strike: nothing, stop: nothing };
  }
  const { startRehearsal } = await import('./rehearsal/start.js');
  const rehearsal = await startRehearsal(settings, process.env, entry);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, rehearsal.environment);
  return { ...rehearsal, entry };
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
      const { setUpSilently } = await import('./rehearsal/set-up.js');
      await setUpSilently(world.settings, async (settings) =>
        composeIn({ ...world, settings, stop: nothing }),
      );
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
  return (await import('./tracing/start.js')).startTracing(settings.trace, environment['HOME'] ?? null);
}

/** Who is told of each call to AWS; nobody where nobody asks for it. */
function listener(
  { verbose }: Settings,
  progress: Progress,
  tracing: Tracing | null,
): Pick<AccountsOptions, 'onCall'> {
  if (!verbose && tracing === null) return {};
  return {
    onCall(call) {
      tracing?.onCall(call);
      if (verbose) progress.detail(callText(call));
    },
  };
}

async function makeMetadata({ environment, clock }: World, tracing: Tracing | null): Promise<MetadataReader> {
  const { createMetadataReader, rememberToken } = await import('../adapters/metadata/index.js');
  const reader = createMetadataReader({ environment });
  return rememberToken(tracing?.metadata(reader) ?? reader, clock);
}

/** Commands that ask AWS nothing, or hardly. */
const awayFromAws: ReadonlySet<CommandName> = new Set(['render', 'mock-aws']);

/** Whoever has a proxy and an older Node.js would wonder why AWS does not answer. */
function warnOfProxy({ settings, environment }: World, progress: Progress): void {
  const { node } = process.versions;
  const asksAws = !settings.mock && settings.cloud !== 'skip' && !awayFromAws.has(settings.command);
  const name = asksAws ? unusedProxy(environment, node) : null;
  if (name !== null)
    progress.warn(`${name} is not used by Node.js ${node}: AWS is reached directly; 22.21 and 24.5 can`);
}

async function composeIn(world: World): Promise<Runtime> {
  const { settings, environment, entry, clock } = world;
  const streams = processStreams(environment, settings.color);
  const tracing = await startTracing(world);
  const plain = streamProgress(streams, clock, loudness(settings));
  const progress = tracing?.progress(plain) ?? plain;
  warnOfProxy(world, progress);
  const metadata = await makeMetadata(world, tracing);
  const machine = once(async () => {
    const { detectMachine } = await import('../adapters/metadata/index.js');
    return detectMachine({ environment });
  });
  const here = once(async () => findHere(machine, metadata));
  const ending = makeEnding();
  ending.after(async () => world.stop());
  const accounts = makeAccounts({ settings, environment, clock, ...listener(settings, progress, tracing) });
  ending.before(() => Promise.resolve(accounts.close()));
  const region = once(async () => findRegion(settings, environment, here));
  const watch: Tracing['standIn'] = (standIn) => tracing?.standIn(standIn) ?? standIn;
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
    machine,
    here,
    region,
    account: async (where, access) => accounts.open(where, access),
    findCredentials: async () => accounts.findCredentials(),
    ...makeThisHost({ settings, environment, entry, ending, watch }),
    strike: async (moment) => world.strike(moment),
    beforeEnd: (work) => ending.before(work),
    async dispose() {
      progress.stop();
      await ending.end();
      const title = `${settings.command}${settings.mock ? ' --mock' : ''}`;
      const untraced = (await tracing?.finish(title)) ?? null;
      if (untraced !== null) progress.warn(`the trace was not written: ${untraced}`);
    },
  };
}
