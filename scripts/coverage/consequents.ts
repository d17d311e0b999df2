import { parseAst } from 'rolldown/parseAst';

/** A place in a source file: lines from 1, columns from 0. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** From one place to another in a source file. */
export interface Span {
  readonly start: Place;
  readonly end: Place;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly consequent?: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}

function placesIn(source: string): (offset: number) => Place {
  const starts = [0, ...[...source.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) };
  };
}

/**
 * What is done where an `if` holds, for each `if` of a TypeScript source, by the place where that begins (`line:column`).
 * Istanbul's format gives the whole statement for it.
 */
export function consequentsOf(source: string): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  const placeOf = placesIn(source);
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const one of value) visit(one);
      return;
    }
    if (!isNode(value)) return;
    const { type, start, consequent } = value;
    if (type === 'IfStatement' && isNode(consequent)) {
      const { line, column } = placeOf(start);
      // A block's own brace counts as run whenever its `if` does.
      const inside = consequent.type === 'BlockStatement' ? consequent.start + 1 : consequent.start;
      found.set(`${line}:${column}`, { start: placeOf(inside), end: placeOf(consequent.end) });
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(parseAst(source, { lang: 'ts' }));
  return found;
}
