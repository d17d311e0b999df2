import { aroundProbe } from '../../core/timing/around-probe.js';
import type { Trace } from '../../core/trace.js';
import type { GatewayProbe, GatewayStandIn } from '../../ports/gateway-probe.js';
import type { MetadataReader } from '../../ports/metadata.js';

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

/** The metadata service, with each question in the trace. */
export function watchMetadata(reader: MetadataReader, trace: Trace): MetadataReader {
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
function watchProbe(probe: GatewayProbe, trace: Trace): GatewayProbe {
  return aroundProbe(probe, async (operation, _modelId, ask) =>
    timed(trace, `gateway probe ${operation}`, ask, ({ ok }) => !ok),
  );
}

/** The child that stands in for the gateway, and what AWS is asked through it, in the trace. */
export function watchStandIn(standIn: GatewayStandIn, trace: Trace): GatewayStandIn {
  const end = trace.begin('process', 'gateway probe');
  const close = async (): Promise<void> => {
    await standIn.close();
    end();
  };
  return {
    prepare: () => standIn.prepare(),
    at: (region, timeoutMilliseconds) => ({
      ...watchProbe(standIn.at(region, timeoutMilliseconds), trace),
      close,
    }),
    close,
  };
}
