import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { AwsCall } from '../../adapters/aws/log-calls.js';
import type { ChildNews } from '../../adapters/child.js';
import { childChannelName } from '../../adapters/child.js';
import { writeTrace } from '../../adapters/trace-file.js';
import { shareable } from '../../core/text/shareable.js';
import type { Trace } from '../../core/trace.js';
import { makeTrace } from '../../core/trace.js';
import type { GatewayStandIn } from '../../ports/gateway-probe.js';
import type { MetadataReader } from '../../ports/metadata.js';
import type { Progress } from '../../ports/progress.js';
import { waterfall, waterfallMark, waterfallPage } from '../../render/waterfall.js';
import { watchMetadata, watchStandIn } from './asked.js';
import { watchProgress } from './progress.js';

/** What watches a run for its trace: each part of the runtime goes through it. */
export interface Tracing {
  progress<Told extends Progress>(progress: Told): Told;
  metadata(reader: MetadataReader): MetadataReader;
  standIn(standIn: GatewayStandIn): GatewayStandIn;
  onCall(call: AwsCall): void;
  /** Writes the trace; gives why it was not written, or `null`. */
  finish(title: string): Promise<string | null>;
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
