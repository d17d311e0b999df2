import type { Json, JsonObject } from '../../ports/json.js';
import { isList, isObject } from '../json.js';

const harmless = /^[a-z0-9-]*$/u;

/**
 * Fills `{{name}}` in every text of a JSON template. Values may hold only lower-case letters, digits and hyphens, as
 * partitions, accounts and regions do, so that nothing else can be said through them. Throws on any other value, and on
 * a placeholder without one.
 */
export function fillTemplate(template: JsonObject, values: Readonly<Record<string, string>>): JsonObject {
  for (const [name, value] of Object.entries(values)) {
    if (!harmless.test(value)) throw new Error(`${JSON.stringify(value)} is not fit for {{${name}}}`);
  }
  const fillText = (text: string): string =>
    text.replace(/\{\{(\w+)\}\}/gu, (_whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined) throw new Error(`no value for {{${name}}}`);
      return value;
    });
  const fill = (node: Json | undefined): Json | undefined => {
    if (typeof node === 'string') return fillText(node);
    if (isList(node)) return node.map((item) => fill(item) ?? null);
    if (isObject(node)) return fillObject(node);
    return node;
  };
  const fillObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, fill(value)]));
  return fillObject(template);
}
