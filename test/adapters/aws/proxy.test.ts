import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { goesThroughProxies, unusedProxy } from '../../../src/adapters/aws/proxy.js';
import type { MockAws } from '../../../src/mock-aws/index.js';
import { startMockAws } from '../../../src/mock-aws/index.js';
import { runCli, withHome } from '../../support/cli.js';
import { nodeLines } from '../../support/nodes.js';
import type { TestProxy } from '../../support/proxy.js';
import { startProxy } from '../../support/proxy.js';
import { commandRequirement } from '../../support/requirements.js';

const hasOpenssl = await commandRequirement('openssl');
const nodes = await nodeLines();
const versionOf: Readonly<Record<string, string>> = { 'Node 22': '22.21.0', 'Node 24': '24.5.0' };

describe('a Node that goes through proxies', () => {
  it.each([
    ['20.20.2', false],
    ['22.20.0', false],
    ['22.21.0', true],
    ['23.11.0', false],
    ['24.4.1', false],
    ['24.5.0', true],
    ['26.0.0', true],
  ])('%s: %s', (version, goes) => {
    expect(goesThroughProxies(version)).toBe(goes);
    expect(unusedProxy({ https_proxy: '', HTTPS_PROXY: 'http://proxy:8080' }, version)).toBe(
      goes ? null : 'HTTPS_PROXY',
    );
    expect(unusedProxy({ HTTP_PROXY: 'http://proxy:8080' }, version)).toBeNull();
  });
});

describe.skipIf(!hasOpenssl)('a proxy between the operator and AWS', () => {
  let mock: MockAws;
  let proxy: TestProxy;
  beforeAll(async () => {
    mock = await startMockAws();
    proxy = await startProxy(Number(new URL(mock.url).port));
  });
  beforeEach(() => {
    proxy.asked.length = 0;
    proxy.refusing = false;
  });
  afterAll(async () => {
    await proxy.stop();
    await mock.stop();
  });

  async function plan(node: string, more: Readonly<Record<string, string>> = {}) {
    const variables = {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: mock.settings.operator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: mock.settings.operator.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: proxy.certificate,
      ...more,
    };
    const words = ['plan', '--instance-id', 'i-0abc1234def567890', '--host', 'skip'];
    return withHome(async (home) => runCli(words, { home, variables, nodeBinary: node }));
  }

  const able = nodes.filter(({ name }) => name in versionOf);

  it.each(able)('is gone through with its tunnels: $name', async ({ path }) => {
    const { exitCode, stdout, stderr } = await plan(path);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain('account 111122223333');
    expect(stderr).not.toContain('HTTPS_PROXY');
    const hosts = ['iam.amazonaws.com', 'ec2.us-east-1.amazonaws.com', 'sts.us-east-1.amazonaws.com'];
    expect(new Set(proxy.asked)).toEqual(new Set(hosts.map((host) => `${host}:443`)));
  });

  it.each(able)('that refuses is told as such: $name', async ({ path }) => {
    proxy.refusing = true;
    const { exitCode, stderr } = await plan(path);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error PROXY: ');
    expect(stderr).toContain('407');
  });

  it('is told where this Node passes it by', async () => {
    const { stderr } = await plan(process.execPath, { AWS_ENDPOINT_URL: mock.url });
    const { node } = process.versions;
    const words = `HTTPS_PROXY is not used by Node.js ${node}: AWS is reached directly`;
    expect(stderr.includes(words)).toBe(!goesThroughProxies(node));
    expect(proxy.asked).toEqual([]);
  });
});
