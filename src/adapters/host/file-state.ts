import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { constants, lstat, open, realpath } from 'node:fs/promises';
import type { FileState } from '../../ports/files.js';
import { orNull } from '../absent-file.js';
import { fileChanged, unusableFile } from './file-errors.js';

/** Bytes of the largest file that is edited. */
const largestFile = 64 * 1024 * 1024;

/** Bytes that are compared at a time, so that a large file is not held once more. */
const pieceSize = 1024 * 1024;

/** Where a path leads, also when there is nothing yet. Throws FILE_UNUSABLE for a link that leads nowhere. */
export async function resolvePath(path: string): Promise<string> {
  const real = await orNull(realpath(path));
  if (real !== null) return real;
  const link = await orNull(lstat(path));
  if (link?.isSymbolicLink() === true) throw unusableFile(path, 'is a symbolic link that leads nowhere');
  return path;
}

/** What a file holds, `null` where there is none. Throws FILE_UNUSABLE for what is no regular file, or too large. */
export async function readState(path: string): Promise<FileState | null> {
  return withFile(path, async (realPath, handle, { size, mode, uid, gid }) => {
    const bytes = await readWhole(handle, size);
    if (bytes === null) throw fileChanged(path);
    return { realPath, bytes, mode: mode % 0o10000, uid, gid };
  });
}

/** Throws FILE_CHANGED where a file is not what it was when it was read; `null`: there was none. */
export async function assertSame(path: string, expected: FileState | null): Promise<void> {
  const isSame = await withFile(
    path,
    async (realPath, handle) =>
      expected !== null && realPath === expected.realPath && (await holds(handle, expected.bytes)),
  );
  if (!(isSame ?? expected === null)) throw fileChanged(path);
}

/** Into one buffer, unlike `readFile`, which puts its pieces together in another; `null` where it has grown. */
async function readWhole(handle: FileHandle, size: number): Promise<Uint8Array | null> {
  const bytes = Buffer.allocUnsafeSlow(size + 1);
  for (let at = 0; at <= size; ) {
    const { bytesRead } = await handle.read(bytes, at, bytes.byteLength - at, at);
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return null;
}

async function holds(handle: FileHandle, bytes: Uint8Array): Promise<boolean> {
  const piece = Buffer.allocUnsafe(Math.min(pieceSize, bytes.byteLength + 1));
  for (let at = 0; ; ) {
    const { bytesRead } = await handle.read(piece, 0, piece.byteLength, at);
    if (bytesRead === 0) return at === bytes.byteLength;
    if (Buffer.compare(piece.subarray(0, bytesRead), bytes.subarray(at, at + bytesRead)) !== 0) return false;
    at += bytesRead;
  }
}

/** Opened without waiting, so that a pipe in the file's place does not hold the program up. */
async function withFile<Value>(
  path: string,
  use: (real: string, handle: FileHandle, found: Stats) => Promise<Value>,
): Promise<Value | null> {
  const real = await resolvePath(path);
  const handle = await orNull(open(real, constants.O_RDONLY | constants.O_NONBLOCK));
  if (handle === null) return null;
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw unusableFile(path, 'is no regular file');
    if (found.size > largestFile) throw unusableFile(path, `is larger than ${largestFile / 1024 / 1024} MiB`);
    return await use(real, handle, found);
  } finally {
    await handle.close();
  }
}
