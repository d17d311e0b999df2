import type { StepId } from '../../../core/change.js';
import type { SetupError } from '../../../core/errors.js';
import { failure } from '../../../core/errors.js';
import type { FileState, FileWriter } from '../../../ports/files.js';
import { changedSince } from '../refusals.js';
import { opFields } from '../../op-fields.js';
import type { Joint } from '../text.js';
import { fromBinary, joints, toBinary, utf8ToBinary } from '../text.js';
import type { FoundBlock } from './block.js';
import { findBlock, markers, putBlock, takeBlock } from './block.js';

/**
 * An edit of our block in a file. `put` with `over` is an undo: it only replaces a block of exactly those lines. `take`
 * removes it, and the file too when it was `created` for it and is empty again, with those `folders` that are empty.
 */
export type BlockOp =
  | {
      readonly kind: 'put';
      readonly path: string;
      readonly lines: readonly string[];
      readonly over: readonly string[] | null;
    }
  | {
      readonly kind: 'take';
      readonly path: string;
      readonly lines: readonly string[];
      readonly joint: Joint;
      readonly created: boolean;
      readonly folders: readonly string[];
    };

/** What a step may say about its own blocks. */
export interface BlockRules {
  /** Permission bits of a file that is created. */
  readonly mode: number;
  /** What ends a line before a carriage return; a comment, as a shell needs it, where nothing is said. */
  readonly shield?: string;
  /** Whether what stands behind the block would come to mean something else without it. */
  readonly isNeededBy?: (after: string) => boolean;
}

/** A block op from a receipt. Throws RECEIPT_INVALID for anything else. */
export function parseBlockOp(step: StepId, value: unknown): BlockOp {
  const fields = opFields(step, value);
  const kind = fields.text('kind');
  const common = { path: fields.text('path'), lines: fields.texts('lines') };
  if (kind === 'put') return { kind, ...common, over: fields.orNull('over', fields.texts) };
  if (kind !== 'take') throw fields.invalid('kind');
  return {
    kind,
    ...common,
    joint: fields.oneOf('joint', joints),
    created: fields.flag('created'),
    folders: fields.texts('folders'),
  };
}

/** The edit that takes a `put` back, from what was there before it. */
export function inversePut(
  path: string,
  lines: readonly string[],
  before: {
    readonly block: FoundBlock;
    readonly joint: Joint;
    readonly created: boolean;
    readonly folders: readonly string[];
  },
): BlockOp {
  const { block, joint, created, folders } = before;
  if (block.kind === 'found') return { kind: 'put', path, lines: block.lines, over: lines };
  return { kind: 'take', path, lines, joint, created, folders };
}

/** Two undos of a block as one: the later's only removes what somebody wrote into the block since the earlier edit. */
export function joinBlockUndo(earlier: BlockOp, later: BlockOp): BlockOp | null {
  if (earlier.path !== later.path || later.kind !== 'put' || later.over === null) return null;
  return earlier.kind === 'take' ? { ...earlier, lines: later.over } : { ...earlier, over: later.over };
}

/** BLOCK_BROKEN: the markers in a file cannot be trusted, so that it is left as it is. */
export function blockBroken(path: string, reason: string): SetupError {
  return failure(
    'BLOCK_BROKEN',
    `the marked block in ${path} is damaged: ${reason}`,
    'what is between the markers is replaced as a whole, and here it cannot be told where that begins and ends',
    `remove the lines "${markers.begin}" and "${markers.end}" and what is left between them, then run again`,
  );
}

/** Makes one edit of a block. Twice is harmless; an undo throws CHANGED_SINCE where the block is not as it was left. */
export async function applyBlockOp(op: BlockOp, files: FileWriter, rules: BlockRules): Promise<null> {
  const state = await files.read(op.path);
  const text = state === null ? '' : toBinary(state.bytes);
  const block = findBlock(text);
  if (op.kind === 'put') await put(op, state, text, block, files, rules);
  else if (state !== null && block.kind !== 'none') await take(op, state, text, block, files, rules);
  if (op.kind === 'take' || op.over !== null) await files.tidy(op.path, op.kind === 'take' ? op.folders : []);
  return null;
}

async function put(
  op: Extract<BlockOp, { kind: 'put' }>,
  state: FileState | null,
  text: string,
  block: FoundBlock,
  files: FileWriter,
  { mode, shield }: BlockRules,
): Promise<void> {
  if (block.kind === 'broken') throw blockBroken(op.path, block.reason);
  if (hasLines(block, op.lines)) return;
  if (op.over !== null && !hasLines(block, op.over)) throw changed(op.path);
  const next = putBlock(text, op.lines.map(utf8ToBinary), shield);
  await files.write(op.path, fromBinary(next), { expected: state, mode });
}

async function take(
  op: Extract<BlockOp, { kind: 'take' }>,
  state: FileState,
  text: string,
  block: FoundBlock,
  files: FileWriter,
  { isNeededBy }: BlockRules,
): Promise<void> {
  if (block.kind !== 'found' || !hasLines(block, op.lines)) throw changed(op.path);
  if (isNeededBy?.(text.slice(block.end)) === true) throw needed(op.path);
  const rest = takeBlock(text, op.joint);
  if (op.created && rest === '') {
    await files.remove(op.path, { expected: state, emptyFolders: op.folders });
  } else {
    await files.write(op.path, fromBinary(rest), { expected: state });
  }
}

/** Whether a block holds exactly those lines. */
export function hasLines(block: FoundBlock, lines: readonly string[]): boolean {
  return (
    block.kind === 'found' &&
    block.lines.length === lines.length &&
    block.lines.every((line, index) => line === utf8ToBinary(lines[index] ?? ''))
  );
}

function needed(path: string): SetupError {
  return changedSince(
    `what follows the block in ${path}`,
    'the settings behind the block belong to the section that it opens: put [default] above them, then run undo again',
  );
}

function changed(path: string): SetupError {
  return changedSince(
    `the block in ${path}`,
    `remove the block between "${markers.begin}" and "${markers.end}" by hand if it is no longer wanted`,
  );
}
