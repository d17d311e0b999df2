import type { Readable } from 'node:stream';

/**
 * Collects what comes out of a program, up to so many bytes; `overflow` is told when it is more. What comes back gives the text
 * so far, without the end of its last line.
 */
export function collectOutput(stream: Readable, most: number, overflow: () => void): () => string {
  const parts: Buffer[] = [];
  let left = most;
  stream.on('data', (part: Buffer) => {
    parts.push(part.subarray(0, Math.max(0, left)));
    left -= part.length;
    if (left < 0) overflow();
  });
  // A pipe that breaks has said what it had to say.
  stream.on('error', () => undefined);
  return () =>
    Buffer.concat(parts)
      .toString('utf8')
      .replace(/\r?\n$/u, '');
}
