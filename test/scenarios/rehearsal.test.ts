import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runCli, runCliJson, withHome } from '../support/cli.js';

describe('the rehearsal on the embedded AWS', () => {
  it('does the whole job in an empty home and proves it with a model call', async () => {
    await withHome(async (home) => {
      const { exitCode, report } = await runCliJson(['--mock', '--yes'], { home });
      expect(
        report.changes.filter((change) => change.status !== 'applied' && change.status !== 'in-place'),
      ).toEqual([]);
      expect(report.checks.filter((check) => check.status === 'fail')).toEqual([]);
      expect(report.checks.find((check) => check.id === 'converse')?.status).toBe('ok');
      expect(report.checks.find((check) => check.id === 'converse-stream')?.status).toBe('ok');
      expect(report).toMatchObject({ ok: true, mock: true, region: 'us-east-1' });
      expect(exitCode).toBe(0);
      expect(await readdir(home)).toEqual([]);
    });
  });

  it('needs no leave where there is no terminal, since it changes nothing', async () => {
    await withHome(async (home) => {
      const { exitCode, report } = await runCliJson(['--mock', '--no-input'], { home });
      expect(report.error).toBeUndefined();
      expect(exitCode).toBe(0);
    });
  });

  it('shows a plan of six changes and more, and changes nothing', async () => {
    await withHome(async (home) => {
      const { exitCode, report } = await runCliJson(['plan', '--mock', '--exit-code'], { home });
      expect(exitCode).toBe(3);
      const cloud = report.changes
        .filter((change) => change.lane === 'cloud')
        .map((change) => `${change.action} ${change.step}`);
      expect(cloud).toEqual([
        'create iam-role',
        'create permission-policy',
        'create instance-profile',
        'create profile-membership',
        'create association',
      ]);
    });
  });
});

describe('the rehearsal of many instances', () => {
  it('does both halves, the hosts through Systems Manager, and says which it could not reach', async () => {
    await withHome(async (home) => {
      const words = ['--mock', '--yes', '--instance-tag', 'app=openclaw', '--host', 'ssm', '--ssm'];
      const { exitCode, report } = await runCliJson(words, { home });
      const hosts = report.instances.map(({ state, host }) => [state, host?.status, host?.error?.code]);
      expect(hosts).toEqual([
        ...Array.from({ length: 3 }, () => ['running', 'done', undefined]),
        ['stopped', 'failed', 'AGENT_OFFLINE'],
        ['running', 'done', undefined],
      ]);
      expect(exitCode).toBe(1);
      expect(await readdir(home)).toEqual([]);
    });
  });
});

describe('the program itself', () => {
  it('prints its version on standard output and nothing else', async () => {
    await withHome(async (home) => {
      const result = await runCli(['--version'], { home });
      expect(result).toMatchObject({ exitCode: 0, stderr: '' });
      expect(result.stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
    });
  });

  it('says what is wrong with a flag, on standard error, with exit 2', async () => {
    await withHome(async (home) => {
      const result = await runCli(['--instance-id', 'i-xxxxx'], { home });
      expect(result).toMatchObject({ exitCode: 2, stdout: '' });
      expect(result.stderr).toContain('error BAD_VALUE: --instance-id "i-xxxxx" is not valid');
    });
  });
});
