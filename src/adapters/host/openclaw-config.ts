import { join } from 'node:path';
import json5 from 'json5';
import { ExitCode, SetupError } from '../../core/errors.js';
import type { HostUser } from '../../ports/host.js';
import type { Json, JsonObject } from '../../ports/json.js';
import type { ConfigEdit } from '../../ports/openclaw.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where OpenClaw keeps its things: OPENCLAW_CONFIG_PATH, OPENCLAW_STATE_DIR, OPENCLAW_HOME, else below the user's home. */
export function openClawPaths(
  environment: Environment,
  user: HostUser,
): { readonly stateFolder: string; readonly configPath: string } {
  const set = (name: string): string | null => {
    const value = environment[name]?.trim() ?? '';
    if (value === '') return null;
    return value.startsWith('~/') ? join(user.home, value.slice(2)) : value;
  };
  const stateFolder = set('OPENCLAW_STATE_DIR') ?? join(set('OPENCLAW_HOME') ?? user.home, '.openclaw');
  return { stateFolder, configPath: set('OPENCLAW_CONFIG_PATH') ?? join(stateFolder, 'openclaw.json') };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The config in a file's bytes. Throws OPENCLAW_CONFIG_INVALID, which never shows what is in it. */
export function parseConfig(path: string, bytes: Uint8Array): JsonObject {
  const invalid = (what: string): SetupError =>
    new SetupError({
      code: 'OPENCLAW_CONFIG_INVALID',
      message: `${path} ${what}`,
      why: 'OpenClaw itself refuses every command until its config is valid',
      fix: 'repair the file, for example with: openclaw config validate',
      exitCode: ExitCode.failed,
    });
  let value: Json;
  try {
    value = json5.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    const place = error instanceof SyntaxError ? /at (\d+:\d+)/u.exec(error.message)?.[1] : undefined;
    throw invalid(`is no valid JSON5${place === undefined ? '' : ` (line and column ${place})`}`);
  }
  if (isObject(value)) return value;
  throw invalid('holds no object');
}

function setAt(value: Json | undefined, path: readonly string[], next: Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  const object = isObject(value) ? value : {};
  return { ...object, [key]: setAt(object[key], rest, next) };
}

/** Two levels deep a block belongs to one thing (`models.bedrockDiscovery`, `plugins.entries.amazon-bedrock`, …). */
function blockPath(path: readonly string[]): readonly string[] {
  return path.slice(0, path[0] === 'plugins' ? 3 : 2);
}

/**
 * The edits as whole blocks, for versions that set one value in one run: each block with what the config has in it, so
 * that one run does for all edits of a block.
 */
export function mergeIntoBlocks(config: JsonObject, edits: readonly ConfigEdit[]): readonly ConfigEdit[] {
  const blocks = new Map<string, ConfigEdit>();
  for (const edit of edits) {
    const path = blockPath(edit.path);
    const key = path.join('.');
    const before = blocks.has(key)
      ? blocks.get(key)?.value
      : path.reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), config);
    blocks.set(key, { path, value: setAt(before, edit.path.slice(path.length), edit.value) });
  }
  return [...blocks.values()];
}
