import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** Tells whether something that a fresh machine may lack is present. */
export type Probe = () => boolean | Promise<boolean>;

/**
 * Resolves to whether `name` is present, for `describe.skipIf(!present)`. When it is missing, the reason goes to
 * stderr; with COMPULSORY=1 in the environment it throws instead, so that the test file fails.
 */
export async function requirement(name: string, probe: Probe): Promise<boolean> {
  if (await probe()) return true;
  const reason = `${name} is not present on this machine`;
  if (process.env['COMPULSORY'] === '1') throw new Error(`${reason}, and COMPULSORY=1 demands it`);
  process.stderr.write(`skipped: ${reason}\n`);
  return false;
}

/** The absolute path of an executable on PATH, or undefined. */
async function findCommand(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    if (folder === '') continue;
    const candidate = path.join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

/** {@link requirement} for an executable on PATH, such as `moto_server`, `aws`, `zsh`, `fish` or `openclaw`. */
export function commandRequirement(name: string): Promise<boolean> {
  return requirement(name, async () => (await findCommand(name)) !== undefined);
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
