import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EC2_TRUST, type MockAws, mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import { commandRequirement } from '../support/requirements.js';

const run = promisify(execFile);
const hasAws = await commandRequirement('aws');
const NAME = 'EC2-Bedrock-Access';
const FULL_ACCESS = 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess';
const CONVERSE =
  'bedrock-runtime converse --model-id us.amazon.nova-micro-v1:0 --output text --query output.message.content[0].text';
const INSTANCE = 'i-0abc1234def567890';

// The quick set-up of OpenClaw's documentation of Amazon Bedrock, on EC2.
const QUICK_SETUP = [
  ['iam', 'create-role', '--role-name', NAME, '--assume-role-policy-document', JSON.stringify(EC2_TRUST)],
  ['iam', 'attach-role-policy', '--role-name', NAME, '--policy-arn', FULL_ACCESS],
  ['iam', 'create-instance-profile', '--instance-profile-name', NAME],
  ['iam', 'add-role-to-instance-profile', '--instance-profile-name', NAME, '--role-name', NAME],
  [
    'ec2',
    'associate-iam-instance-profile',
    '--instance-id',
    INSTANCE,
    '--iam-instance-profile',
    `Name=${NAME}`,
  ],
];

describe.skipIf(!hasAws)('the AWS CLI', () => {
  let mock: MockAws;
  let home: string;
  beforeEach(async () => {
    mock = await startMockAws();
    home = await mkdtemp(path.join(tmpdir(), 'mock-aws-cli-'));
    await writeFile(path.join(home, 'config'), '[default]\nregion = us-east-1\n');
  });
  afterEach(async () => {
    await mock.stop();
    await rm(home, { recursive: true });
  });

  const environment = (as: 'operator' | 'instance') => ({
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    AWS_CONFIG_FILE: path.join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(home, 'credentials'),
    AWS_MAX_ATTEMPTS: '1',
    ...mockAwsEnvironment(mock, as),
  });

  async function quickSetup(): Promise<void> {
    for (const command of QUICK_SETUP) await run('aws', command, { env: environment('operator') });
  }

  it('runs the documented quick set-up, then asks who it is from the instance', async () => {
    await quickSetup();
    const identity = await run('aws', ['sts', 'get-caller-identity', '--output', 'json'], {
      env: environment('instance'),
    });
    expect(JSON.parse(identity.stdout)).toMatchObject({
      Arn: `arn:aws:sts::111122223333:assumed-role/${NAME}/${INSTANCE}`,
    });
  });

  it('prints AWS’s refusals and parses a conversation', async () => {
    await quickSetup();
    const again = run('aws', QUICK_SETUP[0] ?? [], { env: environment('operator') });
    await expect(again).rejects.toMatchObject({
      stderr: expect.stringContaining(
        `An error occurred (EntityAlreadyExists) when calling the CreateRole operation: Role with name ${NAME} already exists.`,
      ) as string,
    });
    const answer = await run(
      'aws',
      [...CONVERSE.split(' '), '--messages', '[{"role":"user","content":[{"text":"hello"}]}]'],
      { env: environment('instance') },
    );
    expect(answer.stdout.trim()).toBe(mock.settings.modelAnswer);
  });
});
