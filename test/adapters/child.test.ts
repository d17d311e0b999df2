import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runChild } from '../../src/adapters/child.js';

const env = { PATH: process.env['PATH'] ?? '' };
const options = { env, timeoutMilliseconds: 10_000 };

async function shell(script: string, more: Partial<typeof options> & { readonly mostOutput?: number } = {}) {
  return runChild('/bin/sh', ['-c', script], { ...options, ...more });
}

describe('runChild', () => {
  it('gives what a program says, without the end of its last line, and its exit code', async () => {
    expect(await shell('echo out; printf "err\\n\\n" >&2; exit 3')).toEqual({
      exitCode: 3,
      stdout: 'out',
      stderr: 'err\n',
      reason: '',
    });
  });

  it('gives it no input and no variables but those that are named', async () => {
    const { stdout } = await shell('cat; echo $ONLY$HOME', { env: { ...env, ONLY: 'this' } as typeof env });
    expect(stdout).toBe('this');
  });

  it('says why a program was not started', async () => {
    const missing = await runChild('/nowhere/openclaw', [], options);
    expect(missing).toMatchObject({ exitCode: null, reason: 'spawn /nowhere/openclaw ENOENT' });
    const folder = await runChild('/bin/pwd', [], { ...options, cwd: '/nowhere' });
    expect(folder).toMatchObject({
      exitCode: null,
      reason: expect.stringContaining('/nowhere') as string,
    });
    const forbidden = await runChild('/etc/passwd', [], options);
    expect(forbidden).toMatchObject({ exitCode: null, reason: 'spawn /etc/passwd EACCES' });
    const unspeakable = await runChild('/bin/echo', ['a\0b'], options);
    expect(unspeakable).toMatchObject({
      exitCode: null,
      reason: expect.stringContaining('null bytes') as string,
    });
  });

  it('leaves nothing behind in this process', async () => {
    const before = process.listenerCount('exit');
    await Promise.all([
      runChild('/nowhere/openclaw', [], options),
      shell('exit 1'),
      runChild('/bin/echo', ['\0'], options),
    ]);
    expect(process.listenerCount('exit')).toBe(before);
  });

  it('says which signal ended a program', async () => {
    expect(await shell('kill -TERM $$')).toMatchObject({ exitCode: null, reason: 'it was ended by SIGTERM' });
  });

  it('ends what takes too long, even where it will not', async () => {
    const late = { exitCode: null, reason: 'no answer within 0.2 s' };
    expect(await shell('exec sleep 20', { timeoutMilliseconds: 200 })).toMatchObject(late);
    const deaf = await shell('trap "" TERM; echo begun; while :; do sleep 0.1; done', {
      timeoutMilliseconds: 200,
    });
    expect(deaf).toMatchObject({ ...late, stdout: 'begun' });
  });

  it('ends what says too much', async () => {
    const loud = await shell('yes', { mostOutput: 100_000 });
    expect(loud).toMatchObject({ exitCode: null, reason: 'it said more than 100000 bytes' });
    expect(loud.stdout.length).toBeLessThanOrEqual(100_000);
  });

  it('ends a program with the process that started it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'child-'));
    try {
      const file = join(folder, 'pid');
      const module = new URL('../../src/adapters/child.ts', import.meta.url).href;
      const sleeper = ['-c', `echo $$ > ${file}.new; mv ${file}.new ${file}; exec sleep 60`];
      const parent = `import { existsSync } from 'node:fs';
        import { runChild } from ${JSON.stringify(module)};
        void runChild('/bin/sh', ${JSON.stringify(sleeper)}, { env: {}, timeoutMilliseconds: 60_000 });
        setInterval(() => existsSync(${JSON.stringify(file)}) && process.exit(), 20);`;
      const words = ['--import', 'tsx', '--input-type=module', '-e', parent];
      expect(
        await runChild(process.execPath, words, { ...options, timeoutMilliseconds: 30_000 }),
      ).toMatchObject({ exitCode: 0 });
      const pid = Number(await readFile(file, 'utf8'));
      await expect.poll(() => existsSync(`/proc/${pid}/exe`), { timeout: 5000 }).toBe(false);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('does not wait for somebody else who keeps its output open', async () => {
    const start = performance.now();
    expect(await shell('sleep 8 & echo out')).toMatchObject({ exitCode: 0, stdout: 'out' });
    expect(performance.now() - start).toBeLessThan(7000);
  });

  it('keeps characters whole that come in two parts', async () => {
    const { stdout } = await shell('printf "\\303"; sleep 0.2; printf "\\244"');
    expect(stdout).toBe('ä');
  });
});
