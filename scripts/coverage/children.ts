import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eachMapping, TraceMap, type SourceMapInput } from '@jridgewell/trace-mapping';

/** What Node writes into the folder of NODE_V8_COVERAGE when a process ends. */
interface Dump {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly Range[] }[];
  }[];
  readonly 'source-map-cache'?: Readonly<Record<string, CachedMap>>;
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

interface CachedMap {
  readonly lineLengths: readonly number[];
  readonly data: SourceMapInput | null;
}

/** A place of the source, and where in the program it ended up. */
interface Mapped {
  readonly offset: number;
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** How often each place of a source file was reached; places in the file's order. */
export type Reached = { line: number; column: number; count: number }[];

function placesOf({ lineLengths, data }: CachedMap): readonly Mapped[] {
  if (data === null) return [];
  const starts: number[] = [];
  let offset = 0;
  for (const length of lineLengths) {
    starts.push(offset);
    offset += length + 1;
  }
  const places: Mapped[] = [];
  eachMapping(
    new TraceMap(data),
    ({ generatedLine, generatedColumn, source, originalLine, originalColumn }) => {
      const own = /(?:^|\/)(src\/(?!.*node_modules).*\.ts)$/u.exec(source ?? '')?.[1];
      if (own === undefined || originalLine === null || originalColumn === null) return;
      const at = (starts[generatedLine - 1] ?? 0) + generatedColumn;
      places.push({ offset: at, source: own, line: originalLine, column: originalColumn });
    },
  );
  return places.toSorted((a, b) => a.offset - b.offset);
}

/** How often each place was reached: the innermost range around it says. */
function countsAt(places: readonly Mapped[], ranges: readonly Range[]): readonly number[] {
  const counts = places.map(() => 0);
  const outerFirst = ranges.toSorted((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  for (const { startOffset, endOffset, count } of outerFirst) {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.offset ?? 0) < startOffset) low = middle + 1;
      else high = middle;
    }
    for (let index = low; (places[index]?.offset ?? endOffset) < endOffset; index += 1) counts[index] = count;
  }
  return counts;
}

/** What a program wrote down; `null` where it was killed while it wrote. */
function readDump(file: string): Dump | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Dump;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Adds up what all programs reached that wrote into a folder, by source file. */
export function reachedByChildren(folder: string): ReadonlyMap<string, Reached> {
  const all = new Map<string, Map<string, Reached[number]>>();
  const known = new Map<string, readonly Mapped[]>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const dump = readDump(join(folder, file));
    if (dump === null) continue;
    for (const { url, functions } of dump.result) {
      const map = dump['source-map-cache']?.[url];
      if (map === undefined) continue;
      const key = `${url.split('/').at(-1) ?? ''} ${map.lineLengths.join()}`;
      const places = known.get(key) ?? placesOf(map);
      known.set(key, places);
      const counts = countsAt(
        places,
        functions.flatMap(({ ranges }) => ranges),
      );
      for (const [index, { source, line, column }] of places.entries()) {
        const ofSource = all.get(source) ?? new Map<string, Reached[number]>();
        all.set(source, ofSource);
        const place = ofSource.get(`${line}:${column}`) ?? { line, column, count: 0 };
        place.count += counts[index] ?? 0;
        ofSource.set(`${line}:${column}`, place);
      }
    }
  }
  const inOrder = (places: Iterable<Reached[number]>): Reached =>
    [...places].toSorted((a, b) => a.line - b.line || a.column - b.column);
  return new Map([...all].map(([source, places]) => [source, inOrder(places.values())]));
}
