import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { FileState, FileWriter } from '../../../ports/files.js';

/** A short fingerprint of a file's content, fit for a receipt: nothing of the content can be told from it. */
export function fingerprint(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** The steps that write OpenClaw's config; each knows its own copies only. */
export type ConfigWriter = 'discovery' | 'model' | 'plugin';

/**
 * Where the bytes are kept that a config had before a step made it what has this fingerprint. Named by what came after,
 * so that the way back is known even where this tool was killed before it could record anything. `after`: with its number, from the
 * second time on that it was made.
 */
function backupPath(configPath: string, writer: ConfigWriter, after: string): string {
  return `${configPath}.before-openclaw-bedrock-setup-${writer}-${after}`;
}

/**
 * Replaces OpenClaw's config and keeps what it was beside it. Gives the new content's fingerprint. A content that is made again, as
 * by a model that is chosen a second time, has a copy for each time.
 */
export async function replaceConfig(
  path: string,
  writer: ConfigWriter,
  before: FileState | null,
  after: Uint8Array,
  files: FileWriter,
): Promise<string> {
  const mark = fingerprint(after);
  const last = (await copiesOf(path, writer, mark, files)).at(-1);
  const place = backupPath(path, writer, last === undefined ? mark : `${mark}-${numberOf(last) + 1}`);
  await files.write(place, before?.bytes ?? new Uint8Array(), { expected: null, mode: 0o600 });
  await files.write(path, after, { expected: before, mode: 0o600 });
  return mark;
}

/**
 * Puts back the very bytes that a config had before it became what it is now, and removes the copy; an empty copy means
 * that there was no file. `false`, and nothing is done, where the config is no longer what this tool wrote.
 * `written` is its fingerprint where that is known.
 */
export async function restoreConfig(
  path: string,
  writer: ConfigWriter,
  written: string | null,
  emptyFolders: readonly string[],
  files: FileWriter,
): Promise<boolean> {
  const state = await files.read(path);
  if (state === null) return false;
  const now = fingerprint(state.bytes);
  if (written !== null && written !== now) return false;
  const backup = (await copiesOf(path, writer, now, files)).at(-1);
  if (backup === undefined) return false;
  if (backup.state.bytes.length === 0) await files.remove(path, { expected: state });
  else await files.write(path, backup.state.bytes, { expected: state });
  await files.remove(backup.path, { expected: backup.state, emptyFolders });
  await files.tidy(path, emptyFolders);
  return true;
}

interface Backup {
  readonly path: string;
  readonly name: string;
  readonly state: FileState;
}

/** The copies that a writer has left beside a config. */
async function backupsOf(path: string, writer: ConfigWriter, files: FileWriter): Promise<readonly Backup[]> {
  const prefix = backupPath(basename(path), writer, '');
  const found: Backup[] = [];
  for (const name of await files.list(dirname(path))) {
    if (!name.startsWith(prefix)) continue;
    const state = await files.read(join(dirname(path), name));
    if (state !== null) found.push({ path: join(dirname(path), name), name, state });
  }
  return found;
}

/** Which of the copies of its content it is, from 1. */
function numberOf({ name }: Backup): number {
  return Number(/-[0-9a-f]{16}-(\d+)$/u.exec(name)?.[1] ?? 1);
}

/** The copies of what a config was before it became the content with this fingerprint, the last one last. */
async function copiesOf(
  path: string,
  writer: ConfigWriter,
  mark: string,
  files: FileWriter,
): Promise<readonly Backup[]> {
  const base = backupPath(basename(path), writer, mark);
  const copies = await backupsOf(path, writer, files);
  return copies
    .filter(({ name }) => name === base || name.startsWith(`${base}-`))
    .sort((one, other) => numberOf(one) - numberOf(other));
}

async function currentMark(path: string, files: FileWriter): Promise<string> {
  return fingerprint((await files.read(path))?.bytes ?? new Uint8Array());
}

/** Whether a copy shows that a writer has changed the config: one that holds what the config is now was made before a write that never came. */
export async function hasReplaced(path: string, writer: ConfigWriter, files: FileWriter): Promise<boolean> {
  const now = await currentMark(path, files);
  const backups = await backupsOf(path, writer, files);
  return backups.some(({ state }) => fingerprint(state.bytes) !== now);
}

/**
 * Removes copies that are of no use any more: that of `written`, and those that hold what the config is now, left behind
 * where this tool was killed between two writes.
 */
export async function dropBackups(
  path: string,
  writer: ConfigWriter,
  written: string | null,
  emptyFolders: readonly string[],
  files: FileWriter,
): Promise<void> {
  const now = await currentMark(path, files);
  const own = written === null ? null : (await copiesOf(path, writer, written, files)).at(-1)?.name;
  for (const { path: place, name, state } of await backupsOf(path, writer, files)) {
    if (name !== own && fingerprint(state.bytes) !== now) continue;
    await files.remove(place, { expected: state, emptyFolders });
  }
  await files.tidy(path, emptyFolders);
}
