import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/failures/index.js';
import { faults, notRehearsed } from '../../src/mock-host/faults.js';
import { runCli, runCliJson, withHome } from '../support/cli.js';
import { scrubbed } from './scrubbed.js';

const codes = Object.keys(faults).sort();

/** Where a failure is met: everything that verify meets is rehearsed there, with nothing else wrong. */
function wordsFor(code: string): readonly string[] {
  const words = ['--mock', '--mock-fault', code];
  return faults[code]?.setupOnly === true ? [...words, '--no-input'] : ['verify', ...words];
}

/** The code of the first failure that a report tells, else of its first warning. */
function firstWrong(report: string): string | undefined {
  const told = /^(?:failed|error) (\w+): /mu.exec(report) ?? /^warning (\w+): /mu.exec(report);
  return told?.[1];
}

describe('the table of rehearsed failures', () => {
  it('has every code of the catalogue, to rehearse it or with the reason why not', () => {
    const known = [...codes, ...Object.keys(notRehearsed)].sort();
    expect(known).toEqual([...new Set(catalogue.map(({ code }) => code))].sort());
  });
});

describe.concurrent('--mock-fault', { timeout: 120_000 }, () => {
  it.for(codes)('%s is the first thing wrong, and is shown with cause and fix', async (code, { expect }) => {
    await withHome(async (home) => {
      const { exitCode, stdout, stderr } = await runCli(wordsFor(code), { home });
      // How far it has got is told on standard error too, at moments of chance.
      const [error = ''] = /^error [\s\S]*/mu.exec(stderr) ?? [];
      const whole = `$ openclaw-bedrock-setup ${wordsFor(code).join(' ')}\n${stdout}${error}(exit code ${exitCode})\n`;
      expect(firstWrong(whole)).toBe(code);
      expect(whole).not.toMatch(/wJalrXUtnFEMI|AKIAIOSFODNN7|ABSKRehearsal|IQoJ/u);
      expect(whole).not.toMatch(/\b(?:INSTANCE-ID|REGION|ACCOUNT)\b/u);
      await expect(scrubbed(whole)).toMatchFileSnapshot(`snapshots/${code}.txt`);
    });
  });

  it('shows the same in a set-up, where it strikes between the changes and the checks', async () => {
    await withHome(async (home) => {
      const { report } = await runCliJson(['--mock', '--yes', '--mock-fault', 'gateway_env'], { home });
      expect(report.changes.filter(({ status }) => status === 'failed')).toEqual([]);
      expect(report.checks.find(({ status }) => status === 'fail')?.code).toBe('GATEWAY_ENV');
    });
  });

  it.each([
    ['verify --mock --mock-fault GATEWY_ENV', 'UNKNOWN_FAULT', 'did you mean GATEWAY_ENV?'],
    ['verify --mock --mock-fault GATEWAY', 'UNKNOWN_FAULT', 'did you mean GATEWAY_ENV'],
    ['verify --mock --mock-fault TLS', 'FAULT_NOT_REHEARSED', '--mock-fault NO_PROFILE_YET'],
    ['verify --mock --mock-fault NAME_TAKEN', 'FAULT_NOT_HERE', '--mock --mock-fault NAME_TAKEN'],
    ['verify --mock --mock-fault NO_HOST_REPORT', 'FAULT_NOT_HERE', '--mock --mock-fault NO_HOST_REPORT'],
    ['verify --mock-fault NO_IAM', 'MOCK_NEEDED', 'verify --mock --mock-fault NO_IAM'],
    ['verify --mock --mock-fault 7', 'BAD_VALUE', 'GATEWAY_ENV'],
  ])('%s is a usage error %s', async (line, code, fix) => {
    await withHome(async (home) => {
      const { exitCode, stdout, stderr } = await runCli(line.split(' '), { home });
      expect(stderr).toContain(`error ${code}: `);
      expect(stderr).toContain(fix);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    });
  });
});
