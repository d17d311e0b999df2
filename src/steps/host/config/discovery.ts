import type { OpenClawEra } from '../../../core/openclaw-era.js';
import type { Json, JsonObject } from '../../../ports/json.js';
import type { ConfigEdit } from '../../../ports/openclaw.js';
import { isObject, isSame, valueAt } from './json.js';

/** Where the first era held discovery; from 2026.4.5 on OpenClaw's schema refuses it. */
export const legacyPath = ['models', 'bedrockDiscovery'] as const;

/** The plug-in's entry in the config of the later eras. */
export const entryPath = ['plugins', 'entries', 'amazon-bedrock'] as const;

/** Where an era holds discovery. */
export function discoveryPath(era: OpenClawEra): readonly string[] {
  return era === 'core' ? legacyPath : [...entryPath, 'config', 'discovery'];
}

/** Whether a config holds the block of an older era, because of which OpenClaw refuses every command. */
export function hasLegacyBlock(era: OpenClawEra, config: JsonObject | null): boolean {
  return era !== 'core' && valueAt(config, legacyPath) !== undefined;
}

/**
 * The edits that lead a config to the wanted discovery settings. A block of an older era moves with all its keys; a
 * value that is already at the new place, or wanted now, wins over it.
 */
export function discoveryEdits(
  era: OpenClawEra,
  config: JsonObject | null,
  wanted: JsonObject,
): readonly ConfigEdit[] {
  const base = discoveryPath(era);
  const legacy = hasLegacyBlock(era, config) ? valueAt(config, legacyPath) : undefined;
  const moved = isObject(legacy) ? legacy : {};
  const target = { ...moved, ...currentAt(config, base), ...wanted };
  const edits = Object.entries(target)
    .map(([key, value]): ConfigEdit => ({ path: [...base, key], value }))
    .filter(({ path, value }) => !isSame(valueAt(config, path), value));
  if (legacy !== undefined) edits.push({ path: withoutLegacy(config), value: undefined });
  return needsEntry(era, config, edits.length > 0)
    ? [...edits, { path: [...entryPath, 'enabled'], value: true }]
    : edits;
}

/** What goes with the block of an older era: `models` too, where it would be left empty. */
function withoutLegacy(config: JsonObject | null): readonly string[] {
  const models = valueAt(config, ['models']);
  return isObject(models) && Object.keys(models).length === 1 ? ['models'] : legacyPath;
}

/**
 * OpenClaw 2026.5.7 leaves the bundled plug-in off until its entry says `enabled`; the external one is switched on when it
 * is installed, and only must not be off.
 */
function needsEntry(era: OpenClawEra, config: JsonObject | null, isWriting: boolean): boolean {
  if (era === 'core') return false;
  const enabled: Json | undefined = valueAt(config, [...entryPath, 'enabled']);
  if (enabled === true) return false;
  return era === 'bundled' || isWriting || enabled !== undefined;
}

function currentAt(config: JsonObject | null, path: readonly string[]): JsonObject {
  const value = valueAt(config, path);
  return isObject(value) ? value : {};
}
