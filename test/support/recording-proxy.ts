import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it passed; times in milliseconds since the process began. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Base64. */
  readonly body: string;
  readonly startedAt: number;
  /** When the answer was through. */
  endedAt: number;
}

/** A proxy in front of an AWS endpoint that writes down every operation that passes. */
export interface RecordingProxy {
  readonly url: string;
  /** Names of the operations, in order: `GetRole`, or `GET /foundation-models` where the protocol has none. */
  readonly operations: string[];
  /** The same calls in full. */
  readonly requests: RecordedRequest[];
  /** Those that change something. */
  mutations(): readonly string[];
  /** Forgets what has passed. */
  clear(): void;
  stop(): Promise<void>;
}

const looks = /^(?:Get|List|Describe|Simulate|Decode|GET |POST \/model)/u;

function operationName(incoming: IncomingMessage, body: Buffer): string {
  const action = /(?:^|&)Action=(\w+)/u.exec(body.toString('latin1'))?.[1];
  const target = incoming.headers['x-amz-target'];
  return (
    action ??
    (typeof target === 'string' ? (target.split('.').at(-1) ?? target) : `${incoming.method} ${incoming.url}`)
  );
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function recordOf(incoming: IncomingMessage, body: Buffer, startedAt: number): RecordedRequest {
  const { method = 'GET', url = '/', headers } = incoming;
  return {
    method,
    path: url,
    headers,
    body: body.toString('base64'),
    startedAt,
    endedAt: Number.POSITIVE_INFINITY,
  };
}

function forward(target: URL, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const call = request({ host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  call.on('error', () => outgoing.destroy());
  call.end(body);
}

/** Starts the proxy on loopback. */
export async function startRecordingProxy(targetUrl: string): Promise<RecordingProxy> {
  const target = new URL(targetUrl);
  const operations: string[] = [];
  const requests: RecordedRequest[] = [];
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    const body = await readBody(incoming);
    operations.push(operationName(incoming, body));
    const recorded = recordOf(incoming, body, startedAt);
    requests.push(recorded);
    outgoing.once('close', () => {
      recorded.endedAt = performance.now();
    });
    forward(target, incoming, body, outgoing);
  };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    operations,
    requests,
    mutations: () => operations.filter((operation) => !looks.test(operation)),
    clear() {
      operations.length = 0;
      requests.length = 0;
    },
    stop: async () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
