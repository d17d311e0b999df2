import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { errorName, usageError } from '../core/errors.js';

/** Bytes of a list that are read at most: some hundred thousand ids. */
const most = 16 * 1024 * 1024;

/** The text of a list of instances; `-` is standard input. Throws INSTANCES_FILE_UNREADABLE. */
export async function readInstancesFile(path: string): Promise<string> {
  const standardInput = path === '-';
  const options = { end: most, ...(standardInput ? { fd: 0, autoClose: false, start: undefined } : {}) };
  try {
    return await text(createReadStream(standardInput ? '' : path, options));
  } catch (error) {
    throw usageError(
      'INSTANCES_FILE_UNREADABLE',
      `the list of instances ${standardInput ? 'on standard input' : path} cannot be read: ${errorName(error)}`,
      '--instances-file names a file with one instance id a line, or - for standard input',
      'name a file that is there and can be read',
    );
  }
}
