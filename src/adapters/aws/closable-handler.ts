import { setMaxListeners } from 'node:events';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AnswerBounds } from './bounded-answers.js';
import { boundBody } from './bounded-answers.js';

/** How long a connection and an answer may take, in milliseconds: 3000 and 10000 unless told. */
export interface HandlerTimes {
  readonly connect?: number | undefined;
  readonly answer?: number | undefined;
  /** For a whole answer, and its largest size. */
  readonly bounds?: AnswerBounds | undefined;
}

/**
 * Connections that end with what they carry: closing aborts the calls that are still waiting, which the SDK does not try
 * again. Destroying the SDK's own handler alone lets them be repeated, so that a process goes on long after its last word.
 */
export function closableHandler({ connect = 3000, answer = 10_000, bounds }: HandlerTimes = {}): {
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
  setMaxListeners(0, closed.signal);
  const handle = handler.handle.bind(handler);
  handler.handle = async (request, options = {}) => {
    const { abortSignal: own } = options;
    // What `any` makes is kept until the next whole collection, with all that its call holds: thousands of calls need none.
    const abortSignal = own instanceof AbortSignal ? AbortSignal.any([closed.signal, own]) : closed.signal;
    const { response } = await handle(request, { ...options, abortSignal });
    response.body = boundBody(response.body, bounds);
    return { response };
  };
  return {
    handler,
    close() {
      closed.abort();
      handler.destroy();
    },
  };
}
