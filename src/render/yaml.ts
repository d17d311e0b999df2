import type { Json, JsonObject } from '../ports/json.js';
import { isList, isObject } from '../core/json.js';
import { entriesOf } from './json.js';
import { doubleQuoted } from './quoted.js';

const reserved = /^(?:y|yes|n|no|on|off|true|false|null)$/iu;

/** A text without quotes where no reader of YAML 1.1 or 1.2 can take it for anything but that text. */
function scalar(text: string): string {
  const plain = /^[A-Za-z/](?:[\w./@-]|:(?=[\w/.:-]))*$/u.test(text) && !reserved.test(text);
  return plain ? text : doubleQuoted(text);
}

/** Whether a text of several lines can be written as it is, indented, with its last line break kept. */
function isBlock(text: string): boolean {
  return /^[\u0021-\u007e][\n\u0020-\u007e]*[^\n]\n$/u.test(text) && text.indexOf('\n') < text.length - 1;
}

function block(text: string, indent: string): string {
  const lines = text.slice(0, -1).split('\n');
  return `|\n${lines.map((line) => (line === '' ? '' : `${indent}${line}`)).join('\n')}`;
}

function isEmpty(value: Json): boolean {
  if (isList(value)) return value.length === 0;
  return isObject(value) && entriesOf(value).length === 0;
}

function leaf(value: Json, indent: string): string {
  if (typeof value === 'string') return isBlock(value) ? block(value, `${indent}  `) : scalar(value);
  if (isList(value)) return '[]';
  return isObject(value) ? '{}' : String(value);
}

function isLeaf(value: Json): boolean {
  return typeof value !== 'object' || value === null || isEmpty(value);
}

function mapping(object: JsonObject, indent: string): string {
  return entriesOf(object)
    .map(([key, value]) => {
      const name = scalar(key);
      if (isLeaf(value)) return `${name}: ${leaf(value, indent)}`;
      const inner = `${indent}  `;
      return `${name}:\n${inner}${node(value, inner)}`;
    })
    .join(`\n${indent}`);
}

function node(value: Json, indent: string): string {
  if (isLeaf(value)) return leaf(value, indent);
  if (isList(value)) return value.map((item) => `- ${node(item, `${indent}  `)}`).join(`\n${indent}`);
  return isObject(value) ? mapping(value, indent) : '';
}

/**
 * A value as YAML that every reader of YAML 1.1 and 1.2 reads back as the same value. Texts that could be taken for
 * something else are quoted; texts of several printable lines stay readable. Ends with a line break.
 */
export function toYaml(value: Json): string {
  return `${node(value, '')}\n`;
}
