import { isDeepStrictEqual } from 'node:util';
import type { ConfigEdit } from '../../../ports/openclaw.js';
import { isObject, valueAt } from '../../../core/json.js';
import type { Json, JsonObject } from '../../../ports/json.js';

/** Whether two values of a config mean the same. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return isDeepStrictEqual(one, other);
}

/** How much of a path is there already: the shortest part of it that is not, or `null` where all of it is. */
export function firstMissing(config: JsonObject | null, path: readonly string[]): readonly string[] | null {
  const depth = path.findIndex((_key, index) => valueAt(config, path.slice(0, index + 1)) === undefined);
  return depth === -1 ? null : path.slice(0, depth + 1);
}

/** Whether a value holds nothing but empty objects, the paths in `removed` left out. */
export function isHollow(
  value: Json | undefined,
  at: readonly string[],
  removed: readonly ConfigEdit[],
): boolean {
  if (removed.some((edit) => edit.value === undefined && isSame(edit.path, at))) return true;
  if (!isObject(value)) return value === undefined;
  return Object.entries(value).every(([key, inner]) => isHollow(inner, [...at, key], removed));
}

/** Whether a config takes parts of itself from other files, which only OpenClaw could resolve. */
export function hasIncludes(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasIncludes);
  if (!isObject(value)) return false;
  return Object.hasOwn(value, '$include') || Object.values(value).some(hasIncludes);
}
