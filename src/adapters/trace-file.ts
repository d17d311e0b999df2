import { readFile, writeFile } from 'node:fs/promises';
import { errorName } from '../core/errors.js';

/**
 * Writes a trace. One of an earlier run, which has `mark` near its beginning, is replaced; anything else stays. Gives why
 * it was not written, or `null`; never rejects, since a run is not over for its trace.
 */
export async function writeTrace(file: string, mark: string, text: string): Promise<string | null> {
  try {
    const there = await readFile(file, 'utf8').catch(() => '');
    if (there !== '' && !there.slice(0, 500).includes(mark))
      return `${file} is there already, and is no trace`;
    await writeFile(file, text);
    return null;
  } catch (error) {
    return `${file}: ${errorName(error)}`;
  }
}
