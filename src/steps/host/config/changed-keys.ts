import { isObject, valueAt } from '../../../core/json.js';
import type { Json, JsonObject } from '../../../ports/json.js';
import type { ConfigEdit } from '../../../ports/openclaw.js';
import type { OpFields } from '../../op-fields.js';
import { isHollow, isSame } from './json.js';
import type { Remainder } from './put-back.js';

/** A key of the config that is changed: its value from us, and the one before; `null` for none. */
export interface ChangedKey {
  readonly path: readonly string[];
  readonly ours: Json;
  readonly previous: Json;
}

/** The keys that an edit of the config changed. */
export interface ChangedKeys {
  readonly keys: readonly ChangedKey[];
  /** The shortest path that was not there before; `null` for none. */
  readonly made: readonly string[] | null;
}

/** The keys below a path that one config has otherwise than another; those that are gone left out. */
export function keysChanged(
  before: JsonObject | null,
  after: JsonObject | null,
  below: readonly string[],
): readonly ChangedKey[] {
  const [previous, ours] = [valueAt(before, below), valueAt(after, below)];
  if (ours === undefined || isSame(previous, ours)) return [];
  if (isObject(ours) && (previous === undefined || isObject(previous)))
    return Object.keys(ours).flatMap((key) => keysChanged(before, after, [...below, key]));
  return [{ path: below, ours, previous: previous ?? null }];
}

/** What is still ours of changed keys. What would be left empty of a path that was not there goes as a whole. */
export function remainderOfKeys({ keys, made }: ChangedKeys, config: JsonObject | null): Remainder {
  const ours = keys.filter(({ path, ours }) => isSame(valueAt(config, path), ours));
  const foreign = keys.filter((key) => {
    const now = valueAt(config, key.path);
    return !isSame(now, key.ours) && !isSame(now ?? null, key.previous);
  });
  const edits = ours.map(({ path, previous }): ConfigEdit => ({ path, value: previous ?? undefined }));
  return {
    edits: made === null ? edits : joined(edits, made, config),
    foreign: foreign.map(({ path }) => path.join('.')),
    untouched: keys.length > ours.length + foreign.length,
  };
}

/** Edits of which those within a path are one where nothing would be left in it. */
function joined(
  edits: readonly ConfigEdit[],
  made: readonly string[],
  config: JsonObject | null,
): readonly ConfigEdit[] {
  const isWithin = ({ path }: ConfigEdit): boolean => isSame(path.slice(0, made.length), made);
  if (!edits.some(isWithin) || !isHollow(valueAt(config, made), made, edits)) return edits;
  return [...edits.filter((edit) => !isWithin(edit)), { path: made, value: undefined }];
}

/** Changed keys from a receipt. Throws RECEIPT_INVALID for anything else. */
export function parseChangedKeys(fields: OpFields): ChangedKeys {
  return {
    made: fields.orNull('made', fields.texts),
    keys: fields.list('keys').map((key) => ({
      path: parsePath(key),
      ours: parseSetting(key, 'ours'),
      previous: parseSetting(key, 'previous'),
    })),
  };
}

function parsePath(key: OpFields): readonly string[] {
  const path = key.texts('path');
  if (path[0] === 'models' || path[0] === 'plugins') return path;
  throw key.invalid('path');
}

/** A setting of discovery or of plug-ins: nothing, a flag, a number, a text or a list of texts. */
export function parseSetting(fields: OpFields, name: string): Json {
  const value = fields.raw(name);
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string' || isTexts(value)) return value;
  throw fields.invalid('setting');
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
