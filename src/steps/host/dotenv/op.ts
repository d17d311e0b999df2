import type { FileWriter } from '../../../ports/files.js';
import { changedSince } from '../refusals.js';
import { opFields } from '../../op-fields.js';
import type { Joint } from '../text.js';
import { fromBinary, joints, toBinary, unjoined, utf8ToBinary } from '../text.js';
import { removeLine, setEntry, writtenValue } from './edit.js';
import { lastEntry } from './last-entry.js';

/** A variable that was set, and how its value was written before; `null`: it was not there. */
export interface PreviousEntry {
  readonly key: string;
  readonly value: string;
  readonly previous: string | null;
}

/** An edit of a `.env` file: variables are set, or put back as they were. */
export type EnvOp =
  | {
      readonly kind: 'set';
      readonly path: string;
      readonly entries: readonly { readonly key: string; readonly value: string }[];
    }
  | {
      readonly kind: 'put-back';
      readonly path: string;
      readonly entries: readonly PreviousEntry[];
      readonly joint: Joint;
      readonly created: boolean;
      readonly folders: readonly string[];
    };

/** An op from a receipt. Throws RECEIPT_INVALID for anything else. */
export function parseEnvOp(value: unknown): EnvOp {
  const fields = opFields('gateway-env', value);
  const kind = fields.text('kind');
  const path = fields.text('path');
  const entries = fields.list('entries').map((entry) => {
    const pair = { key: entry.text('key'), value: entry.text('value') };
    return { ...pair, previous: kind === 'set' ? null : entry.orNull('previous', entry.text) };
  });
  if (kind === 'set') return { kind, path, entries: entries.map(({ key, value }) => ({ key, value })) };
  if (kind !== 'put-back') throw fields.invalid('kind');
  const joint = fields.oneOf('joint', joints);
  return { kind, path, entries, joint, created: fields.flag('created'), folders: fields.texts('folders') };
}

/** Two undos of a file as one: each variable from what it was set to last to how it was written first. */
export function joinEnvUndo(earlier: EnvOp, later: EnvOp): EnvOp | null {
  if (earlier.kind !== 'put-back' || later.kind !== 'put-back' || earlier.path !== later.path) return null;
  const first = new Map(earlier.entries.map((entry) => [entry.key, entry]));
  const last = new Map(later.entries.map((entry) => [entry.key, entry]));
  const entries = [...new Map([...first, ...last]).values()].map(
    (entry): PreviousEntry => ({ ...entry, previous: (first.get(entry.key) ?? entry).previous }),
  );
  return { ...earlier, entries };
}

/** Makes one edit. Twice is harmless; `put-back` throws CHANGED_SINCE where a value is not as it was left. */
export async function applyEnvOp(op: EnvOp, files: FileWriter): Promise<null> {
  if (op.kind === 'put-back') {
    await putBack(op, files);
    await files.tidy(op.path, op.folders);
    return null;
  }
  const state = await files.read(op.path);
  const before = state === null ? '' : toBinary(state.bytes);
  let text = before;
  for (const { key, value } of op.entries) {
    if ((lastEntry(text, key)?.value ?? '') === value) continue;
    text = setEntry(text, key, utf8ToBinary(writtenValue(key, value)));
  }
  if (text !== before) await files.write(op.path, fromBinary(text), { expected: state, mode: 0o600 });
  return null;
}

async function putBack(op: Extract<EnvOp, { kind: 'put-back' }>, files: FileWriter): Promise<void> {
  const state = await files.read(op.path);
  if (state === null) return;
  const before = toBinary(state.bytes);
  const back = (text: string, entries: readonly PreviousEntry[]): string =>
    entries.toReversed().reduce((now, entry) => withPrevious(now, entry, op.path), text);
  const isAdded = ({ previous }: PreviousEntry): boolean => previous === null;
  let text = back(before, op.entries.filter(isAdded));
  // What was joined to the end of the file ended its last line first.
  if (text !== before && before.startsWith(text)) text = unjoined(text, op.joint);
  text = back(
    text,
    op.entries.filter((entry) => !isAdded(entry)),
  );
  if (text === before) return;
  if (op.created && text === '') {
    await files.remove(op.path, { expected: state, emptyFolders: op.folders });
  } else {
    await files.write(op.path, fromBinary(text), { expected: state });
  }
}

function withPrevious(text: string, { key, value, previous }: PreviousEntry, path: string): string {
  const entry = lastEntry(text, key);
  const now = entry === null ? null : text.slice(entry.start, entry.end);
  if (now === previous) return text;
  const written = utf8ToBinary(writtenValue(key, value));
  if (entry === null || now !== written) throw changed(key, path);
  if (previous !== null) return text.slice(0, entry.start) + previous + text.slice(entry.end);
  const without = removeLine(text, key, written);
  if (without === null) throw changed(key, path);
  return without;
}

function changed(key: string, path: string): Error {
  return changedSince(`${key} in ${path}`, `set or remove ${key} there by hand`);
}
