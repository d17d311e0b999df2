import { writeSync } from 'node:fs';
import { isNobodyThere } from './nobody-there.js';
import { unwritable } from './unwritable.js';

const pauseMilliseconds = 5;

/**
 * Writes to standard output (1) or standard error (2) before it returns, without setting up a stream for it, which takes
 * Node several milliseconds. Waits for a reader that is slow, and lets one that has gone be. Throws OUTPUT_UNWRITABLE.
 */
export function writeNow(descriptor: 1 | 2, text: string): void {
  for (let rest = Buffer.from(text); rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const failure = error as Error & { readonly code?: string };
      if (isNobodyThere(failure)) return;
      if (failure.code !== 'EAGAIN') throw unwritable(error);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);
    }
  }
}
