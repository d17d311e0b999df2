import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { AwsCall } from '../adapters/aws/log-calls.js';
import type { ChildNews } from '../adapters/child.js';
import { childChannelName } from '../adapters/child.js';
import { writeTrace } from '../adapters/trace-file.js';
import { shareable } from '../core/text/shareable.js';
import type { Trace } from '../core/trace.js';
import { makeTrace } from '../core/trace.js';
import type { GatewayProbe, GatewayStandIn } from '../ports/gateway-probe.js';
import type { MetadataReader } from '../ports/metadata.js';
import type { Progress, Waiting } from '../ports/progress.js';
import { waterfall, waterfallMark, waterfallPage } from '../render/waterfall.js';

/** What watches a run for its trace: each part of the runtime goes through it. */
export interface Tracing {
  progress<Told extends Progress>(progress: Told): Told;
  metadata(reader: MetadataReader): MetadataReader;
  standIn(standIn: GatewayStandIn): GatewayStandIn;
  onCall(call: AwsCall): void;
  /** Writes the trace; gives why it was not written, or `null`. */
  finish(title: string): Promise<string | null>;
}

/** A step, and what it waits for in turn. */
function watchWaits(
  trace: Trace,
  title: string,
): { readonly waiting: Waiting; readonly end: (failed?: boolean) => void } {
  const end = trace.begin('step', title);
  let endWait = (): void => undefined;
  return {
    waiting(what) {
      endWait();
      endWait = trace.begin('wait', what);
    },
    end(failed) {
      endWait();
      end(failed);
    },
  };
}

function watchProgress<Told extends Progress>(progress: Told, trace: Trace): Told {
  const both =
    (one: Waiting, other: Waiting): Waiting =>
    (what, atMostSeconds) => {
      one(what, atMostSeconds);
      other(what, atMostSeconds);
    };
  const watched: Pick<Progress, 'begin' | 'during'> = {
    begin(title) {
      const line = progress.begin(title);
      const { waiting, end } = watchWaits(trace, title);
      return {
        waiting: both(waiting, line.waiting),
        done(symbol, text) {
          end(symbol === '!');
          line.done(symbol, text);
        },
      };
    },
    async during(what, work) {
      const { waiting, end } = watchWaits(trace, what);
      try {
        return await progress.during(what, async (told) => work(both(waiting, told)));
      } finally {
        end();
      }
    },
  };
  return new Proxy(progress, {
    get(target, key): unknown {
      const member: unknown = Reflect.get(key in watched ? watched : target, key);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

async function timed<Value>(
  trace: Trace,
  name: string,
  work: () => Promise<Value>,
  failed: (value: Value) => boolean,
): Promise<Value> {
  const end = trace.begin('call', name);
  try {
    const value = await work();
    end(failed(value));
    return value;
  } catch (error) {
    end(true);
    throw error;
  }
}

function watchMetadata(reader: MetadataReader, trace: Trace): MetadataReader {
  const failed = ({ kind }: { readonly kind: string }): boolean => kind !== 'answer';
  return {
    endpoint: reader.endpoint,
    token: async () => timed(trace, 'metadata token', async () => reader.token(), failed),
    get: async (path, token) =>
      timed(
        trace,
        `metadata ${path.split('/').slice(0, 3).join('/')}`,
        async () => reader.get(path, token),
        failed,
      ),
  };
}

/** What AWS is asked in the gateway's place. */
function watchProbe(probe: GatewayProbe, trace: Trace): Omit<GatewayProbe, 'close'> {
  const asked = async <Answer extends { readonly ok: boolean }>(
    name: string,
    ask: () => Promise<Answer>,
  ): Promise<Answer> => timed(trace, `gateway probe ${name}`, ask, ({ ok }) => !ok);
  return {
    identity: async () => asked('GetCallerIdentity', async () => probe.identity()),
    listFoundationModels: async () => asked('ListFoundationModels', async () => probe.listFoundationModels()),
    listInferenceProfiles: async () =>
      asked('ListInferenceProfiles', async () => probe.listInferenceProfiles()),
    converse: async (modelId) => asked('Converse', async () => probe.converse(modelId)),
    converseStream: async (modelId) => asked('ConverseStream', async () => probe.converseStream(modelId)),
  };
}

/** The child that stands in for the gateway, and what AWS is asked through it. */
function watchStandIn(standIn: GatewayStandIn, trace: Trace): GatewayStandIn {
  const end = trace.begin('process', 'gateway probe');
  const close = async (): Promise<void> => {
    await standIn.close();
    end();
  };
  return {
    prepare: (region) => standIn.prepare(region),
    at: (region, timeoutMilliseconds) => ({
      ...watchProbe(standIn.at(region, timeoutMilliseconds), trace),
      close,
    }),
    close,
  };
}

function watchChildren(trace: Trace): () => void {
  const ends = new Map<number, (failed: boolean) => void>();
  const listen = (message: unknown): void => {
    const news = message as ChildNews;
    if (news.kind === 'start') ends.set(news.id, trace.begin('process', news.name));
    else ends.get(news.id)?.(news.failed);
  };
  subscribe(childChannelName, listen);
  return () => unsubscribe(childChannelName, listen);
}

/** Watches a run from now on, for the trace in `file`. Ids in names are shortened, the home folder is `~`. */
export function startTracing(file: string, home: string | null): Tracing {
  const now = (): number => performance.timeOrigin + performance.now();
  const trace = makeTrace(now, (name) => shareable(name, home));
  const stop = watchChildren(trace);
  return {
    progress: (progress) => watchProgress(progress, trace),
    metadata: (reader) => watchMetadata(reader, trace),
    standIn: (standIn) => watchStandIn(standIn, trace),
    onCall({ name, milliseconds, error }) {
      const end = now();
      trace.add({ kind: 'call', name, start: end - milliseconds, end, failed: error !== null });
    },
    async finish(title) {
      stop();
      const render = file.endsWith('.html') ? waterfallPage : waterfall;
      return writeTrace(file, waterfallMark, render(trace.spans(), title));
    },
  };
}
