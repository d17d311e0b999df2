import { describe, expect, it } from 'vitest';
import { startMockAws } from '../../src/mock-aws/index.js';
import { setUp } from '../support/host.js';
import { openClawRequirement, releases, testOpenClaw } from '../support/openclaw.js';

const versions = [
  { version: '2026.2.26', present: await openClawRequirement('2026.2.26') },
  { version: '2026.9.6', present: await openClawRequirement('2026.9.6') },
];
const nova = 'us.amazon.nova-micro-v1:0';

/** An embedded AWS whose instance has a role that may use Bedrock. */
async function startBedrock(): Promise<Awaited<ReturnType<typeof startMockAws>>> {
  return startMockAws({
    metadataInstanceId: 'i-0abc1234def567890',
    world: {
      instances: [{ instanceId: 'i-0abc1234def567890', instanceProfile: 'EC2-Bedrock-Access' }],
      roles: [
        {
          roleName: 'EC2-Bedrock-Access',
          attachedPolicies: ['arn:aws:iam::aws:policy/AmazonBedrockFullAccess'],
        },
      ],
      instanceProfiles: [{ name: 'EC2-Bedrock-Access', roleName: 'EC2-Bedrock-Access' }],
      policies: [],
    },
  });
}

describe.each(versions)('OpenClaw $version against the embedded Bedrock', ({ version, present }) => {
  it.skipIf(!present)('lists the models that it discovers', { timeout: 420_000 }, async () => {
    const aws = await startBedrock();
    try {
      const openclaw = await testOpenClaw(version, {
        AWS_ENDPOINT_URL: aws.url,
        AWS_ENDPOINT_URL_BEDROCK: aws.url,
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: aws.url,
        AWS_EC2_METADATA_SERVICE_ENDPOINT: aws.url,
      });
      if (version === '2026.9.6') {
        const options = ['--link', '--force', '--accept-capabilities'];
        await openclaw.run('plugins', 'install', ...options, `${releases}/plugin`);
        // Nothing but what is listed is loaded, so that the set-up has to add the plug-in.
        await openclaw.run('config', 'set', 'plugins.allow', '["telegram"]');
      }
      const { conflicts } = await setUp(openclaw.host, { model: nova });
      expect(conflicts).toEqual({});
      const listed = await openclaw.host.openclaw.listBedrockModels(240);
      expect(listed).toMatchObject({
        exitCode: 0,
        command: expect.stringContaining('models list --all --provider amazon-bedrock') as string,
      });
      expect(listed.discovered).toContain('amazon-bedrock/amazon.nova-micro-v1:0');
      const profiles = version === '2026.9.6' ? [`amazon-bedrock/${nova}`] : [];
      expect(listed.discovered).toEqual(expect.arrayContaining(profiles));
      expect(listed.keys).toContain(`amazon-bedrock/${nova}`);
      const called = aws.calls
        .filter(({ service }) => service === 'bedrock')
        .map(({ operation }) => operation);
      expect(called).toContain('ListFoundationModels');
    } finally {
      await aws.stop();
    }
  });
});
