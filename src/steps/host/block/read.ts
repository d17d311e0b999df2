import type { ErrorDetails } from '../../../core/errors.js';
import type { FileReader } from '../../../ports/files.js';
import { look } from '../look.js';
import { missingFolders } from '../missing-folders.js';
import type { Joint } from '../text.js';
import { jointOf, toBinary } from '../text.js';
import type { FoundBlock } from './block.js';
import { findBlock } from './block.js';

/** A file that may hold our block. */
export interface BlockFile {
  readonly path: string;
  /** The content in binary form; empty when there is no file. */
  readonly text: string;
  readonly block: FoundBlock;
  /** Whether writing would create it, and with which folders. */
  readonly created: boolean;
  readonly folders: readonly string[];
  /** The line ending that its last line is given when something is appended. */
  readonly joint: Joint;
  /** Why it could not be read. */
  readonly problem: ErrorDetails | null;
  /** Why it could not be written. */
  readonly readOnly: ErrorDetails | null;
}

/** Reads a file with what is needed to edit our block in it and to take that back. */
export async function readBlockFile(path: string, files: FileReader): Promise<BlockFile> {
  const looked = await look(() => files.read(path));
  const state = 'value' in looked ? looked.value : null;
  const writable = await look(() => files.assertWritable(path));
  const text = state === null ? '' : toBinary(state.bytes);
  return {
    path,
    text,
    block: findBlock(text),
    created: state === null,
    folders: state === null ? await missingFolders(path, files) : [],
    joint: jointOf(text),
    problem: 'problem' in looked ? looked.problem : null,
    readOnly: 'problem' in writable ? writable.problem : null,
  };
}
