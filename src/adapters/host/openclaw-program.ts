import { access, constants, readdir, readFile, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';
import { scrub } from '../../core/text/scrub.js';
import type { HostUser } from '../../ports/host.js';
import { runChild } from '../child.js';
import type { Environment } from '../../ports/environment.js';

/** How a run of the program ended. */
export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** Its last lines, secrets removed. */
  readonly stderr: string;
}

/** Runs `openclaw` with these arguments, and these variables besides its own; never through a shell. */
export type RunProgram = (
  words: readonly string[],
  timeoutSeconds: number,
  variables?: Readonly<Record<string, string>>,
) => Promise<ProgramResult>;

/** Where npm, pnpm and the installer put a user's own programs when these are not on the path of a service or of sudo. */
const userFolders = [
  '.npm-global/bin',
  '.local/bin',
  '.local/share/pnpm',
  '.openclaw/bin',
  '.volta/bin',
  'bin',
] as const;

/** The absolute path of `openclaw`, on the path or in the user's usual folders; `null` where there is none. */
export async function findProgram(environment: Environment, user: HostUser): Promise<string | null> {
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  const versions = join(user.home, '.nvm', 'versions', 'node');
  const newestFirst = (await readdir(versions).catch(() => []))
    .sort((one, other) => other.localeCompare(one, 'en', { numeric: true }))
    .map((name) => join(versions, name, 'bin'));
  const own = userFolders.map((folder) => join(user.home, folder));
  for (const folder of [...onPath, ...own, ...newestFirst, '/usr/local/bin']) {
    if (await isExecutable(join(folder, 'openclaw'))) return join(folder, 'openclaw');
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The version that npm's package beside the program says, without starting it; `null` where it is no npm package, such as
 * a script of a version manager.
 */
export async function packagedVersion(path: string): Promise<string | null> {
  try {
    const text = await readFile(join(dirname(await realpath(path)), 'package.json'), 'utf8');
    const { name, version } = JSON.parse(text) as { readonly name?: unknown; readonly version?: unknown };
    return name === 'openclaw' && typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}

/** Who the caller is to AWS is not who the gateway is: its identity comes from its own files. */
const operatorOnly =
  /^(?:AWS_(?:PROFILE|DEFAULT_PROFILE|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|REGION|DEFAULT_REGION|BEARER_TOKEN_BEDROCK|CONFIG_FILE|SHARED_CREDENTIALS_FILE|EC2_METADATA_DISABLED|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_\w+)|SUDO_.*)$/u;

function programEnvironment(
  environment: Environment,
  user: HostUser,
  folder: string,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !operatorOnly.test(entry[0]),
  );
  const path = environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin';
  const own = { HOME: user.home, USER: user.name, LOGNAME: user.name, NO_COLOR: '1' };
  return { ...Object.fromEntries(kept), ...own, PATH: `${path}${delimiter}${folder}` };
}

function lastLines(text: string): string {
  return scrub(text).trim().split('\n').slice(-8).join('\n');
}

/** A runner for the program at `path`, as the user whose gateway is meant. */
export function makeRunner(path: string, environment: Environment, user: HostUser): RunProgram {
  const foreign = process.getuid?.() === 0 && user.uid !== 0 ? { uid: user.uid, gid: user.gid } : {};
  const env = programEnvironment(environment, user, dirname(path));
  return async (words, timeoutSeconds, variables = {}) => {
    const result = await runChild(path, words, {
      env: { ...env, ...variables },
      cwd: '/',
      timeoutMilliseconds: timeoutSeconds * 1000,
      ...foreign,
    });
    const silent = result.stderr === '' && result.exitCode !== 0;
    const stderr = lastLines(silent ? result.reason : result.stderr);
    return { exitCode: result.exitCode ?? -1, stdout: result.stdout, stderr };
  };
}

/** The error for a run of OpenClaw that failed. */
export function programFailed(words: readonly string[], result: ProgramResult | null): SetupError {
  const { exitCode, stdout, stderr } = result ?? { exitCode: -1, stdout: '', stderr: '' };
  const shown = ['openclaw', ...words.filter((word) => !/^[{["]/u.test(word))].join(' ');
  return failure(
    'OPENCLAW_FAILED',
    `${shown} ended with exit code ${exitCode}`,
    stderr === '' ? lastLines(stdout) || 'it said nothing' : stderr,
    'run that command yourself, repair what it names, then run this tool again',
  );
}
