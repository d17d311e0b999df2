import type { Reached } from './children.js';

interface Place {
  readonly line?: number;
  /** `null`: to the end of the line. */
  readonly column?: number | null;
}

interface Span {
  readonly start: Place;
  readonly end: Place;
}

/** A file in Istanbul's format, as far as lines and branches go. */
export interface FileCoverage {
  readonly path: string;
  readonly statementMap: Readonly<Record<string, Span>>;
  readonly s: Readonly<Record<string, number>>;
  readonly branchMap: Readonly<
    Record<string, { readonly type: string; readonly loc: Span; readonly locations: readonly Span[] }>
  >;
  readonly b: Readonly<Record<string, readonly number[]>>;
}

/** How many there are, and how many of them were run. */
export interface Share {
  readonly all: number;
  readonly run: number;
  /** Lines of the file on which something was not run. */
  readonly missing: readonly number[];
}

/** How often the first place inside a span was reached; `null` where the bundle has nothing of it. */
function countIn({ start, end }: Span, reached: Reached): number | null {
  const { line: from, column: first } = start;
  const { line: to, column: last } = end;
  if (from === undefined || to === undefined) return null;
  const found = reached.find(
    ({ line, column }) =>
      (line > from || (line === from && column >= (first ?? 0))) &&
      (line < to || (line === to && column < (last ?? Infinity))),
  );
  return found?.count ?? null;
}

/** The lines of a file, one for each that a statement begins on. */
export function linesOf({ statementMap, s }: FileCoverage, reached: Reached): Share {
  const lines = new Map<number, boolean>();
  for (const [id, span] of Object.entries(statementMap)) {
    const { line } = span.start;
    if (line === undefined) continue;
    const ran = (s[id] ?? 0) > 0 || (countIn(span, reached) ?? 0) > 0;
    lines.set(line, (lines.get(line) ?? false) || ran);
  }
  const missing = [...lines].filter(([, ran]) => !ran).map(([line]) => line);
  return { all: lines.size, run: lines.size - missing.length, missing };
}

/** The spans of a branch's ways, those of an `if` without its condition. */
function waysOf(
  { type, loc, locations }: FileCoverage['branchMap'][string],
  consequents: ReadonlyMap<string, Span>,
): readonly Span[] {
  const consequent = consequents.get(`${loc.start.line}:${loc.start.column}`);
  return type === 'if' && consequent !== undefined ? [consequent, ...locations.slice(1)] : locations;
}

/** The branches of a file, with what {@link consequentsOf} says of its source. One without a place, an `else` that is not written, ran where its `if` ran more often than the rest. */
export function branchesOf(
  { branchMap, b }: FileCoverage,
  reached: Reached,
  consequents: ReadonlyMap<string, Span>,
): Share {
  const ways = Object.entries(branchMap).flatMap(([id, branch]) => {
    const { loc } = branch;
    const locations = waysOf(branch, consequents);
    const counts = locations.map((span) => countIn(span, reached));
    const others = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
    const implied = (countIn(loc, reached) ?? 0) - others;
    return locations.map(({ start }, index) => ({
      line: start.line ?? loc.start.line ?? 0,
      ran: (b[id]?.[index] ?? 0) > 0 || (start.line === undefined ? implied : (counts[index] ?? 0)) > 0,
    }));
  });
  const missing = ways.filter(({ ran }) => !ran).map(({ line }) => line);
  return { all: ways.length, run: ways.length - missing.length, missing };
}
