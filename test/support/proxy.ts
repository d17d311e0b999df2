import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';

/** A proxy that lets every connection to AWS through to a pretend one. */
export interface TestProxy {
  readonly url: string;
  /** File of the certificate with which it answers in the place of AWS. */
  readonly certificate: string;
  /** What it was asked to connect to, e.g. `iam.amazonaws.com:443`. */
  readonly asked: string[];
  /** Whether it lets nobody through from now on. */
  refusing: boolean;
  stop(): Promise<void>;
}

async function makeCertificate(folder: string): Promise<{ readonly key: Buffer; readonly cert: Buffer }> {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = 'subjectAltName=DNS:*.amazonaws.com,DNS:*.us-east-1.amazonaws.com';
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=aws'];
  await promisify(execFile)('openssl', [...words, '-addext', names, '-keyout', keyFile, '-out', certFile]);
  return { key: await readFile(keyFile), cert: await readFile(certFile) };
}

/** Starts a proxy in front of a server that speaks plain HTTP on a port of this host. */
export async function startProxy(port: number): Promise<TestProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'proxy-'));
  const identity = await makeCertificate(folder);
  const open = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  };
  const proxy: Omit<TestProxy, 'url'> = {
    certificate: join(folder, 'cert.pem'),
    asked: [],
    refusing: false,
    async stop() {
      for (const socket of open) socket.destroy();
      await promisify(server.close.bind(server))();
      await rm(folder, { recursive: true });
    },
  };
  const server = createServer((socket) => {
    keep(socket);
    socket.once('data', (head) => {
      const [, target = ''] = /^CONNECT (\S+) /u.exec(head.toString('latin1')) ?? [];
      proxy.asked.push(target);
      if (proxy.refusing) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const inside = new TLSSocket(socket, { isServer: true, ...identity });
      const aws = connect(port, '127.0.0.1');
      for (const end of [inside, aws]) keep(end);
      inside.pipe(aws).pipe(inside);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return Object.assign(proxy, { url: `http://127.0.0.1:${address.port}` });
}
