import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { usageError } from '../core/errors.js';

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Writes files into a folder, which is made where there is none; none that is there is touched. Throws OUTPUT_EXISTS,
 * having written nothing, when one of them is there. Gives the paths.
 */
export async function writeNewFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const entries = Object.entries(files).map(([name, text]) => [join(folder, name), text] as const);
  for (const [path] of entries) {
    if (await exists(path)) {
      throw usageError(
        'OUTPUT_EXISTS',
        `${path} is there already`,
        'nothing that is there is overwritten',
        'name another folder with --output, or move it away',
      );
    }
  }
  for (const [path, text] of entries) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
  }
  return entries.map(([path]) => path);
}
