import { type ChildProcessByStdio, spawn, type SpawnOptions } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { errorMessage } from '../core/errors.js';
import { collectOutput } from './bounded-output.js';

/** How a program is run; never through a shell, and with nothing on its standard input. */
export interface ChildOptions {
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMilliseconds: number;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Bytes of each output; a program that says more is ended. 8 MiB unless told. */
  readonly mostOutput?: number;
}

/** How a program ended. */
export interface ChildResult {
  /** `null` where it was not started, or ended by a signal. */
  readonly exitCode: number | null;
  /** Without the end of its last line. */
  readonly stdout: string;
  readonly stderr: string;
  /** Why there is no regular end, e.g. `spawn openclaw ENOENT`; empty where there is one. */
  readonly reason: string;
}

/** The diagnostics channel on which each run of a program is told. */
export const childChannelName = 'openclaw-bedrock-setup:child';

/** What the channel tells. `name` is the program with the first of its words, without values. */
export type ChildNews =
  | { readonly kind: 'start'; readonly id: number; readonly name: string }
  | { readonly kind: 'end'; readonly id: number; readonly failed: boolean };

const news = channel(childChannelName);
let children = 0;

/** Tells that a program starts; what comes back tells its end. */
function tell(program: string, words: readonly string[]): (failed: boolean) => void {
  children += 1;
  const id = children;
  const shown = words.slice(0, 3).filter((word) => /^[\w-]+$/u.test(word));
  news.publish({ kind: 'start', id, name: [basename(program), ...shown].join(' ') } satisfies ChildNews);
  return (failed) => news.publish({ kind: 'end', id, failed } satisfies ChildNews);
}

const defaultOutput = 8 * 1024 * 1024;
/** Milliseconds that a program has to end after it was asked to, and its output to close after it has ended. */
const grace = 2000;

type Child = ChildProcessByStdio<null, Readable, Readable>;

const running = new Set<Child>();

function endAll(): void {
  for (const child of running) child.kill();
}

/** Starts the program, which ends with this process at the latest. */
function start(program: string, words: readonly string[], how: SpawnOptions): Child {
  const child = spawn(program, words, { ...how, stdio: ['ignore', 'pipe', 'pipe'] });
  if (running.size === 0) process.once('exit', endAll);
  running.add(child);
  return child;
}

function forget(child: Child): void {
  running.delete(child);
  if (running.size === 0) process.removeListener('exit', endAll);
}

/** Asks a program to end, and makes it end where it does not. */
function end(child: Child): void {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), grace).unref();
}

/** Hears no more of a program's outputs, whoever else holds them. */
function close(child: Child): void {
  for (const output of [child.stdout, child.stderr]) output.destroy();
}

/** Resolves to the end of a program and of its outputs; an output that somebody else keeps open is not waited for. */
async function ending(child: Child): Promise<Pick<ChildResult, 'exitCode' | 'reason'>> {
  child.once('exit', () => setTimeout(() => close(child), grace).unref());
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.once('close', (exitCode, signal) => {
      resolve({ exitCode, reason: signal === null ? '' : `it was ended by ${signal}` });
    });
  });
}

/** Starts the program and waits for its end, within the bounds of time and output. */
async function execute(
  program: string,
  words: readonly string[],
  { timeoutMilliseconds, mostOutput = defaultOutput, ...how }: ChildOptions,
): Promise<ChildResult> {
  const child = start(program, words, how);
  let broken: string | null = null;
  const stop = (bound: string): void => {
    if (broken === null) end(child);
    broken ??= bound;
  };
  const tooLong = (): void => stop(`no answer within ${timeoutMilliseconds / 1000} s`);
  const tooMuch = (): void => {
    stop(`it said more than ${mostOutput} bytes`);
    close(child);
  };
  const deadline = setTimeout(tooLong, timeoutMilliseconds);
  child.once('exit', () => clearTimeout(deadline));
  const stdout = collectOutput(child.stdout, mostOutput, tooMuch);
  const stderr = collectOutput(child.stderr, mostOutput, tooMuch);
  try {
    const { exitCode, reason } = await ending(child);
    const said = { stdout: stdout(), stderr: stderr() };
    return broken === null ? { exitCode, reason, ...said } : { exitCode: null, reason: broken, ...said };
  } finally {
    clearTimeout(deadline);
    forget(child);
  }
}

/** Runs a program to its end. Never rejects: that it cannot be started or takes too long is a result, too. */
export async function runChild(
  program: string,
  words: readonly string[],
  options: ChildOptions,
): Promise<ChildResult> {
  const over = tell(program, words);
  try {
    const result = await execute(program, words, options);
    over(result.exitCode !== 0);
    return result;
  } catch (error) {
    over(true);
    const place = options.cwd === undefined ? '' : ` in ${options.cwd}`;
    return { exitCode: null, stdout: '', stderr: '', reason: `${errorMessage(error)}${place}` };
  }
}
