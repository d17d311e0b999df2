import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { MockAws } from '../../src/mock-aws/index.js';
import { mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import { bin } from './cli.js';

/** An instance of the default world that has no profile. */
export const bareInstance = 'i-0abc1234def567890';

/** How a run ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built program between an AWS whose answers can be bent, a home of its own and an OpenClaw that says anything. */
export interface Exposed {
  readonly mock: MockAws;
  readonly home: string;
  readonly folder: string;
  /** What is replaced in every answer of AWS and of instance metadata that is text. */
  readonly replaced: Map<string, string>;
  readonly run: (words: readonly string[], more?: Readonly<Record<string, string>>) => Promise<Ended>;
  /** The environment of each run. */
  readonly variables: Readonly<Record<string, string>>;
  /** Every file below home and temporary folder, by its path below the stage's. */
  readonly files: () => Promise<Readonly<Record<string, Buffer>>>;
  readonly stop: () => Promise<void>;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** A proxy that replaces words in answers; event streams, which carry checksums, pass as they are. */
async function startBendingProxy(
  target: string,
  replaced: ReadonlyMap<string, string>,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { method, headers, url = '/' } = incoming;
    const onward = forward(new URL(url, target), { method, headers });
    onward.end(await bodyOf(incoming));
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    let body = await bodyOf(answer);
    const type = answer.headers['content-type'] ?? '';
    if (!type.includes('eventstream')) {
      const text = [...replaced].reduce(
        (now, [from, to]) =>
          now.replaceAll(from, type.includes('json') ? JSON.stringify(to).slice(1, -1) : to),
        body.toString(),
      );
      body = Buffer.from(text);
    }
    const { 'transfer-encoding': _chunked, ...others } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, { ...others, 'content-length': body.length });
    outgoing.end(body);
  };
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function below(folder: string, base: string): Promise<Readonly<Record<string, Buffer>>> {
  const found: Record<string, Buffer> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => null);
    if (bytes !== null) found[path.slice(base.length + 1)] = bytes;
  }
  return found;
}

/** What a stage begins with. `openclaw`: a program in its place; left out, this package's own stand-in. */
export interface ExposedOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly openclaw?: string;
  /** Name of the home folder. */
  readonly homeName?: string;
}

/** Opens a stage; `stop` removes it. */
export async function openExposed({
  files = {},
  openclaw,
  homeName = 'home',
}: ExposedOptions = {}): Promise<Exposed> {
  const folder = await mkdtemp(join(tmpdir(), 'exposed-'));
  const home = join(folder, homeName);
  const [programs, temporary] = [join(folder, 'bin'), join(folder, 'tmp')];
  for (const made of [home, programs, temporary]) await mkdir(made, { mode: 0o700 });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true, mode: 0o700 });
    await writeFile(join(home, name), text, { mode: 0o600 });
  }
  const standIn = `#!/bin/sh\nexec '${process.execPath}' '${bin}' __openclaw "$@"\n`;
  await writeFile(join(programs, 'openclaw'), openclaw ?? standIn);
  await writeFile(join(programs, 'systemctl'), '#!/bin/sh\nexit 1\n');
  for (const name of ['openclaw', 'systemctl']) await chmod(join(programs, name), 0o700);
  const mock = await startMockAws({ metadataInstanceId: bareInstance });
  const replaced = new Map<string, string>();
  const proxy = await startBendingProxy(mock.url, replaced);
  const variables = {
    ...mockAwsEnvironment(mock, 'operator'),
    AWS_ENDPOINT_URL: proxy.url,
    // It is spoken with over HTTP/2, which the proxy does not.
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: mock.url,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: proxy.url,
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    TMPDIR: temporary,
  };
  return {
    mock,
    home,
    folder,
    replaced,
    variables,
    async run(words, more = {}) {
      const { exitCode, stdout, stderr } = await execa(process.execPath, [bin, ...words], {
        env: { ...variables, ...more },
        extendEnv: false,
        stdin: 'ignore',
        reject: false,
        stripFinalNewline: false,
        timeout: 120_000,
      });
      return { exitCode: exitCode ?? -1, stdout, stderr };
    },
    files: async () => ({ ...(await below(home, folder)), ...(await below(temporary, folder)) }),
    async stop() {
      await proxy.stop();
      await mock.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
