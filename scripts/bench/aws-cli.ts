import { execFileSync } from 'node:child_process';
import type { BenchAccount } from './account.js';
import { runOnce, type Timed } from './measure.js';

const role = 'EC2-Bedrock-Access';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** The five commands of the quick set-up in OpenClaw's documentation. */
function documentedCommands(instanceId: string): readonly (readonly string[])[] {
  return [
    ['iam', 'create-role', '--role-name', role, '--assume-role-policy-document', trust],
    [
      'iam',
      'attach-role-policy',
      '--role-name',
      role,
      '--policy-arn',
      'arn:aws:iam::aws:policy/AmazonBedrockFullAccess',
    ],
    ['iam', 'create-instance-profile', '--instance-profile-name', role],
    ['iam', 'add-role-to-instance-profile', '--instance-profile-name', role, '--role-name', role],
    [
      'ec2',
      'associate-iam-instance-profile',
      '--instance-id',
      instanceId,
      '--iam-instance-profile',
      `Name=${role}`,
    ],
  ];
}

/** The commands by which one would see that all of it is there. */
function readingCommands(instanceId: string): readonly (readonly string[])[] {
  return [
    ['sts', 'get-caller-identity'],
    ['ec2', 'describe-instances', '--instance-ids', instanceId],
    [
      'ec2',
      'describe-iam-instance-profile-associations',
      '--filters',
      `Name=instance-id,Values=${instanceId}`,
    ],
    ['iam', 'get-role', '--role-name', role],
    ['iam', 'get-role-policy', '--role-name', role, '--policy-name', 'OpenClawBedrock'],
    ['iam', 'get-instance-profile', '--instance-profile-name', role],
  ];
}

/** The AWS CLI itself: a version manager's shim would cost it time that is not its own. */
function executable(): string {
  const found = execFileSync('/bin/sh', ['-c', 'command -v aws'], { encoding: 'utf8' }).trim();
  if (!found.includes('/shims/')) return found;
  return execFileSync('pyenv', ['which', 'aws'], { encoding: 'utf8' }).trim();
}

async function inTurn(account: BenchAccount, commands: readonly (readonly string[])[]): Promise<number> {
  const program = executable();
  let sum = 0;
  for (const words of commands) {
    const { milliseconds } = await runOnce({ program, words, variables: account.variables('moto') });
    sum += milliseconds;
  }
  return sum;
}

/** The documented set-up on a fresh account. */
export function documentedSetup(account: BenchAccount): Timed {
  return async () => {
    await account.fresh();
    return inTurn(account, documentedCommands(account.instanceId));
  };
}

/** The same reads that a second run makes. */
export function documentedReads(account: BenchAccount): Timed {
  return async () => inTurn(account, readingCommands(account.instanceId));
}
