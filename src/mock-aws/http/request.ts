import type { IncomingHttpHeaders } from 'node:http';

const MAXIMUM_BODY_BYTES = 4 * 1024 * 1024;

/** A request with its body read, the same for HTTP/1.1 and HTTP/2. */
export interface MockRequest {
  readonly method: string;
  /** Still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What node:http and the compatibility layer of node:http2 have in common. */
export interface IncomingRequest extends AsyncIterable<unknown> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Reads a request to its end; undefined when its body is larger than 4 MiB. */
export async function readRequest(incoming: IncomingRequest): Promise<MockRequest | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of incoming) {
    if (!(piece instanceof Uint8Array)) continue;
    size += piece.length;
    if (size <= MAXIMUM_BODY_BYTES) pieces.push(Buffer.from(piece));
  }
  if (size > MAXIMUM_BODY_BYTES) return undefined;
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: Buffer.concat(pieces),
  };
}

/** A header's value, the first where it was sent twice. */
export function header(request: Pick<MockRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
