import { isObject, valueAt } from '../../../core/json.js';
import {
  allowPath,
  discoveryPath,
  legacyDiscoveryPath,
  pluginPath,
  widenedAllowList,
} from '../../../core/openclaw/config.js';
import type { OpenClawEra } from '../../../core/openclaw/era.js';
import type { Json, JsonObject } from '../../../ports/json.js';
import type { ConfigEdit } from '../../../ports/openclaw.js';
import { isSame } from './json.js';

/** Whether a config holds the block of an older era, because of which OpenClaw refuses every command. */
export function hasLegacyBlock(era: OpenClawEra, config: JsonObject | null): boolean {
  return era !== 'core' && valueAt(config, legacyDiscoveryPath) !== undefined;
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
  const legacy = hasLegacyBlock(era, config) ? valueAt(config, legacyDiscoveryPath) : undefined;
  const moved = isObject(legacy) ? legacy : {};
  const target = { ...moved, ...currentAt(config, base), ...wanted };
  const edits = Object.entries(target)
    .map(([key, value]): ConfigEdit => ({ path: [...base, key], value }))
    .filter(({ path, value }) => !isSame(valueAt(config, path), value));
  if (legacy !== undefined) edits.push({ path: withoutLegacy(config), value: undefined });
  const allowed = era === 'core' ? null : widenedAllowList(config);
  if (allowed !== null) edits.push({ path: allowPath, value: allowed });
  return needsEntry(era, config, edits.length > 0)
    ? [...edits, { path: [...pluginPath, 'enabled'], value: true }]
    : edits;
}

/** What goes with the block of an older era: `models` too, where it would be left empty. */
function withoutLegacy(config: JsonObject | null): readonly string[] {
  const models = valueAt(config, ['models']);
  return isObject(models) && Object.keys(models).length === 1 ? ['models'] : legacyDiscoveryPath;
}

/**
 * OpenClaw 2026.5.7 leaves the bundled plug-in off until its entry says `enabled`; the external one is switched on when it
 * is installed, and only must not be off.
 */
function needsEntry(era: OpenClawEra, config: JsonObject | null, isWriting: boolean): boolean {
  if (era === 'core') return false;
  const enabled: Json | undefined = valueAt(config, [...pluginPath, 'enabled']);
  if (enabled === true) return false;
  return era === 'bundled' || isWriting || enabled !== undefined;
}

function currentAt(config: JsonObject | null, path: readonly string[]): JsonObject {
  const value = valueAt(config, path);
  return isObject(value) ? value : {};
}
