import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMetadataReader,
  detectMachine,
  runsContainers,
  readInstanceDocument,
} from '../../../src/adapters/metadata/index.js';
import { startMockAws } from '../../../src/mock-aws/index.js';
import type { MetadataServer } from './metadata-server.js';
import { startMetadataServer } from './metadata-server.js';

const document = { instanceId: 'i-0abc1234def567890', region: 'cn-north-1', accountId: '111122223333' };

describe('the metadata reader', () => {
  let server: MetadataServer;
  beforeEach(async () => {
    server = await startMetadataServer({ '/latest/api/token': { body: 'TOKEN' } });
  });
  afterEach(() => server.close());

  const reader = (timeoutMilliseconds = 1000) =>
    createMetadataReader({
      environment: { AWS_EC2_METADATA_SERVICE_ENDPOINT: `${server.url}/` },
      timeoutMilliseconds,
    });

  it('tells answers by their status', async () => {
    server.paths = { ...server.paths, '/latest/meta-data/iam/info': { status: 403, body: 'no' } };
    expect(await reader().token()).toEqual({ kind: 'answer', status: 200, body: 'TOKEN' });
    expect(await reader().get('meta-data/iam/info', 'TOKEN')).toEqual({
      kind: 'answer',
      status: 403,
      body: 'no',
    });
    expect(await reader().get('meta-data/nothing', 'TOKEN')).toMatchObject({ status: 404 });
  });

  it('tells silence from refusal', async () => {
    server.paths = { '/latest/api/token': null };
    const start = performance.now();
    expect(await reader(200).token()).toMatchObject({ kind: 'timeout', connected: true });
    expect(performance.now() - start).toBeLessThan(900);
    const gone = reader();
    await server.close();
    expect(await gone.token()).toMatchObject({ kind: 'refused' });
  });

  it('calls a host that has no address unreachable', async () => {
    const nowhere = createMetadataReader({
      environment: { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://nowhere.invalid' },
      allowAnyEndpoint: true,
    });
    expect(await nowhere.token()).toMatchObject({ kind: 'unreachable' });
  });

  it('reads the identity document', async () => {
    expect(await readInstanceDocument(reader())).toBeNull();
    server.paths = {
      ...server.paths,
      '/latest/dynamic/instance-identity/document': { body: JSON.stringify(document) },
    };
    expect(await readInstanceDocument(reader())).toEqual({
      instanceId: 'i-0abc1234def567890',
      region: 'cn-north-1',
      account: '111122223333',
    });
  });

  it.each([
    { ...document, instanceId: 'i-1; rm' },
    { ...document, accountId: '1' },
    { ...document, region: 7 },
  ])('takes no document with wrong ids: %j', async (wrong) => {
    server.paths = {
      ...server.paths,
      '/latest/dynamic/instance-identity/document': { body: JSON.stringify(wrong) },
    };
    expect(await readInstanceDocument(reader())).toBeNull();
  });

  it('understands the embedded AWS', async () => {
    const aws = await startMockAws();
    const metadata = createMetadataReader({ environment: { AWS_EC2_METADATA_SERVICE_ENDPOINT: aws.url } });
    expect(await readInstanceDocument(metadata)).toMatchObject({ account: '111122223333' });
    await aws.stop();
  });
});

describe('the endpoint', () => {
  const endpointOf = (environment: Record<string, string>, allowAnyEndpoint = false): string =>
    createMetadataReader({ environment, allowAnyEndpoint }).endpoint;

  it('is that of EC2 unless the environment says otherwise', () => {
    expect(endpointOf({})).toBe('http://169.254.169.254');
    expect(endpointOf({ AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'IPv6' })).toBe('http://[fd00:ec2::254]');
    expect(endpointOf({ AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://localhost:1338/' })).toBe(
      'http://localhost:1338',
    );
  });

  it.each(['http://127.3.2.1:80', 'http://[::1]:1', 'http://[fd00:ec2::254]', 'http://169.254.169.254'])(
    'may be %s',
    (url) => {
      expect(endpointOf({ AWS_EC2_METADATA_SERVICE_ENDPOINT: url })).toMatch(/^http:/u);
    },
  );

  it.each([
    'http://metadata.example',
    'http://10.0.0.1',
    'http://169.254.1.1',
    'http://127.0.0.1.evil.example',
    'https://127.0.0.1',
    'file:///etc/passwd',
    'nonsense',
  ])('may not be %s', (url) => {
    expect(() => endpointOf({ AWS_EC2_METADATA_SERVICE_ENDPOINT: url })).toThrow(
      expect.objectContaining({ code: 'METADATA_ENDPOINT', exitCode: 2 }) as Error,
    );
  });

  it('may be anything when the user says so', () => {
    expect(endpointOf({ AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://10.0.0.1' }, true)).toBe(
      'http://10.0.0.1',
    );
  });
});

describe('the machine', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'machine-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const put = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  };

  it('is no EC2 instance without a sign', async () => {
    await put('sys/class/dmi/id/sys_vendor', 'LENOVO\n');
    expect(await detectMachine({ environment: {}, root })).toEqual({
      ec2: false,

      instanceId: null,
      container: null,
    });
  });

  it.each([
    ['sys/class/dmi/id/sys_vendor', 'Amazon EC2\n', null],
    ['sys/class/dmi/id/board_asset_tag', 'i-0abc1234def567890\n', 'i-0abc1234def567890'],
    ['sys/class/dmi/id/product_uuid', 'EC2ABCDE-0000\n', null],
    ['sys/hypervisor/uuid', 'ec2abcde-0000\n', null],
  ])('is one by %s', async (file, text, instanceId) => {
    await put(file, text);
    expect(await detectMachine({ environment: {}, root })).toMatchObject({
      ec2: true,
      instanceId,
    });
  });

  it('is taken for one where the endpoint is overridden', async () => {
    const environment = { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1' };
    expect(await detectMachine({ environment, root })).toMatchObject({ ec2: true });
  });

  it.each([
    ['.dockerenv', '', 'Docker'],
    ['run/.containerenv', '', 'Podman'],
    ['proc/1/cgroup', '12:cpu:/kubepods/besteffort/pod1', 'kubepods'],
  ])('is a container by %s', async (file, text, kind) => {
    await put(file, text);
    expect((await detectMachine({ environment: {}, root })).container).toContain(kind);
  });

  it.each(['run/docker.sock', 'var/run/docker.sock', 'run/podman/podman.sock'])(
    'runs containers by %s',
    async (file) => {
      expect(await runsContainers({ environment: {}, root })).toBe(false);
      await put(file, '');
      expect(await runsContainers({ environment: {}, root })).toBe(true);
    },
  );

  it('runs containers where the program is on the search path', async () => {
    await put('programs/podman', '');
    const found = { PATH: `/nowhere:${path.join(root, 'programs')}` };
    expect(await runsContainers({ environment: found, root })).toBe(true);
    expect(await runsContainers({ environment: { PATH: '/nowhere:relative' }, root })).toBe(false);
  });
});
