import { readFile, writeFile } from 'node:fs/promises';
import { release, type as system } from 'node:os';
import { errorMessage, failure, usageError } from '../core/errors.js';

const beginning = '## openclaw-bedrock-setup ';

/** The platform in a report's words: `Linux 6.1.0, Node.js 24.16.0`. */
export function platformWords(): string {
  return `${system()} ${release()}, Node.js ${process.versions.node}`;
}

/**
 * Writes a report; one of an earlier run is replaced, anything else stays. Throws REPORT_EXISTS, REPORT_NOT_WRITTEN.
 */
export async function writeReport(file: string, text: string): Promise<void> {
  const there = await readFile(file, 'utf8').catch(() => '');
  if (there !== '' && !there.startsWith(beginning)) {
    throw usageError(
      'REPORT_EXISTS',
      `${file} is there already, and is no report of this tool`,
      'only an earlier report is replaced',
      'name another file with --report',
    );
  }
  try {
    await writeFile(file, text);
  } catch (error) {
    throw failure(
      'REPORT_NOT_WRITTEN',
      `the report could not be written: ${errorMessage(error)}`,
      'the operating system refused it',
      'name a file in a folder that is there and can be written with --report',
      { cause: error },
    );
  }
}
