import { dirname } from 'node:path';
import type { FileReader } from '../../ports/files.js';

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
