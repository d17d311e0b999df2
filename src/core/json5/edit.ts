import type { Json } from '../../ports/json.js';
import type { Member, Node } from './scan.js';
import { scanJson5 } from './scan.js';

type ObjectNode = Extract<Node, { kind: 'object' }>;

/**
 * A JSON5 text with one value set, or removed when `value` is `undefined`; everything else, comments too, stays as it is.
 * Missing objects on the way are made; something on the way that is no object is replaced by one. Removing what is not
 * there changes nothing. Throws a SyntaxError when the text is no JSON5.
 */
export function editJson5(text: string, path: readonly string[], value: Json | undefined): string {
  const root = scanJson5(text);
  if (root.kind !== 'object') throw new SyntaxError('line 1, column 1');
  const { holder, rest } = descend(root, path);
  const [key = '', ...deeper] = rest;
  const members = holder.members.filter((member) => member.key === key);
  const last = members.at(-1);
  if (value === undefined) {
    if (deeper.length > 0 || last === undefined) return text;
    return editJson5(withoutMember(text, holder, holder.members.indexOf(last)), path, undefined);
  }
  const nested = deeper.reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
  if (last === undefined) return withMember(text, holder, key, nested);
  return splice(text, last.value.start, last.value.end, print(nested, text, lineIndent(text, last.start)));
}

/** Follows the path through objects as far as they are there; `rest` is what is left of it, never empty. */
function descend(root: ObjectNode, path: readonly string[]): { holder: ObjectNode; rest: readonly string[] } {
  let holder = root;
  let depth = 0;
  while (depth < path.length - 1) {
    const next = holder.members.findLast((member) => member.key === path[depth])?.value;
    if (next?.kind !== 'object') break;
    holder = next;
    depth += 1;
  }
  return { holder, rest: path.slice(depth) };
}

function withMember(text: string, holder: ObjectNode, key: string, value: Json): string {
  const outer = lineIndent(text, holder.start);
  const last = holder.members.at(-1);
  const close = holder.end - 1;
  const inside = text.slice(holder.start, close);
  const isInline = last !== undefined && !inside.includes('\n');
  if (isInline) {
    const comma = last.comma === null ? ', ' : ' ';
    const at = last.comma === null ? last.value.end : last.comma + 1;
    return splice(text, at, at, `${comma}${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  }
  const newline = newlineOf(text);
  const indent = last === undefined ? outer + indentUnit(text) : lineIndent(text, last.start);
  const member = `${newline}${indent}${JSON.stringify(key)}: ${print(value, text, indent)}`;
  const end = holder.start + inside.trimEnd().length;
  const tail = inside.trimEnd().length === inside.length ? `${newline}${outer}` : '';
  const added = splice(text, end, end, member + tail);
  const needsComma = last !== undefined && last.comma === null;
  return needsComma ? splice(added, last.value.end, last.value.end, ',') : added;
}

function withoutMember(text: string, holder: ObjectNode, index: number): string {
  const member = holder.members[index];
  return member === undefined ? text : withoutOne(text, member, holder.members[index - 1] ?? null);
}

function withoutOne(text: string, member: Member, before: Member | null): string {
  const end = member.comma === null ? member.value.end : member.comma + 1;
  const blankBefore = /[ \t]*$/u.exec(text.slice(0, member.start))?.[0].length ?? 0;
  const blankAfter = /^[ \t]*/u.exec(text.slice(end))?.[0].length ?? 0;
  const newline = /^\r?\n/u.exec(text.slice(end + blankAfter))?.[0].length ?? 0;
  const lineStart = member.start - blankBefore;
  const isWholeLine = newline > 0 && (lineStart === 0 || text[lineStart - 1] === '\n');
  const cut = isWholeLine
    ? splice(text, lineStart, end + blankAfter + newline, '')
    : splice(text, member.start, end + blankAfter, '');
  const orphan = member.comma === null ? before?.comma : null;
  return typeof orphan === 'number' ? splice(cut, orphan, orphan + 1, '') : cut;
}

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function newlineOf(text: string): string {
  return /\r?\n/u.exec(text)?.[0] ?? '\n';
}

function lineIndent(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*/u.exec(line)?.[0] ?? '';
}

function indentUnit(text: string): string {
  return /\n([ \t]+)\S/u.exec(text)?.[1] ?? '  ';
}

function print(value: Json, text: string, indent: string): string {
  const lines = JSON.stringify(value, null, indentUnit(text)).split('\n');
  return lines.join(newlineOf(text) + indent);
}
