import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { errorMessage } from '../core/errors.js';

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

const defaultOutput = 8 * 1024 * 1024;
/** Milliseconds that a program has to end after it was asked to, and its output to close after it has ended. */
const grace = 2000;

/** Collects what a program says; `overflow` is called once it is more than `most` bytes. */
function collect(stream: NodeJS.ReadableStream | null, most: number, overflow: () => void): () => string {
  const parts: Buffer[] = [];
  let size = 0;
  stream?.on('data', (part: Buffer) => {
    size += part.length;
    if (size <= most) parts.push(part);
    else overflow();
  });
  stream?.on('error', () => undefined);
  return () =>
    Buffer.concat(parts)
      .toString('utf8')
      .replace(/\r?\n$/u, '');
}

/** Resolves when the program has ended and its outputs are closed; one that somebody else keeps open is not waited for. */
async function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
    child.once('exit', (code) => setTimeout(() => resolve(code), grace).unref());
  });
}

/** A program that runs, with what it said so far. */
class Running {
  readonly #child: ChildProcess;
  readonly #stdout: () => string;
  readonly #stderr: () => string;
  #reason = '';

  constructor(child: ChildProcess, most: number) {
    this.#child = child;
    const tooMuch = (): void => this.stop(`it said more than ${most} bytes`);
    this.#stdout = collect(child.stdout, most, tooMuch);
    this.#stderr = collect(child.stderr, most, tooMuch);
  }

  /** Asks the program to end, and sees to it. */
  stop(why: string): void {
    if (this.#reason !== '') return;
    this.#reason = why;
    this.#child.kill('SIGTERM');
    setTimeout(() => this.#child.kill('SIGKILL'), grace).unref();
  }

  async result(): Promise<ChildResult> {
    const child = this.#child;
    const exitCode = await ended(child).catch((error: Error) => {
      this.#reason = error.message;
      return null;
    });
    for (const stream of [child.stdout, child.stderr]) stream?.destroy();
    const bySignal = exitCode === null ? `it was ended by ${child.signalCode ?? 'a signal'}` : '';
    return { exitCode, stdout: this.#stdout(), stderr: this.#stderr(), reason: this.#reason || bySignal };
  }
}

/** Starts the program. Throws what `spawn` throws at once, e.g. for a text that no argument can hold. */
function start(program: string, words: readonly string[], options: ChildOptions): Running {
  const { timeoutMilliseconds: _, mostOutput = defaultOutput, ...how } = options;
  return new Running(
    spawn(program, words, { ...how, stdio: ['ignore', 'pipe', 'pipe'], shell: false }),
    mostOutput,
  );
}

/** Runs a program to its end. Never rejects: that it cannot be started or takes too long is a result, too. */
export async function runChild(
  program: string,
  words: readonly string[],
  options: ChildOptions,
): Promise<ChildResult> {
  const { timeoutMilliseconds } = options;
  try {
    const running = start(program, words, options);
    const late = (): void => running.stop(`no answer within ${timeoutMilliseconds / 1000} s`);
    const timer = setTimeout(late, timeoutMilliseconds);
    const orphaned = (): void => running.stop('this program ended before it');
    process.once('exit', orphaned);
    try {
      return await running.result();
    } finally {
      clearTimeout(timer);
      process.removeListener('exit', orphaned);
    }
  } catch (error) {
    return { exitCode: null, stdout: '', stderr: '', reason: errorMessage(error) };
  }
}
