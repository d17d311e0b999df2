import { systemClock } from '../adapters/clock.js';
import { makeReporter } from '../adapters/output/reporter.js';
import { streamProgress } from '../adapters/output/progress.js';
import type { Streams } from '../adapters/output/streams.js';
import { processStreams } from '../adapters/output/streams.js';
import { refusingPrompt } from '../adapters/prompt/refuse.js';
import type { Aws } from '../adapters/aws/clients.js';
import type { AwsCall } from '../adapters/aws/log-calls.js';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Settings } from '../core/settings.js';
import type { Clock } from '../ports/clock.js';
import type { Prompt } from '../ports/prompt.js';
import type { Environment } from './environment.js';
import type { Moment } from '../mock-host/fault.js';
import type { Account, Here, Runtime } from './runtime.js';

/** Makes something once, when it is first asked for. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return async () => {
    made ??= make();
    return made;
  };
}

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
  const quiet = { command: 'setup', yes: true, quiet: true, json: true, restartGateway: false } as const;
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

/** The account's ports with a clock beside them; a client is still built only when it is used. */
function withClock(aws: Aws, clock: Clock): Account {
  return {
    clock,
    get identity() {
      return aws.identity;
    },
    get iam() {
      return aws.iam;
    },
    get ec2() {
      return aws.ec2;
    },
    get bedrock() {
      return aws.bedrock;
    },
    get rights() {
      return aws.rights;
    },
    get modelAccess() {
      return aws.modelAccess;
    },
    stateManager: aws.stateManager,
    quotas: aws.quotas,
  };
}

async function findHere(environment: Environment): Promise<Here | null> {
  const { createMetadataReader, detectMachine, readInstanceDocument } = await import(
    '../adapters/metadata/index.js'
  );
  if (!(await detectMachine({ environment })).ec2) return null;
  return readInstanceDocument(createMetadataReader({ environment }));
}

async function findRegion(
  settings: Settings,
  environment: Environment,
  here: () => Promise<Here | null>,
): Promise<string> {
  const { resolveRegion } = await import('../adapters/aws/region.js');
  const found = await resolveRegion({
    flag: settings.region,
    environment,
    fromSharedConfig: async () =>
      (await import('../adapters/aws/shared-config.js')).regionFromSharedConfig(settings.profile),
    fromMetadata: async () => (await here())?.region ?? null,
  });
  return found.region;
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

async function composeIn(world: World): Promise<Runtime> {
  const { settings, environment, entry, clock } = world;
  const streams = processStreams(environment, settings.color);
  const progress = streamProgress(streams, clock, loudness(settings));
  const { createMetadataReader } = await import('../adapters/metadata/index.js');
  const closing: (() => Promise<void>)[] = [async () => world.stop()];
  let credentials: AwsCredentialIdentityProvider | null = null;
  const host = once(async () => {
    const { createHost, findUser } = await import('../adapters/host/index.js');
    return createHost({
      environment,
      user: await findUser({ environment, openclawUser: settings.openclawUser }),
    });
  });
  const here = once(async () => findHere(environment));
  const receipts = async (): Promise<string> => {
    const { receiptFolder } = await import('../adapters/receipt-files.js');
    return receiptFolder(environment, (await host()).user.home);
  };
  const connect = async (region: string, access: 'read-only' | 'read-write'): Promise<Aws> => {
    const [{ connectAws }, { operatorCredentials }, { refuseUnknownProfile }] = await Promise.all([
      import('../adapters/aws/clients.js'),
      import('../adapters/aws/credentials.js'),
      import('../adapters/aws/profile-names.js'),
    ]);
    const { mock, profile } = settings;
    if (!mock) await refuseUnknownProfile(profile ?? environment['AWS_PROFILE'] ?? null, environment);
    credentials ??= operatorCredentials(profile);
    const told = settings.verbose ? { onCall: (call: AwsCall) => progress.detail(callText(call)) } : {};
    const aws = connectAws({ region, credentials, profile, readOnly: access === 'read-only', ...told });
    closing.unshift(() => Promise.resolve(aws.close()));
    return aws;
  };
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
    metadata: createMetadataReader({ environment }),
    here,
    host,
    store: once(async () => {
      const { receiptFiles } = await import('../adapters/receipt-files.js');
      return receiptFiles(await receipts(), (await host()).user);
    }),
    lock: once(async () => {
      const take = async (): Promise<() => Promise<void>> => {
        const { takeRunLock } = await import('../adapters/run-lock.js');
        return takeRunLock(await receipts(), (await host()).user);
      };
      const taking = take();
      // A signal may come while the lock is being taken: whoever cleans up then waits for it first.
      closing.push(async () => (await taking.catch(() => async () => undefined))());
      await taking;
    }),
    region: once(async () => findRegion(settings, environment, here)),
    account: async (region, access) => {
      const aws = await connect(region, access);
      return withClock(aws, clock);
    },
    async probe({ variables, region, timeoutMilliseconds }) {
      const { openGatewayProbe, probeCommand } = await import('../adapters/probe/index.js');
      const { user } = await host();
      const foreign =
        process.getuid?.() === 0 && user.uid !== 0 ? { user: { uid: user.uid, gid: user.gid } } : {};
      const probe = openGatewayProbe({
        command: probeCommand(entry),
        variables,
        region,
        timeoutMilliseconds,
        ...foreign,
      });
      closing.unshift(async () => probe.close());
      return probe;
    },
    strike: async (moment) => world.strike(moment),
    async dispose() {
      progress.stop();
      for (const close of closing.splice(0)) await close();
    },
  };
}
