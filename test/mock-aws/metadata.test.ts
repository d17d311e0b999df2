import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { fromInstanceMetadata } from '@smithy/credential-provider-imds';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MockAws, startMockAws } from '../../src/mock-aws/index.js';

const OWN = 'i-0abc1234def567893';
const CREDENTIALS = '/latest/meta-data/iam/security-credentials/';

let mock: MockAws;
let now = Date.UTC(2026, 5, 1);

beforeEach(async () => {
  now = Date.UTC(2026, 5, 1);
  mock = await startMockAws({ metadataInstanceId: OWN, now: () => now });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await mock.stop();
});

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the default world lacks it');
  return value;
}

function ownInstance() {
  return present(mock.state.instances[OWN]);
}

async function token(lifetime = '60'): Promise<Response> {
  const headers = { 'X-aws-ec2-metadata-token-ttl-seconds': lifetime };
  return fetch(`${mock.url}/latest/api/token`, { method: 'PUT', headers });
}

async function read(where: string): Promise<{ status: number; text: string }> {
  const headers = { 'X-aws-ec2-metadata-token': await (await token()).text() };
  const response = await fetch(mock.url + where, { headers });
  return { status: response.status, text: await response.text() };
}

describe('instance metadata tokens', () => {
  it.each([
    ['0', 400],
    ['21601', 400],
    ['one', 400],
    ['21600', 200],
  ])('are issued for %s seconds with status %i', async (lifetime, status) => {
    expect((await token(lifetime)).status).toBe(status);
  });

  it('expire', async () => {
    const headers = { 'X-aws-ec2-metadata-token': await (await token('60')).text() };
    const region = `${mock.url}/latest/meta-data/placement/region`;
    expect((await fetch(region, { headers })).status).toBe(200);
    now += 60_000;
    expect((await fetch(region, { headers })).status).toBe(401);
  });

  it('are needed unless the instance makes them optional', async () => {
    const instanceId = `${mock.url}/latest/meta-data/instance-id`;
    expect((await fetch(instanceId)).status).toBe(401);
    ownInstance().metadataOptions.httpTokens = 'optional';
    expect(await (await fetch(instanceId)).text()).toBe(OWN);
  });
});

describe('instance metadata', () => {
  it.each([
    ['/latest/meta-data/instance-id', OWN],
    ['/latest/meta-data/placement/region', 'us-east-1'],
    ['/latest/meta-data/placement/availability-zone', 'us-east-1a'],
    ['/latest/meta-data/services/partition', 'aws'],
    ['/latest/meta-data/services/domain', 'amazonaws.com'],
    [CREDENTIALS, 'web-server'],
    ['/latest/meta-data/identity-credentials/ec2/security-credentials/', 'ec2-instance'],
  ])('answers %s', async (where, text) => {
    expect(await read(where)).toStrictEqual({ status: 200, text });
  });

  it('names account, region and instance in the identity document', async () => {
    const { text } = await read('/latest/dynamic/instance-identity/document');
    expect(JSON.parse(text)).toMatchObject({
      accountId: '111122223333',
      region: 'us-east-1',
      instanceId: OWN,
    });
  });

  it('names the profile, and its loss', async () => {
    const before = await read('/latest/meta-data/iam/info');
    delete mock.state.instanceProfiles['web-server'];
    const after = await read('/latest/meta-data/iam/info');
    expect(JSON.parse(before.text)).toMatchObject({
      Code: 'Success',
      InstanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/web-server',
    });
    expect(JSON.parse(after.text)).toMatchObject({ Code: 'InstanceProfileNotFound' });
  });

  it('has no role on an instance without a profile, nor on one whose profile is empty', async () => {
    for (const id of ['i-0abc1234def567890', 'i-0abc1234def567894']) {
      mock.settings.metadataInstanceId = id;
      expect((await read(CREDENTIALS)).status).toBe(404);
    }
  });

  it('says when the trust policy is wrong', async () => {
    present(mock.state.roles['web-server']).trustPolicy = JSON.stringify({
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    });
    const { status, text } = await read(`${CREDENTIALS}web-server`);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ Code: 'AssumeRoleUnauthorizedAccess' });
  });

  it("has the instance's tags where the instance shows them", async () => {
    const tags = '/latest/meta-data/tags/instance';
    const own = ownInstance();
    own.tags = { Name: 'web 1', 'größe/x': 'klein' };
    expect((await read(`${tags}/`)).status).toBe(404);
    own.metadataOptions.instanceMetadataTags = 'enabled';
    expect((await read(tags)).text).toBe('Name\ngröße/x');
    expect((await read(`${tags}/`)).text).toBe('Name\ngröße/x');
    expect((await read(`${tags}/Name`)).text).toBe('web 1');
    expect((await read(`${tags}/${encodeURIComponent('größe/x')}`)).text).toBe('klein');
    for (const absent of ['Role', 'constructor', '%E0'])
      expect((await read(`${tags}/${absent}`)).status).toBe(404);
  });

  it.each([
    '/latest/meta-data/absent',
    '/latest/user-data',
    '/latest/meta-data/constructor',
    `${CREDENTIALS}another-role`,
    '/latest',
  ])('has nothing at %s', async (where) => {
    expect((await read(where)).status).toBe(404);
  });

  it('gives the name of the role with and without a slash', async () => {
    expect((await read(CREDENTIALS.slice(0, -1))).text).toBe('web-server');
    delete mock.state.roles['web-server'];
    expect((await read(CREDENTIALS)).status).toBe(404);
  });

  it('says nothing of a profile where there is none', async () => {
    mock.settings.metadataInstanceId = 'i-0abc1234def567890';
    expect((await read('/latest/meta-data/iam/info')).status).toBe(404);
  });

  it('gives the same credentials until the last hour of their six', async () => {
    const key = async () => {
      const { AccessKeyId } = JSON.parse((await read(`${CREDENTIALS}web-server`)).text) as {
        readonly AccessKeyId: string;
      };
      return AccessKeyId;
    };
    const first = await key();
    now += 4.9 * 3_600_000;
    expect(await key()).toBe(first);
    now += 0.2 * 3_600_000;
    expect(await key()).not.toBe(first);
  });

  it("has China's domain in China", async () => {
    const china = await startMockAws({ region: 'cn-north-1' });
    const headers = { 'X-aws-ec2-metadata-token-ttl-seconds': '60' };
    const session = await (await fetch(`${china.url}/latest/api/token`, { method: 'PUT', headers })).text();
    const domain = await fetch(`${china.url}/latest/meta-data/services/domain`, {
      headers: { 'X-aws-ec2-metadata-token': session },
    });
    expect(await domain.text()).toBe('amazonaws.com.cn');
    await china.stop();
  });

  it('takes neither another method nor a token through a proxy, and is not there without an instance', async () => {
    expect((await fetch(`${mock.url}/latest/meta-data/`, { method: 'POST' })).status).toBe(405);
    const headers = { 'X-aws-ec2-metadata-token-ttl-seconds': '60', 'X-Forwarded-For': '10.0.0.1' };
    expect((await fetch(`${mock.url}/latest/api/token`, { method: 'PUT', headers })).status).toBe(403);
    expect((await fetch(`${mock.url}/latest/api/token`, { method: 'PUT' })).status).toBe(400);
    mock.settings.metadataInstanceId = 'i-0123456789abcdef0';
    expect((await token()).status).toBe(404);
  });

  it('is forbidden where its endpoint is disabled', async () => {
    ownInstance().metadataOptions.httpEndpoint = 'disabled';
    expect((await token()).status).toBe(403);
  });

  it('never answers the token request beyond the hop limit', async () => {
    mock.settings.hopLimitExceeded = true;
    const request = fetch(`${mock.url}/latest/api/token`, {
      method: 'PUT',
      headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '60' },
      signal: AbortSignal.timeout(300),
    });
    await expect(request).rejects.toThrow(/timeout/i);
  });

  it('shows a new association, and the end of one, after its delay', async () => {
    mock.settings.propagation.ec2ToMetadataMilliseconds = 5000;
    const association = Object.values(mock.state.associations).find(({ instanceId }) => instanceId === OWN);
    present(association).endedAt = now;
    expect((await read(CREDENTIALS)).status).toBe(200);
    now += 5000;
    expect((await read(CREDENTIALS)).status).toBe(404);
  });
});

describe('the SDKs’ own metadata clients', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'mock-aws-'));
    for (const name of Object.keys(process.env).filter((key) => key.startsWith('AWS_')))
      vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_CONFIG_FILE', path.join(home, 'config'));
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(home, 'credentials'));
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', mock.url);
  });
  afterEach(() => rm(home, { recursive: true }));

  it('get the role’s credentials, by themselves and at the end of the default chain', async () => {
    now = Date.now();
    const direct = await fromInstanceMetadata()();
    const chained = await defaultProvider({ ignoreCache: true })();
    expect(direct.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(chained.accessKeyId).toBe(direct.accessKeyId);
    expect(mock.state.credentials[direct.accessKeyId]).toMatchObject({
      roleName: 'web-server',
      instanceId: OWN,
    });
  });
});
