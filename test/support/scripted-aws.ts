import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An answer, status 200 unless told. */
export interface ScriptedReply {
  readonly status?: number;
  readonly body: string;
}

/** A server that answers each operation with what was said for it, whatever it was asked. */
export interface ScriptedAws {
  readonly url: string;
  /** By operation (`DescribeInstances`), or method and path where a service has no names for them (`GET /foundation-models`). */
  readonly replies: Map<string, ScriptedReply>;
  /** The operations that were asked for. */
  readonly calls: string[];
  close(): Promise<void>;
}

function operationOf(method: string, path: string, target: unknown, body: string): string {
  if (typeof target === 'string') return target.split('.').at(-1) ?? '';
  return new URLSearchParams(body).get('Action') ?? `${method} ${path.split('?')[0] ?? ''}`;
}

/** Starts the server on a free port of the loopback interface. What nobody said anything for is answered with 501. */
export async function startScriptedAws(): Promise<ScriptedAws> {
  const replies = new Map<string, ScriptedReply>();
  const calls: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '' } = request;
    const operation = operationOf(method, url, request.headers['x-amz-target'], await text(request));
    calls.push(operation);
    const reply = replies.get(operation) ?? { status: 501, body: '' };
    response.writeHead(reply.status ?? 200, {
      'content-type': reply.body.startsWith('<') ? 'text/xml' : 'application/json',
    });
    response.end(reply.body);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    replies,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
