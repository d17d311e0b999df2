import { EventEmitter, once } from 'node:events';
import { createServer, request } from 'node:http';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { detectMachine } from '../../../src/adapters/metadata/index.js';
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

it('verify ends though nobody answers who was asked for the credentials of a role', () =>
  withHome(async (home) => {
    await mkdir(join(home, '.aws'));
    const role = 'role_arn = arn:aws:iam::111122223333:role/other\ncredential_source = Environment';
    await writeFile(join(home, '.aws/config'), `[profile assumed]\n${role}\n`);
    const operator = mockAwsEnvironment(mock, 'operator');
    await runCli(['setup', ...instance, '--host', 'skip', '--yes'], { home, variables: operator });
    const variables = { ...operator, AWS_PROFILE: 'assumed' };
    mock.settings.faults.push({ service: 'sts', kind: 'timeout' });
    const words = ['verify', ...instance, '--host', 'local', '--timeout', '1'];
    const { exitCode, stdout } = await runCli(words, { home, variables, timeout: 20_000 });
    expect(stdout).toContain('drift');
    expect(exitCode).toBe(1);
  }));

/** A server that takes connections and never answers. */
async function silentServer(): Promise<{ readonly url: string; stop(): void }> {
  const server = createServer(() => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

it('verify ends though the endpoint of a container that has the credentials is silent', () =>
  withHome(async (home) => {
    const operator = mockAwsEnvironment(mock, 'operator');
    await runCli(['setup', ...instance, '--host', 'skip', '--yes'], { home, variables: operator });
    const silent = await silentServer();
    const variables = {
      AWS_ENDPOINT_URL: mock.url,
      AWS_REGION: 'us-east-1',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: silent.url,
    };
    const words = ['verify', ...instance, '--host', 'local', '--timeout', '1'];
    const { exitCode, stdout } = await runCli(words, { home, variables, timeout: 20_000 });
    silent.stop();
    expect(stdout).toContain('drift');
    expect(exitCode).toBe(1);
  }));

/** A home whose profile `found` runs a program that says, by a file, that it was run. */
async function withProgram(home: string): Promise<string> {
  const [asked, script] = [join(home, 'asked'), join(home, 'find.cjs')];
  await writeFile(script, `require('node:fs').writeFileSync(${JSON.stringify(asked)}, ''); process.exit(1)`);
  await mkdir(join(home, '.aws'));
  const config = `[profile found]\ncredential_process = ${process.execPath} ${script}\n`;
  await writeFile(join(home, '.aws/config'), config);
  return asked;
}

it('verify runs no program for credentials that nothing needs', () =>
  withHome(async (home) => {
    const asked = await withProgram(home);
    const silent = await silentServer();
    const words = ['verify', '--region', 'us-east-1', '--gateway-profile', 'nobody', '--timeout', '1'];
    const variables = {
      AWS_PROFILE: 'found',
      AWS_ENDPOINT_URL: mock.url,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: silent.url,
    };
    const { stdout } = await runCli(words, { home, variables });
    silent.stop();
    expect(stdout).toContain('metadata');
    expect(existsSync(asked)).toBe(false);
  }));

it('verify runs no program for the gateway before it is to be asked', () =>
  withHome(async (home) => {
    const asked = await withProgram(home);
    await mkdir(join(home, '.openclaw'));
    await writeFile(join(home, '.openclaw/.env'), 'AWS_PROFILE=found\n');
    const silent = await silentServer();
    const variables = { AWS_ENDPOINT_URL: mock.url, AWS_EC2_METADATA_SERVICE_ENDPOINT: silent.url };
    const { report } = await runCliJson(['verify', '--host', 'local'], { home, variables });
    silent.stop();
    expect(report.error).toMatchObject({ code: 'REGION_NEEDED' });
    expect(existsSync(asked)).toBe(false);
  }));

const { ec2: onInstance } = await detectMachine({ environment: {} });
if (onInstance)
  process.stderr.write('skipped: what verify does where this is no instance; this machine is one\n');

it.skipIf(onInstance)(
  'verify runs no program for credentials that nothing needs where this is no instance',
  () =>
    withHome(async (home) => {
      const asked = await withProgram(home);
      const words = ['verify', '--region', 'us-east-1', '--gateway-profile', 'nobody', '--timeout', '1'];
      const variables = { AWS_PROFILE: 'found', AWS_ENDPOINT_URL: mock.url };
      const { stdout } = await runCli(words, { home, variables });
      expect(stdout).toContain('nobody');
      expect(existsSync(asked)).toBe(false);
    }),
);

it.skipIf(onInstance)('verify names no set-up that would ask for an instance where this is none', () =>
  withHome(async (home) => {
    const words = ['verify', '--region', 'us-east-1', '--timeout', '1'];
    const variables = { AWS_ENDPOINT_URL: mock.url, AWS_EC2_METADATA_DISABLED: 'true' };
    const { exitCode, report } = await runCliJson(words, { home, variables });
    expect([exitCode, report.next]).toEqual([1, []]);
  }),
);
