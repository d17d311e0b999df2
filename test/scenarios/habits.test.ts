import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, withHome } from '../support/cli.js';

describe('habits', () => {
  it('--verbose shows each AWS call with its time, and nothing that was sent', async () => {
    await withHome(async (home) => {
      const { exitCode, stderr } = await runCli(['--mock', '--yes', '--verbose'], { home });
      expect(exitCode).toBe(0);
      const calls = stderr.split('\n').filter((line) => line.startsWith('  AWS  '));
      for (const line of calls)
        expect(line).toMatch(
          /^ {2}AWS {2}\w+ \w+(?: [\w.:-]+)? {2}\d+ ms(?: {2}\w+)?(?:, as the gateway)?$/u,
        );
      const names = calls.map((line) => line.split(/ {2,}/u)[2]);
      expect(names).toEqual(
        expect.arrayContaining([
          'STS GetCallerIdentity',
          'IAM CreateRole',
          'EC2 AssociateIamInstanceProfile',
        ]),
      );
      expect(calls.some((line) => line.endsWith('InvalidParameterValue'))).toBe(true);
      expect(calls.some((line) => /Converse us\.amazon\.nova-micro-v1:0 .*as the gateway$/u.test(line))).toBe(
        true,
      );
    });
  });

  it('is silent about the calls without', async () => {
    await withHome(async (home) => {
      expect((await runCli(['plan', '--mock'], { home })).stderr).not.toContain('AWS  ');
    });
  });

  it('plan --show-commands prints each change in the account as a command', async () => {
    await withHome(async (home) => {
      const { stdout } = await runCli(['plan', '--mock', '--show-commands'], { home });
      const commands = stdout.split('\n').filter((line) => line.startsWith('aws '));
      expect(commands.map((line) => line.replace(/ \\$/u, ''))).toEqual([
        'aws iam create-role',
        'aws iam put-role-policy',
        'aws iam create-instance-profile',
        'aws iam add-role-to-instance-profile',
        'aws ec2 associate-iam-instance-profile',
      ]);
      expect(stdout).toContain('# IAM role: create EC2-Bedrock-Access\n');
      expect(stdout).not.toMatch(/until_|association_of|\/dev\/null/u);
      expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^next: /u);
    });
  });

  it.each([[], ['--exit-code'], ['--json']])(
    'plan fails where the set-up would, for want of OpenClaw: %j',
    async (...flags) => {
      await withHome(async (home) => {
        const words = ['--cloud', 'skip', '--host', 'local', '--region', 'us-east-1'];
        const { exitCode, stderr } = await runCli(['plan', ...words, ...flags], { home });
        expect(stderr).toContain('error OPENCLAW_NOT_INSTALLED: ');
        expect(exitCode).toBe(1);
      });
    },
  );

  it('keeps standard output to the document with --json', async () => {
    await withHome(async (home) => {
      const { stdout, stderr } = await runCli(['plan', '--mock', '--show-commands', '--json'], { home });
      expect(JSON.parse(stdout)).toMatchObject({ command: 'plan' });
      expect(stderr).toContain('aws iam create-role');
    });
  });

  it('takes what is left open from variables and a config file, and says which file', async () => {
    await withHome(async (home) => {
      const file = join(home, 'settings.json');
      await writeFile(file, '{ "role-name": "FromFile", "region": "us-west-2" }');
      const variables = {
        OPENCLAW_BEDROCK_SETUP_MOCK: '1',
        OPENCLAW_BEDROCK_SETUP_REGION: 'eu-west-1',
        OPENCLAW_BEDROCK_SETUP_CONFIG: file,
      };
      const { exitCode, stdout, stderr } = await runCli(['plan'], { home, variables });
      expect(exitCode).toBe(0);
      expect(stdout).toContain('region eu-west-1');
      expect(stdout).toContain('FromFile');
      expect(stderr).toContain(`settings from ${file}\n`);
    });
  });

  it('ends with 2 and names the variable that is wrong', async () => {
    await withHome(async (home) => {
      const variables = { OPENCLAW_BEDROCK_SETUP_REGION: 'mars' };
      const { exitCode, stderr } = await runCli(['plan'], { home, variables });
      expect(exitCode).toBe(2);
      expect(stderr).toContain('error BAD_VALUE: OPENCLAW_BEDROCK_SETUP_REGION "mars" is not valid');
      expect((await runCli(['--version'], { home, variables })).exitCode).toBe(0);
    });
  });
});
