import { isDeepStrictEqual } from 'node:util';
import json5 from 'json5';
import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';
import { isObject } from '../../core/json.js';
import { editJson5 } from '../../core/json5/edit.js';
import type { Json, JsonObject } from '../../ports/json.js';
import type { ConfigEdit } from '../../ports/openclaw.js';

/** The config in a file's bytes. Throws OPENCLAW_CONFIG_INVALID, which never shows what is in it. */
export function parseConfig(path: string, bytes: Uint8Array): JsonObject {
  const invalid = (what: string): SetupError =>
    failure(
      'OPENCLAW_CONFIG_INVALID',
      `${path} ${what}`,
      'OpenClaw itself refuses every command until its config is valid',
      'repair the file, for example with: openclaw config validate',
    );
  let value: Json;
  try {
    value = json5.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    const place = error instanceof SyntaxError ? /at (\d+:\d+)/u.exec(error.message)?.[1] : undefined;
    throw invalid(`is no valid JSON5${place === undefined ? '' : ` (line and column ${place})`}`);
  }
  if (isObject(value)) return value;
  throw invalid('holds no object');
}

/** A config with one value set, or removed. */
function setAt(
  value: Json | undefined,
  [key, ...rest]: readonly string[],
  next: Json | undefined,
): Json | undefined {
  if (key === undefined) return next;
  const object = isObject(value) ? value : {};
  if (next === undefined && !Object.hasOwn(object, key)) return value;
  const changed = { ...object, [key]: setAt(object[key], rest, next) };
  if (changed[key] === undefined) delete changed[key];
  return changed;
}

/**
 * The text of a config with the edits made, as little else touched as can be. What comes out is read again and must mean
 * exactly what was asked for; where it does not, the whole is written anew as plain JSON.
 */
export function editConfig(path: string, bytes: Uint8Array | null, edits: readonly ConfigEdit[]): string {
  const before = bytes === null ? {} : parseConfig(path, bytes);
  const wanted = edits.reduce<Json | undefined>(
    (config, edit) => setAt(config, edit.path, edit.value),
    before,
  );
  const source = bytes === null ? '{}\n' : Buffer.from(bytes).toString('utf8');
  const text = edits.reduce((current, edit) => editJson5(current, edit.path, edit.value), source);
  const isRight = isDeepStrictEqual(json5.parse(text), wanted);
  return isRight ? text : `${JSON.stringify(wanted, null, 2)}\n`;
}

/** The values that differ between two configs, objects compared key by key. */
function editsBetween(before: JsonObject, after: JsonObject, at: readonly string[]): readonly ConfigEdit[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key): readonly ConfigEdit[] => {
    const [one, other] = [before[key], after[key]];
    const path = [...at, key];
    if (isObject(one) && isObject(other)) return editsBetween(one, other, path);
    return isDeepStrictEqual(one, other) ? [] : [{ path, value: other }];
  });
}

/**
 * What OpenClaw made of a config, with the comments that it takes out of every config that it writes. A config without any
 * is as OpenClaw wrote it.
 */
export function keepComments(path: string, before: Uint8Array, after: Uint8Array): Uint8Array {
  if (isPlainJson(before)) return after;
  const edits = editsBetween(parseConfig(path, before), parseConfig(path, after), []);
  return new Uint8Array(Buffer.from(editConfig(path, before, edits), 'utf8'));
}

function isPlainJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

/** Whether two configs say the same, OpenClaw's own notes (`meta`) left out. */
export function isSameConfig(one: JsonObject, other: JsonObject): boolean {
  return isDeepStrictEqual({ ...one, meta: null }, { ...other, meta: null });
}
