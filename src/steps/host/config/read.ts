import type { ErrorDetails } from '../../../core/errors.js';
import type { HostReader } from '../../../ports/host.js';
import type { JsonObject } from '../../../ports/json.js';
import type { Conflict } from '../../../core/change.js';
import { problemConflict, stepConflict } from '../../conflicts.js';
import { look } from '../look.js';
import { missingFolders } from '../missing-folders.js';
import { hasIncludes } from './json.js';

/** OpenClaw's config and what would keep it from being written. */
export interface ConfigState {
  /** `null`: there is no file. */
  readonly config: JsonObject | null;
  readonly folders: readonly string[];
  /** Why it could not be read. */
  readonly problem: ErrorDetails | null;
  /** Why it could not be written. */
  readonly readOnly: ErrorDetails | null;
  /** The variable by which OpenClaw itself is told not to write its config. */
  readonly lock: string | null;
}

/** Reads OpenClaw's config. No process is started. */
export async function readConfigState(path: string, host: HostReader): Promise<ConfigState> {
  const looked = await look(() => host.openclaw.readConfig());
  const writable = await look(() => host.files.assertWritable(path));
  const locks = ['OPENCLAW_NIX_MODE', 'OPENCLAW_CONFIG_READONLY'];
  return {
    config: 'value' in looked ? looked.value : null,
    folders: await missingFolders(path, host.files),
    problem: 'problem' in looked ? looked.problem : null,
    readOnly: 'problem' in writable ? writable.problem : null,
    lock: locks.find((name) => isSet(host.environment[name])) ?? null,
  };
}

/** Why a config that is to be changed cannot be, or `null`. `commands` say how to do it by hand. */
export function refusalToWrite(
  state: ConfigState,
  shownPath: string,
  commands: readonly string[],
): Conflict | null {
  const { config, problem, readOnly, lock } = state;
  if (problem !== null) return problemConflict(problem);
  if (lock !== null) {
    return stepConflict(
      'OPENCLAW_CONFIG_LOCKED',
      `${lock} is set, so that ${shownPath} must not be written`,
      'whoever set it manages the config elsewhere, and would overwrite what is changed here',
      `put it into that other source; as commands: ${commands.join('; ')}`,
    );
  }
  if (hasIncludes(config ?? undefined)) {
    return stepConflict(
      'OPENCLAW_CONFIG_INCLUDES',
      `${shownPath} takes parts of itself from other files ($include)`,
      'only OpenClaw can tell which of them a setting belongs to',
      `set it by hand: ${commands.join('; ')}`,
    );
  }
  return readOnly === null ? null : problemConflict(readOnly);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value.trim().toLowerCase());
}
