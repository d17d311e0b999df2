import type { Json } from '../ports/json.js';
import { isList, isObject } from '../core/json.js';
import { entriesOf } from './json.js';
import { doubleQuoted } from './quoted.js';

/** A text as a quoted template of HCL in which nothing is interpolated. */
export function hclText(text: string): string {
  return doubleQuoted(text).replace(/[$%](?=\{)/gu, '$&$&');
}

/** How a text is written; {@link hclText} where nothing in it is to be interpolated. */
export type WriteText = (text: string) => string;

/** Keys side by side, padded as `terraform fmt` pads those of neighbours that fit on one line. */
function objectLines(pairs: readonly (readonly [string, string])[], inner: string): string {
  const single = (index: number): boolean => pairs[index]?.[1].includes('\n') === false;
  return pairs
    .map(([key, value], index) => {
      let [first, last] = [index, index];
      while (single(index) && single(first - 1)) first -= 1;
      while (single(index) && single(last + 1)) last += 1;
      const width = Math.max(...pairs.slice(first, last + 1).map(([name]) => name.length));
      return `${inner}${key.padEnd(single(index) ? width : key.length)} = ${value}`;
    })
    .join('\n');
}

/** A value as an expression of HCL's native syntax, in the form that `terraform fmt` gives it. */
export function toHcl(value: Json, indent: string, write: WriteText): string {
  if (typeof value === 'string') return write(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    if (value.length === 0) return '[]';
    if (value.length === 1 && !isObject(value[0])) return `[${toHcl(value[0] ?? null, indent, write)}]`;
    return `[\n${value.map((item) => `${inner}${toHcl(item, inner, write)},\n`).join('')}${indent}]`;
  }
  if (!isObject(value)) return String(value);
  const pairs = entriesOf(value).map(([key, item]) => [keyOf(key), toHcl(item, inner, write)] as const);
  return pairs.length === 0 ? '{}' : `{\n${objectLines(pairs, inner)}\n${indent}}`;
}

function keyOf(key: string): string {
  return /^[A-Za-z][\w-]*$/u.test(key) && !/^(?:null|true|false|for)$/u.test(key) ? key : hclText(key);
}
