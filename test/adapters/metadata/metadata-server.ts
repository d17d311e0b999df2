import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server answers to a path, the token request included; `null`: never. */
export type MetadataPaths = Readonly<
  Record<string, { readonly status?: number; readonly body?: string } | null>
>;

/** A tiny instance metadata service. */
export interface MetadataServer {
  readonly url: string;
  paths: MetadataPaths;
  close(): Promise<void>;
}

/** Starts it on a free port of loopback. Paths that it does not know are 404. */
export async function startMetadataServer(paths: MetadataPaths): Promise<MetadataServer> {
  const server = createServer((request, response) => {
    request.resume();
    const answer = handle.paths[request.url ?? ''];
    if (answer === null) return;
    response.writeHead(answer?.status ?? (answer === undefined ? 404 : 200));
    response.end(answer?.body ?? '');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const handle: MetadataServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return handle;
}
