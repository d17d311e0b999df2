import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A program to run, with these variables and no others. */
export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Exit codes that are fine; 0 unless told. */
  readonly exitCodes?: readonly number[];
}

/** A Node that is measured, and what its figures are told by. */
export interface MeasuredNode {
  readonly path: string;
  /** Behind the name of each figure, e.g. ` on Node 24`. */
  readonly suffix: string;
}

/** The Node that runs the bench. */
export const thisNode: MeasuredNode = { path: process.execPath, suffix: '' };

/** How a run went. `milliseconds` is from spawning to the end of the process. */
export interface Run {
  readonly milliseconds: number;
  readonly pid: number;
  readonly stdout: string;
}

/** Runs a program to its end. Rejects with what it said when it ends with another exit code than expected. */
export async function runOnce(command: Command, watch?: (pid: number) => void): Promise<Run> {
  const { program, words, variables, exitCodes = [0] } = command;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, words, { env: variables, stdio: ['ignore', 'pipe', 'pipe'] });
    const pid = child.pid ?? 0;
    const said = { stdout: '', stderr: '' };
    watch?.(pid);
    child.stdout.on('data', (data: Buffer) => {
      said.stdout += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      said.stderr += data.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const milliseconds = performance.now() - start;
      if (exitCodes.includes(code ?? -1)) resolve({ milliseconds, pid, stdout: said.stdout });
      else
        reject(new Error(`${program} ${words.join(' ')} ended with ${code}: ${said.stderr}${said.stdout}`));
    });
  });
}

/** The middle of some numbers. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Something that takes time: resolves to its milliseconds. */
export type Timed = () => Promise<number>;

/** Runs two things in turns, after one round that does not count, and gives the medians of both. */
export async function compare(
  ours: Timed,
  theirs: Timed,
  rounds: number,
): Promise<{
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  readonly detail: string;
}> {
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  await ours();
  await theirs();
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(await ours());
    times.theirs.push(await theirs());
  }
  const [a, b] = [median(times.ours), median(times.theirs)];
  return { ours: a, theirs: b, ratio: a / b, detail: `${a.toFixed(0)} ms against ${b.toFixed(0)} ms` };
}
