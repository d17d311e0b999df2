import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { bin, withHome } from '../support/cli.js';

const full = '/dev/full';
const present = existsSync(full);
if (!present) process.stderr.write(`skipped: a full disk; this machine has no ${full}\n`);

/** Runs the program with one of its outputs on a full disk. */
function runInto(home: string, words: readonly string[], descriptor: 1 | 2) {
  const env = { HOME: home, PATH: process.env['PATH'] };
  const script = `exec "$0" "$@" ${descriptor}> ${full}`;
  return execa('/bin/sh', ['-c', script, process.execPath, bin, ...words], {
    env,
    extendEnv: false,
    reject: false,
  });
}

it.skipIf(!present)('an error that cannot be said is still an exit code', async () => {
  await withHome(async (home) => {
    expect((await runInto(home, ['--bogus'], 2)).exitCode).toBe(2);
    const { exitCode, stderr } = await runInto(home, ['--bogus', '--json'], 1);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error UNKNOWN_FLAG');
  });
});
