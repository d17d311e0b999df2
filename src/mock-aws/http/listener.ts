import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type MockReply, textReply } from './reply.js';
import { type MockRequest, readRequest } from './request.js';

/** Answers one request. Must not reject. */
export type Handler = (request: MockRequest) => Promise<MockReply>;

/** A listener on loopback. */
export interface Listener {
  readonly port: number;
  /** Closes the port and every connection at once. */
  stop(): Promise<void>;
}

// The first three bytes of the HTTP/2 preface (RFC 9113, 3.4); no HTTP/1 method begins like this.
const HTTP2_PREFACE = Buffer.from('PRI');

/**
 * Listens on 127.0.0.1 (port 0: a free one) and serves HTTP/1.1 and, for clients with prior knowledge, HTTP/2: the
 * JavaScript SDK speaks HTTP/2 to Bedrock Runtime even without TLS.
 * Rejects with node's error when the port is taken.
 */
export async function listen(port: number, handler: Handler): Promise<Listener> {
  const stopping = new AbortController();
  const serve = (request: AnyRequest, response: AnyResponse) => {
    void answer(request, response, handler, stopping.signal).catch(() => drop(request));
  };
  const http = createHttp(serve);
  const http2 = createHttp2(serve);
  http2.on('sessionError', () => undefined);
  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: false }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    sniff(socket, (isHttp2) => (isHttp2 ? http2 : http).emit('connection', socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: async () => {
      stopping.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

type AnyRequest = IncomingMessage | Http2ServerRequest;
type AnyResponse = ServerResponse | Http2ServerResponse;

function sniff(socket: Socket, decide: (isHttp2: boolean) => void): void {
  const onReadable = () => {
    const first: unknown = socket.read();
    if (!Buffer.isBuffer(first)) return;
    socket.off('readable', onReadable);
    socket.unshift(first);
    decide(first.subarray(0, 3).equals(HTTP2_PREFACE));
  };
  socket.on('readable', onReadable);
}

async function answer(
  incoming: AnyRequest,
  outgoing: AnyResponse,
  handler: Handler,
  signal: AbortSignal,
): Promise<void> {
  const reply = await handle(incoming, handler);
  const delivery = reply.delivery ?? { kind: 'whole' };
  if (delivery.kind === 'dropped') return drop(incoming);
  if (delivery.kind === 'never') return;
  const body = Buffer.from(reply.body);
  outgoing.writeHead(reply.status, { ...reply.headers, 'content-length': String(body.length) });
  if (delivery.kind === 'slow') await drip(outgoing, body, delivery.pauseMilliseconds, signal);
  else outgoing.end(body);
}

async function handle(incoming: AnyRequest, handler: Handler): Promise<MockReply> {
  const request = await readRequest(incoming);
  return request === undefined ? textReply(413, 'Request Entity Too Large') : handler(request);
}

async function drip(
  outgoing: AnyResponse,
  body: Buffer,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  const third = Math.max(1, Math.ceil(body.length / 3));
  for (let start = 0; start < body.length; start += third) {
    writeTo(outgoing, body.subarray(start, start + third));
    await pause(milliseconds, undefined, { signal });
  }
  outgoing.end();
}

function writeTo(outgoing: AnyResponse, piece: Buffer): void {
  if ('createPushResponse' in outgoing) outgoing.write(piece);
  else outgoing.write(piece);
}

function drop(incoming: AnyRequest): void {
  if ('stream' in incoming) incoming.stream.session?.destroy();
  else incoming.socket.destroy();
}
