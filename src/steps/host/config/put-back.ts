import type { HostWriter } from '../../../ports/host.js';
import type { ConfigEdit } from '../../../ports/openclaw.js';
import { changedSince } from '../refusals.js';
import type { ConfigWriter } from './backup.js';
import { dropBackups, hasReplaced, restoreConfig } from './backup.js';

/** What an undo of a config edit needs to know. */
export interface PutBack {
  readonly path: string;
  readonly folders: readonly string[];
  /** Fingerprint of what this tool wrote; `null` where it did not live to record it. */
  readonly written: string | null;
}

/** What is left to be undone key by key. `foreign`: keys that somebody else has changed since. `untouched`: whether one is as it was before. */
export interface Remainder {
  readonly edits: readonly ConfigEdit[];
  readonly foreign: readonly string[];
  readonly untouched: boolean;
}

/**
 * Takes a config edit back: the very bytes from before where the file is as this tool left it, else only the keys that
 * still have our values. Throws CHANGED_SINCE where none has.
 */
export async function putConfigBack(
  { path, folders, written }: PutBack,
  writer: ConfigWriter,
  remainder: () => Promise<Remainder>,
  host: HostWriter,
): Promise<void> {
  const { files } = host;
  const happened = written !== null || (await hasHappened(path, writer, await remainder(), files));
  if (happened) {
    if (await restoreConfig(path, writer, written, folders, files)) return;
    const { edits, foreign } = await remainder();
    if (!(await editConfig(path, edits, host)) && foreign.length > 0) {
      throw changedSince(
        `${foreign.join(', ')} in ${path}`,
        'set or remove it by hand: openclaw config unset',
      );
    }
  }
  await dropBackups(path, writer, written, folders, files);
}

/** Makes these edits of a config that is there; whether there was anything to make. */
export async function editConfig(
  path: string,
  edits: readonly ConfigEdit[],
  { files, openclaw }: HostWriter,
): Promise<boolean> {
  const state = await files.read(path);
  if (edits.length === 0 || state === null) return false;
  await files.write(path, await openclaw.setConfig(state.bytes, edits), { expected: state });
  return true;
}

/**
 * Whether the edit took effect, where that was not recorded. All of it goes into the file at once: where a part is as before and no
 * copy shows that there was more, somebody else has set the rest, such as the plug-in's own installation.
 */
async function hasHappened(
  path: string,
  writer: ConfigWriter,
  { edits, foreign, untouched }: Remainder,
  files: HostWriter['files'],
): Promise<boolean> {
  if (edits.length === 0 && foreign.length === 0) return false;
  return !untouched || (await hasReplaced(path, writer, files));
}
