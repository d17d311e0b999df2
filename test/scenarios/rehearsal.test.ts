import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { requirement } from '../support/requirements.js';
import { bin, runCli, runCliJson, withHome } from '../support/cli.js';

/** A network of its own, in which there is nothing but loopback; the counters at its end are those of the command alone. */
const alone =
  'ip link set lo up && "$@"; code=$?; cat /proc/net/snmp /proc/net/snmp6 >"$COUNTERS"; exit $code';

/** Packets that were refused because they were for somewhere else, by counter; `man 5 proc`, OutNoRoutes. */
function sentElsewhere(counters: string): Readonly<Record<string, string>> {
  const [names = '', values = ''] = counters.split('\n').filter((line) => line.startsWith('Ip: '));
  const ip4 = values.split(' ')[names.split(' ').indexOf('OutNoRoutes')] ?? 'unknown';
  return { ip4, ip6: /^Ip6OutNoRoutes\s+(\d+)$/mu.exec(counters)?.[1] ?? 'unknown' };
}

async function runAlone(
  words: readonly string[],
  home: string,
): Promise<readonly [number | undefined, string]> {
  const counters = join(home, 'counters');
  const env = { PATH: process.env['PATH'], HOME: home, SHELL: '/bin/bash', COUNTERS: counters };
  const namespace = ['--map-root-user', '--net', 'sh', '-c', alone, 'sh', ...words];
  const { exitCode } = await execa('unshare', namespace, { env, extendEnv: false, reject: false });
  return [exitCode, await readFile(counters, 'utf8').catch(() => '')];
}

const hasNetworks = await requirement('the right to a network namespace', async () =>
  withHome(async (home) => (await runAlone(['true'], home))[0] === 0),
);

describe.skipIf(!hasNetworks)('a network of its own', () => {
  it('shows who asks for more than loopback', async () => {
    await withHome(async (home) => {
      const script = "require('node:net').connect(80, '192.0.2.1').on('error', () => undefined)";
      const [, counters] = await runAlone([process.execPath, '-e', script], home);
      expect(sentElsewhere(counters)).toEqual({ ip4: '1', ip6: '0' });
    });
  });

  it('is enough for the rehearsal, which asks for loopback only', async () => {
    await withHome(async (home) => {
      const [exitCode, counters] = await runAlone([process.execPath, bin, '--mock', '--yes'], home);
      expect(exitCode).toBe(0);
      expect(sentElsewhere(counters)).toEqual({ ip4: '0', ip6: '0' });
    });
  });
});

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
