import { isList, isObject } from '../core/json.js';
import type { Json, JsonObject } from '../ports/json.js';

/** The entries of an object that have a value. */
export function entriesOf(object: JsonObject): readonly (readonly [string, Json])[] {
  return Object.entries(object).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
}

/** Every text of a value, keys left alone, replaced by what `change` makes of it. */
export function mapTexts(value: Json, change: (text: string) => Json): Json {
  if (typeof value === 'string') return change(value);
  if (isList(value)) return value.map((item) => mapTexts(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(entriesOf(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

/** A document as a file: indented by two, with a line break at its end. */
export function jsonFile(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
