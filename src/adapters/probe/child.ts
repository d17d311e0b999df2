import { createInterface } from 'node:readline';
import { ExitCode } from '../../core/errors.js';
import type { ProbeAnswer, RemoteFailure } from '../../ports/gateway-probe.js';
import type { ProbeClients } from './clients.js';
import { openRegions } from './clients.js';
import { converse, converseStream } from './conversation.js';
import type * as Listings from './listings.js';
import type { ProbeMethod, ProbeRequest } from './protocol.js';
import { parseRequest } from './request.js';

/** The two ends of the conversation with the parent. */
export interface ProbeStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

async function identity(
  clients: ProbeClients,
  abortSignal: AbortSignal,
): Promise<{ readonly arn: string; readonly account: string }> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const { Arn = '', Account = '' } = await (await clients.sts()).send(new GetCallerIdentityCommand({}), {
    abortSignal,
  });
  return { arn: Arn, account: Account };
}

type Call = (clients: ProbeClients, signal: AbortSignal, modelId: string) => Promise<unknown>;

/** Loaded when it is asked for, or when there is time for it: what finds credentials goes first. */
const listings = async (): Promise<typeof Listings> => import('./listings.js');

/** Milliseconds in which the first question for credentials is on its way: loading the rest at once would hold it up. */
const aheadMilliseconds = 20;

/** Loads and builds everything that will be asked for. What goes wrong is met again where it is. */
function load(clients: ProbeClients): void {
  const credentials = import('@smithy/credential-provider-imds');
  Promise.all([credentials, clients.sts(), clients.bedrock(), clients.runtime(), listings()]).catch(
    () => undefined,
  );
}

const calls: Readonly<Record<ProbeMethod, Call>> = {
  identity,
  listFoundationModels: async (clients, signal) =>
    (await listings()).listFoundationModels(await clients.bedrock(), signal),
  listInferenceProfiles: async (clients, signal) =>
    (await listings()).listInferenceProfiles(await clients.bedrock(), signal),
  converse: async (clients, signal, modelId) => converse(await clients.runtime(), modelId, signal),
  converseStream: async (clients, signal, modelId) =>
    converseStream(await clients.runtime(), modelId, signal),
};

const services: Readonly<Record<ProbeMethod, string>> = {
  identity: 'sts',
  listFoundationModels: 'bedrock',
  listInferenceProfiles: 'bedrock',
  converse: 'bedrock-runtime',
  converseStream: 'bedrock-runtime',
};

function timedOut({ method, region, timeoutMilliseconds }: ProbeRequest): RemoteFailure {
  const message = `no answer from ${services[method]} in ${region} within ${timeoutMilliseconds / 1000} s`;
  return { name: 'ETIMEDOUT', message, status: 0 };
}

async function answer(
  request: ProbeRequest,
  clients: ProbeClients,
  ended: AbortSignal,
): Promise<ProbeAnswer<unknown>> {
  const start = performance.now();
  const elapsed = (): number => Math.round(performance.now() - start);
  const timeout = AbortSignal.timeout(request.timeoutMilliseconds);
  const over = new Promise<never>((_, reject) => {
    timeout.addEventListener('abort', () => reject(new Error('timed out')), { once: true });
  });
  try {
    const signal = AbortSignal.any([timeout, ended]);
    const work = calls[request.method](clients, signal, request.modelId ?? '');
    const value = await Promise.race([work, over]);
    return { ok: true, value, milliseconds: elapsed() };
  } catch (error) {
    const milliseconds = elapsed();
    if (timeout.aborted) return { ok: false, failure: timedOut(request), milliseconds };
    const { remoteFailure } = await import('../../core/failure/remote-failure.js');
    return { ok: false, failure: remoteFailure(error), milliseconds };
  }
}

async function reply(
  request: ProbeRequest,
  clients: ProbeClients,
  ended: AbortSignal,
  output: NodeJS.WritableStream,
): Promise<void> {
  const result = await answer(request, clients, ended);
  if (!ended.aborted) output.write(`${JSON.stringify({ id: request.id, answer: result })}\n`);
}

/**
 * The child's side of the gateway probe: reads requests line by line, answers each as soon as it can, several at once,
 * and ends when its input ends. AWS is asked with nothing but the SDK's own defaults under this process's environment.
 */
export async function runProbeChild(streams: ProbeStreams): Promise<ExitCode> {
  const ended = new AbortController();
  const regions = openRegions();
  const loading = setTimeout(() => load(regions.first), aheadMilliseconds);
  for await (const line of createInterface({ input: streams.input })) {
    const request = parseRequest(line);
    if (request === null) continue;
    if (request.method === 'prepare') {
      regions.first.findCredentials().catch(() => undefined);
      loading.refresh();
    } else void reply(request, regions.at(request.region), ended.signal, streams.output);
  }
  clearTimeout(loading);
  ended.abort(new Error('the parent has gone'));
  regions.destroy();
  return ExitCode.done;
}
