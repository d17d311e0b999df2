import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/finding.js';
import type { MockAws } from '../../src/mock-aws/index.js';
import { mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import { runCliJson } from '../support/cli.js';
import { setUp } from '../support/host.js';
import type { TestOpenClaw } from '../support/openclaw.js';
import { openClawRequirement, releases, testOpenClaw } from '../support/openclaw.js';

const versions = [
  { version: '2026.2.26', present: await openClawRequirement('2026.2.26') },
  { version: '2026.9.6', present: await openClawRequirement('2026.9.6') },
];
const nova = 'us.amazon.nova-micro-v1:0';
const instanceId = 'i-0abc1234def567890';
const minutes = { timeout: 420_000 };

async function startBedrock(): Promise<MockAws> {
  return startMockAws({
    metadataInstanceId: instanceId,
    world: {
      instances: [{ instanceId, instanceProfile: 'EC2-Bedrock-Access' }],
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

/** OpenClaw with discovery and a model, and the environment in one file of its home only. */
async function prepared(version: string, aws: MockAws, file: string, text: string): Promise<TestOpenClaw> {
  const openclaw = await testOpenClaw(version, mockAwsEnvironment(aws, 'instance'));
  if (version === '2026.9.6')
    await openclaw.run(
      'plugins',
      'install',
      '--link',
      '--force',
      '--accept-capabilities',
      `${releases}/plugin`,
    );
  const { conflicts } = await setUp(openclaw.host, { model: nova }, ['openclaw-discovery', 'primary-model']);
  expect(conflicts).toEqual({});
  await mkdir(path.dirname(path.join(openclaw.home, file)), { recursive: true });
  await appendFile(path.join(openclaw.home, file), text);
  return openclaw;
}

async function verify(
  version: string,
  aws: MockAws,
  { home }: TestOpenClaw,
  ...flags: readonly string[]
): Promise<readonly Finding[]> {
  const programs = [`${releases}/${version}/node_modules/.bin`, `${releases}/node/node_modules/.bin`];
  const {
    AWS_REGION: _region,
    AWS_DEFAULT_REGION: _default,
    ...endpoints
  } = mockAwsEnvironment(aws, 'instance');
  const variables = { ...endpoints, PATH: [...programs, '/usr/bin', '/bin'].join(':') };
  const words = ['verify', '--region', 'us-east-1', '--cloud', 'skip', ...flags];
  return (await runCliJson(words, { home, variables })).report.checks;
}

describe.each(versions)('verify beside a real OpenClaw $version', ({ version, present }) => {
  it.skipIf(!present)('finds the environment that stands only in a shell profile', minutes, async () => {
    const aws = await startBedrock();
    try {
      const exports = 'export AWS_PROFILE=default\nexport AWS_REGION=us-east-1\n';
      const openclaw = await prepared(version, aws, '.bashrc', exports);
      const findings = await verify(version, aws, openclaw, '--timeout', '240');
      const failed = findings.filter(({ status }) => status === 'fail');
      expect(failed.map(({ code }) => code)).toEqual(['GATEWAY_ENV']);
      expect(failed[0]?.cause).toContain('~/.bashrc:1');
    } finally {
      await aws.stop();
    }
  });

  it.skipIf(!present)('passes where it stands only in ~/.openclaw/.env', minutes, async () => {
    const aws = await startBedrock();
    try {
      const lines = 'AWS_PROFILE=default\nAWS_REGION=us-east-1\n';
      const openclaw = await prepared(version, aws, '.openclaw/.env', lines);
      const findings = await verify(version, aws, openclaw, '--timeout', '240');
      expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
      expect(findings.find(({ id }) => id === 'openclaw')).toMatchObject({ status: 'ok' });
    } finally {
      await aws.stop();
    }
  });
});

describe.skipIf(versions[0]?.present !== true)("a turn of OpenClaw 2026.2.26's agent", minutes, () => {
  it('is answered by the embedded Bedrock as the role of the instance', async () => {
    const aws = await startBedrock();
    try {
      const lines = 'AWS_PROFILE=default\nAWS_REGION=us-east-1\n';
      const openclaw = await prepared('2026.2.26', aws, '.openclaw/.env', lines);
      const findings = await verify('2026.2.26', aws, openclaw, '--agent-turn', '--timeout', '240');
      expect(findings.find(({ id }) => id === 'agent-turn')).toMatchObject({
        status: 'ok',
        message: expect.stringContaining(`the agent answered through ${nova}`) as string,
      });
      const calls = aws.calls.filter(({ operation }) => operation === 'ConverseStream');
      expect(new Set(calls.map(({ principal }) => principal))).toEqual(
        new Set([`arn:aws:sts::111122223333:assumed-role/EC2-Bedrock-Access/${instanceId}`]),
      );
      expect(calls.length).toBeGreaterThan(1);
    } finally {
      await aws.stop();
    }
  });
});
