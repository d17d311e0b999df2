import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStandIn } from '../../../src/adapters/probe/index.js';
import type { MockAws } from '../../../src/mock-aws/index.js';
import { defaultWorld, startMockAws } from '../../../src/mock-aws/index.js';
import type { GatewayProbe, GatewayStandIn } from '../../../src/ports/gateway-probe.js';

const entry = path.join(import.meta.dirname, 'entry.ts');
const command = [process.execPath, '--import', 'tsx', entry] as const;
const nova = 'us.amazon.nova-micro-v1:0';

describe('the gateway probe', () => {
  let aws: MockAws;
  let home: string;
  let probe: GatewayProbe;

  const open = (more: Record<string, string> = {}, timeoutMilliseconds = 10_000): GatewayProbe =>
    startStandIn({
      command,
      variables: {
        HOME: home,
        AWS_ENDPOINT_URL: aws.url,
        AWS_ACCESS_KEY_ID: aws.settings.operator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: aws.settings.operator.secretAccessKey,
        ...more,
      },
    }).at('us-east-1', timeoutMilliseconds);

  beforeAll(async () => {
    aws = await startMockAws({ world: defaultWorld() });
    home = await mkdtemp(path.join(tmpdir(), 'probe-'));
  });
  afterAll(async () => {
    await aws.stop();
    await rm(home, { recursive: true });
  });
  beforeEach(() => {
    probe = open();
  });
  afterEach(async () => {
    await probe.close();
    aws.settings.modelFaults = {};
    aws.settings.faults = [];
  });

  it('answers several questions at once from one child', async () => {
    const [identity, models, profiles, answer, stream] = await Promise.all([
      probe.identity(),
      probe.listFoundationModels(),
      probe.listInferenceProfiles(),
      probe.converse(nova),
      probe.converseStream(nova),
    ]);
    expect(identity).toMatchObject({ ok: true, value: { account: '111122223333' } });
    expect(models).toMatchObject({ ok: true });
    expect(models.ok && models.value.some(({ id }) => id === 'amazon.nova-micro-v1:0')).toBe(true);
    expect(profiles.ok && profiles.value.find(({ id }) => id === nova)?.active).toBe(true);
    expect(answer).toMatchObject({ ok: true, value: { text: expect.stringMatching(/\S/u) as unknown } });
    expect(stream).toMatchObject({ ok: true, value: { text: expect.stringMatching(/\S/u) as unknown } });
  });

  /** A child whose credentials a program finds, and what it wrote down: a dot for each time that it was asked. */
  const finding = async (
    works: boolean,
  ): Promise<{ readonly standIn: GatewayStandIn; readonly asked: () => Promise<string> }> => {
    const { accessKeyId, secretAccessKey } = aws.settings.operator;
    const found = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
    const folder = await mkdtemp(path.join(home, 'finding-'));
    const [asked, config, script] = ['asked', 'config', 'find.cjs'].map((name) => path.join(folder, name));
    const answer = works ? `console.log('${JSON.stringify(found)}')` : 'process.exit(1)';
    const lines = `fs.appendFileSync(${JSON.stringify(asked)}, '.'); ${answer}`;
    await writeFile(script ?? '', `const fs = require('node:fs'); ${lines}`);
    await writeFile(config ?? '', `[profile found]\ncredential_process = ${process.execPath} ${script}\n`);
    const standIn = startStandIn({
      command,
      variables: {
        HOME: home,
        AWS_ENDPOINT_URL: aws.url,
        AWS_CONFIG_FILE: config ?? '',
        AWS_PROFILE: 'found',
      },
    });
    return { standIn, asked: async () => readFile(asked ?? '', 'utf8').catch(() => '') };
  };

  it('looks for credentials once, whichever services are asked', async () => {
    const { standIn, asked } = await finding(true);
    const probing = standIn.at('us-east-1', 10_000);
    const answers = [
      ...(await Promise.all([probing.identity(), probing.listFoundationModels()])),
      await probing.converse(nova),
    ];
    await probing.close();
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(await asked()).toBe('.');
  });

  it('looks for credentials before it is asked, when it is told to', async () => {
    const { standIn, asked } = await finding(true);
    standIn.prepare();
    await expect.poll(asked, { timeout: 10_000 }).toBe('.');
    const { ok } = await standIn.at('us-east-1', 10_000).identity();
    await standIn.close();
    expect(ok).toBe(true);
    expect(await asked()).toBe('.');
  });

  it('waits for a region where credentials cannot be found without one', async () => {
    const signed: string[] = [];
    const sts = createServer((request, response) => {
      signed.push(/Credential=[^/]+\/\d+\/([^,]+)/u.exec(request.headers.authorization ?? '')?.[1] ?? '');
      const given = { AccessKeyId: 'ASIAGIVEN', SecretAccessKey: 'given', SessionToken: 'given' };
      const keys = Object.entries(given).map(([name, value]) => `<${name}>${value}</${name}>`);
      const credentials = `<Credentials>${keys.join('')}<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`;
      response.end(
        `<Response><AssumeRoleResult>${credentials}</AssumeRoleResult><GetCallerIdentityResult/></Response>`,
      );
    });
    sts.listen(0, '127.0.0.1');
    await once(sts, 'listening');
    const config = path.join(await mkdtemp(path.join(home, 'assumed-')), 'config');
    const role = 'role_arn = arn:aws:iam::111122223333:role/other\ncredential_source = Environment';
    await writeFile(config, `[profile other]\n${role}\n`);
    const { port } = sts.address() as AddressInfo;
    const standIn = startStandIn({
      command,
      variables: {
        HOME: home,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        AWS_CONFIG_FILE: config,
        AWS_PROFILE: 'other',
        AWS_ACCESS_KEY_ID: aws.settings.operator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: aws.settings.operator.secretAccessKey,
      },
    });
    standIn.prepare();
    await delay(1000);
    const before = signed.length;
    await standIn.at('eu-west-1', 10_000).identity();
    await standIn.close();
    sts.close();
    expect(before).toBe(0);
    expect(signed).toEqual(['eu-west-1/sts/aws4_request', 'eu-west-1/sts/aws4_request']);
  });

  it('looks again, and tells, where it found none before it was asked', async () => {
    const { standIn, asked } = await finding(false);
    standIn.prepare();
    await expect.poll(asked, { timeout: 10_000 }).toMatch(/^\.+$/u);
    const answer = await standIn.at('us-east-1', 10_000).identity();
    await standIn.close();
    expect(answer).toMatchObject({ ok: false, failure: { name: 'CredentialsProviderError' } });
  });

  it('brings a failure across in one piece', async () => {
    aws.settings.modelFaults[nova] = {
      status: 400,
      name: 'ValidationException',
      message: 'Operation not allowed',
    };
    expect(await probe.converse(nova)).toMatchObject({
      ok: false,
      failure: { name: 'ValidationException', message: 'Operation not allowed', status: 400 },
    });
  });

  it('sees only the environment that it is given', async () => {
    const bare = startStandIn({
      command,
      variables: { HOME: home, AWS_ENDPOINT_URL: aws.url, AWS_EC2_METADATA_DISABLED: 'true' },
    }).at('us-east-1', 10_000);
    expect(await bare.identity()).toMatchObject({ ok: false, failure: { name: 'CredentialsProviderError' } });
    await bare.close();
  });

  it('gives a call up after its time', async () => {
    aws.settings.faults.push({ service: 'sts', kind: 'timeout' });
    const quick = open({}, 600);
    const answer = await quick.identity();
    expect(answer).toMatchObject({ ok: false, failure: { name: 'ETIMEDOUT', status: 0 } });
    await quick.close();
  });

  it('names the network where nothing answers', async () => {
    const lost = open({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
    expect(await lost.listFoundationModels()).toMatchObject({ ok: false, failure: { name: 'ECONNREFUSED' } });
    await lost.close();
  });

  it('takes a child that does not speak for a failure, without its secrets', async () => {
    const mute = startStandIn({
      command: [process.execPath, '-e', 'console.error("AKIACANARY0123456789"); process.exit(3)'],
      variables: {},
    }).at('us-east-1', 1000);
    const answer = await mute.identity();
    expect(answer).toMatchObject({ ok: false, failure: { name: 'ProbeEnded' } });
    expect(JSON.stringify(answer)).toContain('exit code 3');
    expect(JSON.stringify(answer)).not.toContain('CANARY');
    expect(await mute.identity()).toMatchObject({ ok: false });
  });

  it('does not wait for a child that looks for credentials and owes no answer', async () => {
    const said = path.join(await mkdtemp(path.join(home, 'ended-')), 'said');
    const program = `const fs = require('node:fs'); let asked = Infinity;
      process.stdin.on('data', () => fs.writeFileSync(${JSON.stringify(said)}, 'begun'));
      process.stdin.on('end', () => { asked = performance.now(); });
      process.on('SIGTERM', () => { fs.writeFileSync(${JSON.stringify(said)}, String(Math.max(0, performance.now() - asked))); process.exit(); });
      setInterval(() => {}, 1000);`;
    const standIn = startStandIn({ command: [process.execPath, '-e', program], variables: {} });
    standIn.prepare();
    const told = async (): Promise<string> => readFile(said, 'utf8').catch(() => '');
    await expect.poll(told, { timeout: 10_000 }).toBe('begun');
    await standIn.close();
    expect(Number(await told())).toBeLessThan(250);
  });

  it('ends a child that will not', async () => {
    const deaf = startStandIn({
      command: [process.execPath, '-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'],
      variables: {},
    }).at('us-east-1', 100);
    const asked = deaf.identity();
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    await deaf.close();
    expect(await asked).toMatchObject({ ok: false, failure: { name: 'ProbeEnded' } });
  });
});
