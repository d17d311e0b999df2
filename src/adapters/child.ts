import { channel } from 'node:diagnostics_channel';
import { basename } from 'node:path';
import { errorMessage } from '../core/errors.js';
import type { Environment } from '../ports/environment.js';

/** How a program is run; never through a shell, and with nothing on its standard input. */
export interface ChildOptions {
  /** Its whole environment. */
  readonly env: Environment;
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

/** How execa tells an end, as much of it as is asked for. */
interface Ending {
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly isMaxBuffer: boolean;
  readonly signal?: string | undefined;
  readonly originalMessage?: string | undefined;
}

/** Starts the program and waits for its end; an output that somebody else keeps open is not waited for. */
async function execute(
  program: string,
  words: readonly string[],
  { env, timeoutMilliseconds, mostOutput = defaultOutput, ...how }: ChildOptions,
): Promise<Ending> {
  const { execa } = await import('execa');
  const running = execa(program, words, {
    ...how,
    env,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout: timeoutMilliseconds,
    forceKillAfterDelay: grace,
    maxBuffer: mostOutput,
  });
  running.once('exit', () => {
    const close = (): void => {
      for (const stream of [running.stdout, running.stderr]) stream.destroy();
    };
    setTimeout(close, grace).unref();
  });
  return running;
}

/** Why there was no regular end; empty where there was one. */
function reasonOf(ending: Ending, { timeoutMilliseconds, mostOutput = defaultOutput }: ChildOptions): string {
  if (ending.timedOut) return `no answer within ${timeoutMilliseconds / 1000} s`;
  if (ending.isMaxBuffer) return `it said more than ${mostOutput} bytes`;
  if (ending.signal !== undefined) return `it was ended by ${ending.signal}`;
  return ending.exitCode === undefined ? (ending.originalMessage ?? 'it did not end') : '';
}

/** Runs a program to its end. Never rejects: that it cannot be started or takes too long is a result, too. */
export async function runChild(
  program: string,
  words: readonly string[],
  options: ChildOptions,
): Promise<ChildResult> {
  const over = tell(program, words);
  try {
    const ending = await execute(program, words, options);
    const reason = reasonOf(ending, options);
    const exitCode = reason === '' ? (ending.exitCode ?? null) : null;
    over(exitCode !== 0);
    return { exitCode, stdout: ending.stdout, stderr: ending.stderr, reason };
  } catch (error) {
    over(true);
    return { exitCode: null, stdout: '', stderr: '', reason: errorMessage(error) };
  }
}
