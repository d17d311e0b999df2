import { readFile, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Fault } from '../../src/mock-aws/index.js';
import type { FaultStage, RunCode } from './fault-runs.js';
import { liftFaults, strikeWith } from './fault-runs.js';

const paper = new URL('../../docs/reliability.md', import.meta.url);
const atOnce = 6;

/** A fault, and the codes in which a run that it strikes may end; `null`: it goes through. */
export interface Column {
  readonly title: string;
  readonly fault: Pick<Fault, 'kind' | 'times' | 'milliseconds'>;
  readonly codes: readonly RunCode[];
}

const always = 1_000_000;
const columns: readonly Column[] = [
  { title: 'throttled, 5 times', fault: { kind: 'throttle', times: 5 }, codes: ['THROTTLED'] },
  { title: '500, 5 times', fault: { kind: 'internal', times: 5 }, codes: ['AWS_TROUBLE'] },
  { title: '503, 5 times', fault: { kind: 'unavailable', times: 5 }, codes: ['AWS_TROUBLE'] },
  { title: 'time-out', fault: { kind: 'timeout', times: 1 }, codes: [null] },
  { title: 'dropped before the effect', fault: { kind: 'drop-before', times: 1 }, codes: [null] },
  { title: 'dropped after the effect', fault: { kind: 'drop-after', times: 1 }, codes: [null] },
  { title: 'dropped after, 5 times', fault: { kind: 'drop-after', times: 5 }, codes: ['NO_ROUTE'] },
  { title: 'access denied', fault: { kind: 'access-denied', times: always }, codes: ['NOT_ALLOWED'] },
  // EC2 says the same of a wrong clock and of credentials that have expired.
  {
    title: 'expired token',
    fault: { kind: 'expired-token', times: always },
    codes: ['EXPIRED_CREDENTIALS', 'CLOCK_SKEW'],
  },
  { title: 'malformed body', fault: { kind: 'malformed-body', times: 1 }, codes: [null, 'BAD_ANSWER'] },
  { title: 'slow body', fault: { kind: 'slow-body', times: 1, milliseconds: 60 }, codes: [null] },
  { title: 'clock an hour off', fault: { kind: 'clock-skew', times: always }, codes: [null, 'CLOCK_SKEW'] },
];

const partly = 'PARTLY_DONE';

type Phase = 'setup' | 'undo';
type Opening = () => Promise<FaultStage>;

/** An operation that a run calls, on the way there or back. */
export interface Row {
  readonly open: Opening;
  readonly phase: Phase;
  readonly service: string;
  readonly operation: string;
}

/** Which runs are struck, and where what was found stands in docs/reliability.md. */
export interface Matrix {
  /** Opens a stage for each kind of run. */
  readonly openings: readonly Opening[];
  /** Operations to strike; the others are struck elsewhere. */
  readonly meant: (row: Row) => boolean;
  /** Codes besides those of the column. */
  readonly alsoFine: (row: Row, column: Column) => readonly RunCode[];
  /** Whether it is chance that a cell goes through: calls that are made at once share the fault. */
  readonly byChance: (row: Row, column: Column) => boolean;
  /** Name of the marks around the table. */
  readonly mark: string;
  /** One of so many cells is tried, another one in each row; the others stay as the page has them. */
  readonly oneOf: number;
}

async function withStage<Value>(open: Opening, use: (stage: FaultStage) => Promise<Value>): Promise<Value> {
  const stage = await open();
  try {
    return await use(stage);
  } finally {
    await stage.close();
  }
}

/** The operations that a run calls there and back, each where it is first seen. */
async function operationsOf(open: Opening): Promise<readonly Row[]> {
  return withStage(open, async (stage) => {
    const take = (phase: Phase): Row[] =>
      stage.mock.calls.splice(0).map(({ service, operation }) => ({ open, phase, service, operation }));
    expect(await stage.setUp()).toBeNull();
    const there = take('setup');
    expect(await stage.undo()).toBeNull();
    return [...there, ...take('undo')];
  });
}

function keyOf({ phase, service, operation }: Row): string {
  return `${phase} | ${service}:${operation}`;
}

function firstOfEach(rows: readonly Row[]): readonly Row[] {
  const seen = new Map<string, Row>();
  for (const row of rows) if (!seen.has(keyOf(row))) seen.set(keyOf(row), row);
  return [...seen].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

/** What went wrong after the fault was lifted; nothing, if the receipt told the truth. */
async function aftermath(stage: FaultStage, phase: Phase, before: unknown): Promise<readonly string[]> {
  liftFaults(stage);
  const wrong: string[] = [];
  const expectCode = (what: string, code: RunCode): void => {
    if (code !== null) wrong.push(`${what} ended with ${code}`);
  };
  const expectRestored = async (what: string): Promise<void> => {
    expectCode(what, await stage.undo());
    try {
      expect(stage.account()).toEqual(before);
    } catch (error) {
      wrong.push(`${what} left ${error instanceof Error ? error.message : ''}`);
    }
  };
  const back = stage.mark();
  await expectRestored('undo');
  if (phase === 'undo') return wrong;
  back();
  expectCode('the second run', await stage.setUp());
  if ((await stage.pending()) > 0) wrong.push('the second run did not converge');
  await expectRestored('undo after the second run');
  return wrong;
}

interface Cell {
  readonly code: RunCode;
  readonly wrong: readonly string[];
}

async function strike({ open, phase, service, operation }: Row, { fault }: Column): Promise<Cell> {
  return withStage(open, async (stage) => {
    const before = stage.account();
    if (phase === 'undo') await stage.setUp();
    strikeWith(stage, { service, operation, ...fault });
    const code = await (phase === 'setup' ? stage.setUp() : stage.undo());
    return { code, wrong: await aftermath(stage, phase, before) };
  });
}

async function inTurn<Item, Value>(
  items: readonly Item[],
  use: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const results: Value[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await use(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** The cells of a table by their row, as the page has them. */
function cellsIn(table: string): ReadonlyMap<string, readonly string[]> {
  const rows = table.split('\n').map((line) => line.slice(2, -2).split(' | '));
  return new Map(rows.map(([phase, operation, ...cells]) => [`${phase} | ${operation}`, cells]));
}

function tableOf(rows: readonly Row[], cells: readonly (readonly string[])[]): string {
  const line = (words: readonly string[]): string => `| ${words.join(' | ')} |`;
  const head = ['', 'operation', ...columns.map(({ title }) => title)];
  const body = rows.map((row, index) => line([keyOf(row), ...(cells[index] ?? [])]));
  return [line(head), line(head.map(() => '---')), ...body].join('\n');
}

/** What became of the runs, and the tables to compare. */
export interface Struck {
  /** What should not have been. */
  readonly wrong: readonly string[];
  /** The table of what was found, and the one in docs/reliability.md. */
  readonly found: string;
  readonly known: string;
}

/**
 * Strikes every operation by every fault and looks what becomes of it. WRITE_DOCS=1 writes the table in docs/reliability.md
 * anew.
 */
export async function strikeAll({
  openings,
  meant,
  alsoFine,
  byChance,
  mark,
  oneOf,
}: Matrix): Promise<Struck> {
  const [begin, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const text = await readFile(paper, 'utf8');
  const from = text.indexOf(begin) + begin.length;
  const before = text.slice(from, text.indexOf(end)).trim();
  const known = cellsIn(before);

  const rows = firstOfEach((await inTurn(openings, operationsOf)).flat()).filter(meant);
  const all = rows.flatMap((row, y) => columns.map((column, x) => ({ row, column, at: y + x })));
  const tried = all.filter(({ at }) => at % oneOf === 0);
  const found = new Map(
    await inTurn(tried, async (one) => [one, await strike(one.row, one.column)] as const),
  );
  const words = all.map((one, index) => {
    const cell = found.get(one);
    if (cell === undefined) return known.get(keyOf(one.row))?.[index % columns.length] ?? '';
    if (byChance(one.row, one.column) && [null, partly].includes(cell.code))
      return `goes through, or \`${partly}\``;
    return cell.code === null ? 'goes through' : `\`${cell.code}\``;
  });
  const wrong = [...found].flatMap(([{ row, column }, cell]) => {
    const place = `${keyOf(row)}, ${column.title}`;
    const fine = [...column.codes, ...alsoFine(row, column)].includes(cell.code);
    return [...(fine ? [] : [`ended with ${cell.code}`]), ...cell.wrong].map((what) => `${place}: ${what}`);
  });
  process.stderr.write(`${rows.length} operations, ${columns.length} faults: ${found.size} runs struck\n`);
  const table = tableOf(
    rows,
    rows.map((_row, index) => words.slice(index * columns.length, (index + 1) * columns.length)),
  );
  if (process.env['WRITE_DOCS'] === '1')
    await writeFile(paper, `${text.slice(0, from)}\n\n${table}\n\n${text.slice(text.indexOf(end))}`);
  return { wrong, found: table, known: process.env['WRITE_DOCS'] === '1' ? table : before };
}
