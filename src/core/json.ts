import type { Json, JsonObject } from '../ports/json.js';

/** Whether a value is an object with named members, neither a list nor nothing. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** {@link isRecord} for what is known to be JSON. */
export function isObject(value: Json | undefined): value is JsonObject {
  return isRecord(value);
}

/** Whether a JSON value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** What stands at a path of a JSON object; `undefined` for nothing. */
export function valueAt(object: JsonObject | null, path: readonly string[]): Json | undefined {
  let value: Json | undefined = object ?? undefined;
  for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** The object in a JSON text; one without members for a text that is none. */
export function parseRecord(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
