import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A proxy in front of an AWS endpoint that writes down each query operation that passes. */
export interface CountingProxy {
  readonly url: string;
  /** Names of the operations since the last `clear`, such as `GetRole`. */
  readonly operations: readonly string[];
  readonly writes: readonly string[];
  clear(): void;
  stop(): Promise<void>;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Starts a counting proxy on loopback in front of `target`. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const operations: string[] = [];
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming);
    const { method, headers, url = '/' } = incoming;
    operations.push(new URLSearchParams(body.toString()).get('Action') ?? `${method} ${url}`);
    const onward = forward(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  };
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    operations,
    get writes() {
      return operations.filter((name) => !/^(?:Get|List|Describe)/u.test(name));
    },
    clear: () => void operations.splice(0),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
