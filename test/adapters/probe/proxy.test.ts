import { describe, expect, it } from 'vitest';
import { startStandIn } from '../../../src/adapters/probe/index.js';
import { bin, withHome } from '../../support/cli.js';
import { nodeLines } from '../../support/nodes.js';
import { startProxy } from '../../support/proxy.js';
import { commandRequirement } from '../../support/requirements.js';

const hasOpenssl = await commandRequirement('openssl');
const nodes = await nodeLines();

describe.skipIf(!hasOpenssl)('a proxy on the host of the gateway', () => {
  it.each(nodes)("is not gone through in the gateway's place: $name", async ({ path }) => {
    const proxy = await startProxy(1);
    await withHome(async (HOME) => {
      const probe = startStandIn({
        command: [path, bin, '__probe'],
        variables: {
          HOME,
          AWS_ENDPOINT_URL: 'https://aws.invalid',
          AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
          AWS_SECRET_ACCESS_KEY: 'example',
          HTTPS_PROXY: proxy.url,
        },
      }).at('us-east-1', 10_000);
      const [models, answer] = await Promise.all([
        probe.listFoundationModels(),
        probe.converse('us.amazon.nova-micro-v1:0'),
      ]);
      await probe.close();
      expect([models.ok, answer.ok]).toEqual([false, false]);
    });
    expect(proxy.asked).toEqual([]);
    await proxy.stop();
  });
});
