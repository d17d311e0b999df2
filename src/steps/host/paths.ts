import { dirname } from 'node:path';
import type { FileReader } from '../../ports/files.js';

/** A path as it is shown: the home folder as `~`. */
export function displayPath(path: string, home: string): string {
  const base = home.endsWith('/') ? home : `${home}/`;
  return path.startsWith(base) ? `~/${path.slice(base.length)}` : path;
}

/** The folders above `path` that are not there yet, deepest first: what an undo may remove when they are empty. */
export async function missingFolders(
  path: string,
  files: Pick<FileReader, 'exists'>,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (await files.exists(folder)) break;
    missing.push(folder);
  }
  return missing;
}
