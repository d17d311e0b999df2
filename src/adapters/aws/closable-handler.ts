import { NodeHttpHandler } from '@smithy/node-http-handler';

/** How long a connection and an answer may take, in milliseconds. */
export interface HandlerTimes {
  readonly connect: number;
  readonly answer: number;
}

/**
 * Connections that end with what they carry: closing aborts the calls that are still waiting, which the SDK does not try
 * again. Destroying the SDK's own handler alone lets them be repeated, so that a process goes on long after its last word.
 */
export function closableHandler({ connect, answer }: HandlerTimes): {
  readonly handler: NodeHttpHandler;
  close(): void;
} {
  const handler = new NodeHttpHandler({
    connectionTimeout: connect,
    requestTimeout: answer,
    socketTimeout: answer,
    throwOnRequestTimeout: true,
  });
  const closed = new AbortController();
  const handle = handler.handle.bind(handler);
  handler.handle = async (request, options = {}) => {
    const signals = options.abortSignal instanceof AbortSignal ? [options.abortSignal] : [];
    return handle(request, { ...options, abortSignal: AbortSignal.any([closed.signal, ...signals]) });
  };
  return {
    handler,
    close() {
      closed.abort();
      handler.destroy();
    },
  };
}
