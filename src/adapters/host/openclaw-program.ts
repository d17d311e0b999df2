import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { ExitCode, SetupError } from '../../core/errors.js';
import { scrub } from '../../core/scrub.js';
import type { HostUser } from '../../ports/host.js';

/** How a run of the program ended. */
export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** Its last lines, secrets removed. */
  readonly stderr: string;
}

/** Runs `openclaw` with these arguments; never through a shell. */
export type RunProgram = (words: readonly string[], timeoutSeconds: number) => Promise<ProgramResult>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Where npm, pnpm and the installer put a user's own programs when these are not on the path of a service or of sudo. */
const userFolders = ['.npm-global/bin', '.local/bin', '.local/share/pnpm', '.openclaw/bin', 'bin'];

/** The absolute path of `openclaw`, on the path or in the user's usual folders; `null` where there is none. */
export async function findProgram(environment: Environment, user: HostUser): Promise<string | null> {
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  const folders = [...onPath, ...userFolders.map((folder) => join(user.home, folder)), '/usr/local/bin'];
  for (const folder of folders) {
    const candidate = join(folder, 'openclaw');
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not there: the next folder.
    }
  }
  return null;
}

/** Who the caller is to AWS is not who the gateway is: its identity comes from its own files. */
const operatorOnly =
  /^(?:AWS_(?:PROFILE|DEFAULT_PROFILE|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|REGION|DEFAULT_REGION|BEARER_TOKEN_BEDROCK)|SUDO_.*)$/u;

function programEnvironment(environment: Environment, user: HostUser): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !operatorOnly.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), HOME: user.home, USER: user.name, LOGNAME: user.name, NO_COLOR: '1' };
}

function lastLines(text: string): string {
  return scrub(text).trim().split('\n').slice(-8).join('\n');
}

/** A runner for the program at `path`, as the user whose gateway is meant. */
export function makeRunner(path: string, environment: Environment, user: HostUser): RunProgram {
  const foreign = process.getuid?.() === 0 && user.uid !== 0 ? { uid: user.uid, gid: user.gid } : {};
  return async (words, timeoutSeconds) => {
    const result = await execa(path, words, {
      env: programEnvironment(environment, user),
      extendEnv: false,
      cwd: '/',
      stdin: 'ignore',
      reject: false,
      timeout: timeoutSeconds * 1000,
      forceKillAfterDelay: 2000,
      maxBuffer: 8 * 1024 * 1024,
      ...foreign,
    });
    const reason = result.timedOut ? `no answer within ${timeoutSeconds} s` : (result.shortMessage ?? '');
    const stderr = lastLines(result.stderr === '' && result.exitCode !== 0 ? reason : result.stderr);
    return { exitCode: result.exitCode ?? -1, stdout: result.stdout, stderr };
  };
}

/** The error for a run of OpenClaw that failed. */
export function programFailed(words: readonly string[], result: ProgramResult): SetupError {
  const shown = ['openclaw', ...words.filter((word) => !word.startsWith('{') && !word.startsWith('['))].join(
    ' ',
  );
  return new SetupError({
    code: 'OPENCLAW_FAILED',
    message: `${shown} ended with exit code ${result.exitCode}`,
    why: result.stderr === '' ? lastLines(result.stdout) || 'it said nothing' : result.stderr,
    fix: 'run that command yourself, repair what it names, then run this tool again',
    exitCode: ExitCode.failed,
  });
}
