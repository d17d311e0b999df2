import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Report } from '../../src/core/report.js';

/** The built program. */
export const bin = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));

/** How a run of the program ended. */
export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program without a terminal, with these variables and no others but the path. */
export async function runCli(
  words: readonly string[],
  options: {
    readonly home: string;
    readonly variables?: Readonly<Record<string, string>>;
    readonly nodeBinary?: string;
    /** Milliseconds after which the program is ended. */
    readonly timeout?: number;
  },
): Promise<CliResult> {
  const result = await execa(options.nodeBinary ?? process.execPath, [bin, ...words], {
    env: { PATH: process.env['PATH'], HOME: options.home, SHELL: '/bin/bash', ...options.variables },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    stripFinalNewline: false,
    timeout: options.timeout ?? 400_000,
  });
  return { exitCode: result.exitCode ?? -1, stdout: result.stdout, stderr: result.stderr };
}

/** The document of a run with `--json`; what went wrong is in the error when it printed none. */
export function parseReport(run: {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}): Report {
  try {
    return JSON.parse(run.stdout) as Report;
  } catch {
    throw new Error(`no JSON on standard output (exit ${run.exitCode}):\n${run.stdout}\n${run.stderr}`);
  }
}

/** Runs the program with `--json` and parses its document; what went wrong is in the error when it prints none. */
export async function runCliJson(
  words: readonly string[],
  options: Parameters<typeof runCli>[1],
): Promise<{ readonly exitCode: number; readonly report: Report; readonly stderr: string }> {
  const result = await runCli([...words, '--json'], options);
  return { exitCode: result.exitCode, report: parseReport(result), stderr: result.stderr };
}

/** A home folder that is removed afterwards. */
export async function withHome<Value>(use: (home: string) => Promise<Value>): Promise<Value> {
  const home = await mkdtemp(join(tmpdir(), 'home-'));
  try {
    return await use(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
