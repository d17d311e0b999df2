import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, runCliJson, withHome } from '../support/cli.js';

const words = ['verify', '--mock', '--mock-fault', 'WRONG_ROLE'];
const account = '111122223333';
const instance = 'i-0abc1234def567890';

/** The lines without those that hold a command to be pasted. */
function withoutCommands(text: string): string {
  return text.replace(/^(?: {2}fix| *next:).*$/gmu, '');
}

describe('what verify shows', () => {
  it('can be posted but for the commands, and is whole with --verbose', async () => {
    await withHome(async (home) => {
      const { stdout } = await runCli(words, { home });
      expect(withoutCommands(stdout)).not.toContain(account);
      expect(withoutCommands(stdout)).not.toContain(instance);
      expect(stdout).toContain(`--instance-id ${instance}`);
      const verbose = await runCli([...words, '--verbose'], { home });
      expect(verbose.stdout).toContain(`account ${account}`);
    });
  });

  it('names ids in full in the JSON document', async () => {
    await withHome(async (home) => {
      const { report } = await runCliJson(words, { home });
      expect(report).toMatchObject({ account, instances: [{ id: instance }] });
    });
  });
});

describe('verify --report', () => {
  it('writes a report without ids, and replaces it the next time', async () => {
    await withHome(async (home) => {
      const file = path.join(home, 'report.md');
      for (const fault of ['WRONG_ROLE', 'GATEWAY_ENV']) {
        const run = await runCli(['verify', '--mock', '--mock-fault', fault, '--report', file], { home });
        expect(run.exitCode).toBe(1);
        const text = await readFile(file, 'utf8');
        expect(text).toMatch(/^## openclaw-bedrock-setup \S+: verify\n/u);
        expect(text).toContain(`\n### ${fault}\n`);
        expect(text).not.toContain(account);
        expect(text).not.toContain(instance);
        expect(text).not.toContain(home);
      }
    });
  });

  it('leaves any other file alone, and still shows what it found', async () => {
    await withHome(async (home) => {
      const file = path.join(home, 'notes.md');
      await writeFile(file, '# mine\n');
      const { exitCode, report } = await runCliJson([...words, '--report', file], { home });
      expect({ exitCode, code: report.error?.code }).toEqual({ exitCode: 2, code: 'REPORT_EXISTS' });
      expect(report.checks.find(({ status }) => status === 'fail')?.code).toBe('WRONG_ROLE');
      expect(await readFile(file, 'utf8')).toBe('# mine\n');
    });
  });

  it('says why where it cannot be written', async () => {
    await withHome(async (home) => {
      const { report } = await runCliJson([...words, '--report', path.join(home, 'no/folder.md')], { home });
      expect(report.error?.code).toBe('REPORT_NOT_WRITTEN');
    });
  });
});
