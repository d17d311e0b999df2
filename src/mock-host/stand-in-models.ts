import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the scratch home that says what OpenClaw's stand-in lists, where a failure is rehearsed. */
export const standInFile = '.openclaw-stand-in.json';

/** The models that the stand-in is to list whatever it discovers; `null` where nothing says so. */
export async function listedInstead(home: string): Promise<readonly string[] | null> {
  try {
    const value: unknown = JSON.parse(await readFile(join(home, standInFile), 'utf8'));
    const { ids } = value as { readonly ids?: unknown };
    return Array.isArray(ids) ? ids.map(String) : null;
  } catch {
    return null;
  }
}
