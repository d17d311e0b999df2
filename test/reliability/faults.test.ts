import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../src/mock-aws/index.js';
import type { FaultScenario, FaultStage, RunCode } from '../support/fault-runs.js';
import { liftFaults, openFaultStage, strikeWith } from '../support/fault-runs.js';

// WRITE_DOCS=1 writes the table of docs/reliability.md anew; without it the table there must be what is found.
const paper = new URL('../../docs/reliability.md', import.meta.url);
const marks = { begin: '<!-- faults -->', end: '<!-- /faults -->' } as const;
const atOnce = 6;

interface Column {
  readonly title: string;
  readonly fault: Pick<Fault, 'kind' | 'times' | 'milliseconds'>;
  /** Codes in which a run may end. `null`: it goes through. */
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

/** Other regions are searched for users of a profile where that is allowed and possible. */
const dispensable: ReadonlySet<string> = new Set(['DescribeRegions']);

const held = 'i-0abc1234def567893';
const scenarios: readonly FaultScenario[] = [
  { name: 'set-up', instanceId: 'i-0abc1234def567890', settings: { ssm: true, hopLimit: 3 } },
  { name: 'replace', instanceId: held, settings: { replaceProfile: true }, after: 'i-0abc1234def567890' },
  {
    name: 'replace on a stopped instance',
    instanceId: held,
    settings: { replaceProfile: true },
    prepare: ({ state }) => {
      const instance = state.instances[held];
      if (instance !== undefined) instance.state = 'stopped';
    },
  },
];

afterEach(() => vi.unstubAllEnvs());

type Phase = 'setup' | 'undo';

interface Row {
  readonly scenario: FaultScenario;
  readonly phase: Phase;
  readonly service: string;
  readonly operation: string;
}

async function withStage<Value>(
  scenario: FaultScenario,
  use: (stage: FaultStage) => Promise<Value>,
): Promise<Value> {
  const stage = await openFaultStage(scenario);
  try {
    return await use(stage);
  } finally {
    await stage.close();
  }
}

/** The operations that a scenario calls there and back, each where it is first seen. */
async function operationsOf(scenario: FaultScenario): Promise<readonly Row[]> {
  return withStage(scenario, async (stage) => {
    const take = (phase: Phase): Row[] =>
      stage.mock.calls.splice(0).map(({ service, operation }) => ({ scenario, phase, service, operation }));
    expect(await stage.setUp()).toBeNull();
    const there = take('setup');
    expect(await stage.undo()).toBeNull();
    return [...there, ...take('undo')];
  });
}

function firstOfEach(rows: readonly Row[]): readonly Row[] {
  const seen = new Map<string, Row>();
  for (const row of rows) {
    const key = `${row.phase} ${row.service}:${row.operation}`;
    if (!seen.has(key)) seen.set(key, row);
  }
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

async function strike({ scenario, phase, service, operation }: Row, { fault }: Column): Promise<Cell> {
  return withStage(scenario, async (stage) => {
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

function table(rows: readonly Row[], cells: readonly (readonly Cell[])[]): string {
  const line = (words: readonly string[]): string => `| ${words.join(' | ')} |`;
  const body = rows.map(({ phase, service, operation }, index) =>
    line([
      phase,
      `${service}:${operation}`,
      ...(cells[index] ?? []).map(({ code }) => (code === null ? 'goes through' : `\`${code}\``)),
    ]),
  );
  const head = ['', 'operation', ...columns.map(({ title }) => title)];
  return [line(head), line(head.map(() => '---')), ...body].join('\n');
}

function between(text: string): string {
  return text.slice(text.indexOf(marks.begin) + marks.begin.length, text.indexOf(marks.end)).trim();
}

function withTable(text: string, found: string): string {
  const start = text.indexOf(marks.begin) + marks.begin.length;
  return `${text.slice(0, start)}\n\n${found}\n\n${text.slice(text.indexOf(marks.end))}`;
}

describe('every operation, struck by every fault', () => {
  it('ends well or with the right error, and with a receipt that is true', { timeout: 900_000 }, async () => {
    const rows = firstOfEach((await inTurn(scenarios, operationsOf)).flat());
    const cases = rows.flatMap((row) => columns.map((column) => ({ row, column })));
    const flat = await inTurn(cases, async ({ row, column }) => strike(row, column));
    const wrong = flat.flatMap((cell, index) => {
      const { row, column } = cases[index] ?? {};
      const place = `${row?.phase} ${row?.operation}, ${column?.title}`;
      const expected = [...(column?.codes ?? []), ...(dispensable.has(row?.operation ?? '') ? [null] : [])];
      const code = expected.includes(cell.code) ? [] : [`${place}: ended with ${cell.code}`];
      return [...code, ...cell.wrong.map((what) => `${place}: ${what}`)];
    });
    process.stderr.write(`${rows.length} operations, ${columns.length} faults: ${flat.length} runs struck\n`);
    const cells = rows.map((_row, index) => flat.slice(index * columns.length, (index + 1) * columns.length));
    const found = table(rows, cells);
    const text = await readFile(paper, 'utf8');
    if (process.env['WRITE_DOCS'] === '1') await writeFile(paper, withTable(text, found));
    expect(wrong).toEqual([]);
    expect(between(await readFile(paper, 'utf8'))).toBe(found);
  });
});
