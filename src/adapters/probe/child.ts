import { createInterface } from 'node:readline';
import { ExitCode } from '../../core/errors.js';
import { remoteFailure } from '../../core/failure/remote-failure.js';
import type { ProbeAnswer, RemoteFailure } from '../../ports/gateway-probe.js';
import type { ProbeClients } from './clients.js';
import { loadClients, makeClients } from './clients.js';
import { converse, converseStream } from './conversation.js';
import { listFoundationModels, listInferenceProfiles } from './listings.js';
import type { ProbeMethod, ProbeRequest } from './protocol.js';
import { parseRequest } from './protocol.js';

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

/** Finds credentials for all clients, which share what is found. */
async function prepare(clients: ProbeClients): Promise<null> {
  await (await clients.sts()).config.credentials();
  return null;
}

const calls: Readonly<Record<ProbeMethod, Call>> = {
  prepare,
  identity,
  listFoundationModels: async (clients, signal) => listFoundationModels(await clients.bedrock(), signal),
  listInferenceProfiles: async (clients, signal) => listInferenceProfiles(await clients.bedrock(), signal),
  converse: async (clients, signal, modelId) => converse(await clients.runtime(), modelId, signal),
  converseStream: async (clients, signal, modelId) =>
    converseStream(await clients.runtime(), modelId, signal),
};

const services: Readonly<Record<ProbeMethod, string>> = {
  prepare: 'the credential chain',
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
    const failure = timeout.aborted ? timedOut(request) : remoteFailure(error);
    return { ok: false, failure, milliseconds: elapsed() };
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
  loadClients();
  const ended = new AbortController();
  const clients = new Map<string, ProbeClients>();
  for await (const line of createInterface({ input: streams.input })) {
    const request = parseRequest(line);
    if (request === null) continue;
    const regional = clients.get(request.region) ?? makeClients(request.region);
    clients.set(request.region, regional);
    void reply(request, regional, ended.signal, streams.output);
  }
  ended.abort(new Error('the parent has gone'));
  for (const regional of clients.values()) regional.destroy();
  return ExitCode.done;
}
