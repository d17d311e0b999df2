import { EventEmitter, once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MockAws } from '../../../src/mock-aws/index.js';
import { mockAwsEnvironment, startMockAws } from '../../../src/mock-aws/index.js';
import { runCli, runCliJson, withHome } from '../../support/cli.js';

const instance = ['--instance-id', 'i-0abc1234def567890'];
let mock: MockAws;

beforeEach(async () => {
  mock = await startMockAws();
});
afterEach(() => mock.stop());

interface HeldBack {
  readonly url: string;
  /** Whether it came to say where the instance is, to somebody who still waited for it. */
  said(): boolean;
  stop(): void;
}

/** Metadata that does not say where the instance is before somebody else has asked for a token, too: credentials begin with one. */
async function heldBack(): Promise<HeldBack> {
  let said = false;
  let tokens = 0;
  const another = new EventEmitter();
  const server = createServer((asked, answer) => {
    if (asked.method === 'PUT') tokens += 1;
    if (tokens === 2) another.emit('asked');
    const { method, headers, url = '/' } = asked;
    const pass = (): void => {
      const passed = request(`${mock.url}${url}`, { method, headers }, (given) => {
        answer.writeHead(given.statusCode ?? 500, given.headers);
        given.pipe(answer);
      });
      passed.end();
    };
    const isDocument = url.includes('instance-identity');
    const give = (): void => {
      said ||= isDocument && !answer.destroyed;
      pass();
    };
    if (isDocument && tokens < 2) another.once('asked', give);
    else give();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, said: () => said, stop: () => void server.close() };
}

it('verify looks for credentials before it knows where it is', () =>
  withHome(async (home) => {
    const operator = mockAwsEnvironment(mock, 'operator');
    await runCli(['setup', ...instance, '--host', 'skip', '--yes'], { home, variables: operator });
    const metadata = await heldBack();
    const variables = { AWS_ENDPOINT_URL: mock.url, AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url };
    const { report } = await runCliJson(['verify', '--host', 'local'], { home, variables });
    metadata.stop();
    expect(metadata.said()).toBe(true);
    expect(report).toMatchObject({ region: 'us-east-1', instances: [{ id: instance[1] }] });
    const identity = report.checks.find(({ id }) => id === 'identity');
    expect(identity).toMatchObject({ status: 'ok' });
  }));
