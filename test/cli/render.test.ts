import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseWhole } from '../support/parse.js';
import { SetupError } from '../../src/core/errors.js';
import type { CliResult } from '../support/cli.js';
import { runCli, withHome } from '../support/cli.js';
import { mockAwsEnvironment } from '../../src/mock-aws/index.js';
import { renderKinds } from '../../src/core/settings.js';
import { callNames, withMockAws } from '../support/mock-aws.js';

function refusal(...argv: string[]): SetupError {
  try {
    parseWhole(argv);
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was accepted`);
}

async function render(...words: readonly string[]): Promise<CliResult> {
  return withHome(async (home) => {
    const variables = { AWS_EC2_METADATA_DISABLED: 'true', NO_COLOR: '1' };
    return runCli(['render', ...words], { home, variables });
  });
}

describe('what is to be rendered', () => {
  it('is one of six words', () => {
    expect(parseWhole(['render', 'user-data'])).toMatchObject({ settings: { render: 'user-data' } });
    expect(parseWhole(['plan'])).toMatchObject({ settings: { render: null } });
    expect(refusal('render')).toMatchObject({ code: 'RENDER_WHAT', exitCode: 2 });
    expect(refusal('render', 'cloudformaton').fix).toBe('did you mean render cloudformation?');
    expect(refusal('render', 'policy', 'commands').code).toBe('UNEXPECTED_ARGUMENT');
  });

  it('is written into a folder only where it is several files', () => {
    expect(refusal('render', 'policy', '--output', 'x').code).toBe('OUTPUT_NOT_HERE');
    expect(refusal('plan', '--output', 'x').code).toBe('FLAG_NOT_HERE');
  });

  it('is for an account of twelve digits', () => {
    expect(refusal('render', 'policy', '--account', '1111').code).toBe('BAD_VALUE');
  });
});

describe('render without credentials', () => {
  const named = ['--account', '111122223333'];
  const region = ['--region', 'us-east-1'];

  it('prints the policy of the account that is named, in the partition of its region', async () => {
    const { exitCode, stdout, stderr } = await render('policy', ...named, '--region', 'us-gov-west-1');
    expect({ exitCode, stderr }).toStrictEqual({ exitCode: 0, stderr: '' });
    const { Statement: [invoke] = [] } = JSON.parse(stdout) as { Statement?: { Resource: unknown }[] };
    expect(invoke?.Resource).toContain('arn:aws-us-gov:bedrock:*:111122223333:inference-profile/*');
  });

  it('asks for the account and leaves standard output empty', async () => {
    const { exitCode, stdout, stderr } = await render('policy', '--region', 'us-east-1');
    expect({ exitCode, stdout }).toStrictEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('error ACCOUNT_NEEDED');
  });

  it('says that a policy of AWS is not its own', async () => {
    const { exitCode, stderr } = await render('policy', '--policy', 'full-access', ...named, ...region);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('arn:aws:iam::aws:policy/AmazonBedrockFullAccess');
  });

  it("prints the operator's policy for an account in which nothing is there yet", async () => {
    const instance = ['--instance-id', 'i-0abc1234'];
    const { exitCode, stdout } = await render('operator-policy', ...named, ...region, ...instance);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('"arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234"');
  });

  it('prints user data and a template without a region', async () => {
    const userData = await render('user-data', '--model', 'sonnet', '--openclaw-user', 'claw');
    expect(userData.stdout).toMatch(/^#cloud-config\n/u);
    expect(userData.stdout).toContain('    - "--model"\n    - sonnet\n');
    const template = await render('cloudformation', '--role-name', 'claw');
    expect(template.stdout).toMatch(/^AWSTemplateFormatVersion: "2010-09-09"\n/u);
    expect([userData.stderr, template.stderr]).toStrictEqual(['', '']);
  });

  it('writes a module into a folder once', async () => {
    await withHome(async (home) => {
      const folder = join(home, 'module');
      const words = ['render', 'terraform', '--region', 'us-east-1', '--output', folder];
      const first = await runCli(words, { home });
      expect({ exitCode: first.exitCode, stdout: first.stdout }).toStrictEqual({ exitCode: 0, stdout: '' });
      expect((await readdir(folder)).sort()).toStrictEqual([
        'enrollment.tf',
        'examples',
        'main.tf',
        'outputs.tf',
        'policy.tf',
        'variables.tf',
        'versions.tf',
      ]);
      const before = await readFile(join(folder, 'main.tf'), 'utf8');
      const second = await runCli(words, { home });
      expect(second.exitCode).toBe(2);
      expect(second.stderr).toContain('error OUTPUT_EXISTS');
      expect(await readFile(join(folder, 'main.tf'), 'utf8')).toBe(before);
    });
  });
});

describe('render with credentials', () => {
  it.each(renderKinds)('looks, and changes nothing in the account: %s', async (kind) => {
    await withMockAws({}, async (mock) => {
      await withHome(async (home) => {
        const variables = { ...mockAwsEnvironment(mock, 'operator'), AWS_EC2_METADATA_DISABLED: 'true' };
        const words = ['render', kind, '--instance-id', 'i-0abc1234def567890', '--region', 'us-east-1'];
        expect(await runCli(words, { home, variables })).toMatchObject({ exitCode: 0 });
        expect(callNames(mock, 'mutating')).toEqual([]);
      });
    });
  });
});
