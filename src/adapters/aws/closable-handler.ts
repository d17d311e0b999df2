import { setMaxListeners } from 'node:events';
import type { AgentOptions } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AnswerBounds } from './bounded-answers.js';
import { boundBody } from './bounded-answers.js';
import type { Environment } from '../../ports/environment.js';

/** How long a connection and an answer may take, in milliseconds, 3000 and 10000 unless told; and how they are made. */
export interface HandlerOptions {
  readonly connect?: number | undefined;
  readonly answer?: number | undefined;
  /** For a whole answer, and its largest size. */
  readonly bounds?: AnswerBounds | undefined;
  /** Where HTTPS_PROXY and NO_PROXY are named; nowhere unless told. Node.js 20 knows no such thing, and connects directly. */
  readonly proxies?: Environment | undefined;
}

/** What Node.js makes the agent for HTTPS of; its types know `proxyEnv` from 24 on. */
interface ProxiedAgent extends AgentOptions {
  readonly proxyEnv?: Environment;
}

/**
 * Connections that end with what they carry: closing aborts the calls that are still waiting, which the SDK does not try
 * again. Destroying the SDK's own handler alone lets them be repeated, so that a process goes on long after its last word.
 */
export function closableHandler({ connect = 3000, answer = 10_000, bounds, proxies }: HandlerOptions = {}): {
  readonly handler: NodeHttpHandler;
  close(): void;
} {
  const httpsAgent: ProxiedAgent = proxies === undefined ? {} : { proxyEnv: proxies };
  const handler = new NodeHttpHandler({
    connectionTimeout: connect,
    requestTimeout: answer,
    socketTimeout: answer,
    throwOnRequestTimeout: true,
    httpsAgent,
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
