import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import json5 from 'json5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReceipt } from '../../src/core/receipt-parse.js';
import type { KeptStage, Looks, Stage } from '../support/killing.js';
import { lookAt, prepareStages, receiptsOf, stateNames } from '../support/killing.js';
import { everything } from '../support/part.js';

// Every point takes one to three runs of the program. A sample stands for all, since all take half an hour; KILL_POINTS=all tries them, SEED chooses another sample.
const everyPoint = process.env['KILL_POINTS'] === 'all';
const seed = Number(process.env['SEED'] ?? 1);
// WRITE_DOCS=1 writes the figures of a run that tried every point to docs/reliability.md.
const paper = new URL('../../docs/reliability.md', import.meta.url);
const marks = { begin: '<!-- killed -->', end: '<!-- /killed -->' } as const;
const sampleSize = Number(process.env['SAMPLE'] ?? (everything ? 8 : 3));

interface Scenario {
  readonly name: string;
  readonly setup: readonly string[];
  /** Whether the set-up is what dies, or its undo. */
  readonly dying: 'setup' | 'undo';
}

const whole = [
  'setup',
  '--yes',
  '--instance-id',
  'i-0abc1234def567890',
  '--host',
  'local',
  '--model',
  'us.anthropic.claude-opus-4-6-v1',
  '--hop-limit',
  '2',
  '--ssm',
];
const replace = [
  'setup',
  '--yes',
  '--instance-id',
  'i-0abc1234def567893',
  '--host',
  'skip',
  '--replace-profile',
];
const undo = ['undo', '--yes'];

const scenarios: readonly Scenario[] = [
  { name: 'a set-up', setup: whole, dying: 'setup' },
  { name: 'an undo', setup: whole, dying: 'undo' },
  { name: 'a replace', setup: replace, dying: 'setup' },
  { name: 'the undo of a replace', setup: replace, dying: 'undo' },
];

let stages: Awaited<ReturnType<typeof prepareStages>>;

beforeAll(async () => {
  stages = await prepareStages();
});

interface Figures {
  readonly name: string;
  readonly points: number;
  readonly tried: number;
  readonly deaths: number;
  readonly survivors: number;
}

const found: Figures[] = [];

afterAll(async () => {
  await stages.remove();
  if (everyPoint && process.env['WRITE_DOCS'] === '1') await writeDown();
});

async function writeDown(): Promise<void> {
  const rows = found.map(({ name, points, tried, deaths, survivors }) =>
    [name, points, tried, deaths, survivors].join(' | '),
  );
  const head = ['what dies', 'points', 'tried', 'killed at', 'survived'];
  const table = [head.join(' | '), head.map(() => '---').join(' | '), ...rows].map((row) => `| ${row} |`);
  const text = await readFile(paper, 'utf8');
  const begin = text.indexOf(marks.begin) + marks.begin.length;
  const end = text.indexOf(marks.end);
  await writeFile(paper, `${text.slice(0, begin)}\n\n${table.join('\n')}\n\n${text.slice(end)}`);
}

/** An unbroken run there and back, and what is known from it. */
interface Unbroken {
  readonly before: Looks;
  readonly done: Looks;
  readonly kept: KeptStage;
  readonly points: readonly string[];
  readonly versions: ReadonlySet<string>;
}

async function runUnbroken({ setup, dying }: Scenario): Promise<Unbroken> {
  const stage = await stages.open(stages.start);
  try {
    const before = await lookAt(stage);
    const there = await stage.run(setup);
    expect(there.exitCode, `set-up: ${there.output.slice(-4000)}`).toBe(0);
    const done = await lookAt(stage);
    const kept = await stage.keep();
    const back = await stage.run(undo);
    expect(await lookAt(stage), `undo: ${back.output}`).toEqual(before);
    const { points } = dying === 'setup' ? there : back;
    const versions = new Set([...there.versions, ...back.versions]);
    return { before, done, kept, points, versions };
  } finally {
    await stage.stop();
  }
}

/**
 * A file's mode and owner, and what is in it: the value and the comments of JSON5, in which the order of keys means nothing (it
 * tells whether our entry or OpenClaw's own `enabled` came first), else the bytes.
 */
function meaning(text: string | undefined): readonly unknown[] {
  const [, head = '', body = ''] = /^(\S+ \S+ )([^]*)$/u.exec(text ?? '') ?? [];
  try {
    return [head, json5.parse(body), body.match(/^\s*\/\/.*$/gmu)];
  } catch {
    return [text];
  }
}

/** The copies of OpenClaw's config are named by what came after them, and one is made for each write that there was. */
const copy = /\.before-openclaw-bedrock-setup-/u;

/** What is otherwise than it should be, in a few words. Where copies of OpenClaw's config belong, any will do. */
function differences(now: Looks, wanted: Looks): string {
  const paths = new Set([...Object.keys(now.files), ...Object.keys(wanted.files)]);
  const hasCopies = Object.keys(wanted.files).some((path) => copy.test(path));
  const files = [...paths].filter(
    (path) =>
      !(hasCopies && copy.test(path)) &&
      !isDeepStrictEqual(meaning(now.files[path]), meaning(wanted.files[path])),
  );
  const account = isDeepStrictEqual(now.account, wanted.account) ? [] : ['the account'];
  return [...account, ...files].join(', ');
}

/** Files that are neither as before nor as any whole write made them. Temporary ones are nobody's to read. */
function halfWritten(files: Readonly<Record<string, string>>, known: Unbroken): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    if (/\.openclaw-bedrock-setup-\d+-\d+\.tmp$/u.test(path) || path.startsWith('.openclaw/npm')) return [];
    if (known.before.files[path] === text || known.done.files[path] === text) return [];
    const bytes = Buffer.from(text.slice(text.indexOf(' ', text.indexOf(' ') + 1) + 1), 'latin1');
    const digest = createHash('sha256').update(bytes).digest('hex');
    return known.versions.has(`version ${digest} ~/${path}`) ? [] : [path];
  });
}

async function expectWhole(stage: Stage, known: Unbroken): Promise<void> {
  expect(halfWritten(await stage.files(), known)).toEqual([]);
  for (const [name, text] of Object.entries(await receiptsOf(stage))) parseReceipt(name, text);
}

/** Dies at a point, goes on, and comes back. Gives whether it died at all, since the order of events is not fixed. */
async function dieAt(at: number, { setup, dying }: Scenario, known: Unbroken): Promise<boolean> {
  const stage = await stages.open(dying === 'setup' ? stages.start : known.kept);
  const children = at % 4 >= 2;
  try {
    const dead = await stage.run(dying === 'setup' ? setup : undo, { at, children });
    await expectWhole(stage, known);
    const ways = [
      ...(at % 2 === 0 ? [{ words: setup, wanted: known.done }] : []),
      { words: undo, wanted: known.before },
    ];
    for (const { words, wanted } of ways) {
      const { exitCode, output } = await stage.run(words);
      const place = `${at} (${known.points[at - 1] ?? ''}):\n${output}`;
      expect(differences(await lookAt(stage), wanted), `at ${place}`).toBe('');
      expect(exitCode, `at ${place}`).toBe(0);
    }
    const left = (await stateNames(stage)).filter((name) => !/^r-[0-9a-f]{12}\.json$/u.test(name));
    expect(left, `point ${at}`).toEqual([]);
    return dead.killed;
  } finally {
    await stage.stop();
  }
}

/**
 * {@link dieAt} a point, or before it: outcomes that come together are written together, so that a run may be over before it has
 * come to a point that another one had.
 */
async function dieAround(at: number, scenario: Scenario, known: Unbroken): Promise<boolean> {
  for (let point = at; point > at / 2; point -= Math.ceil(at / 10))
    if (await dieAt(point, scenario, known)) return true;
  return false;
}

/** Numbers from 1 to `count` in an order that the seed decides. */
function shuffled(count: number): number[] {
  const numbers = Array.from({ length: count }, (_one, index) => index + 1);
  let state = seed;
  for (let index = count - 1; index > 0; index -= 1) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (index + 1);
    [numbers[index], numbers[other]] = [numbers[other] ?? 0, numbers[index] ?? 0];
  }
  return numbers;
}

async function twoAtATime<Item>(items: readonly Item[], use: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const work = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await use(item);
  };
  await Promise.all([work(), work()]);
}

describe('killed anywhere', () => {
  it.each(scenarios)(
    '$name goes on from where it died, and comes back',
    { timeout: 1_800_000 },
    async (scenario) => {
      const known = await runUnbroken(scenario);
      const all = shuffled(known.points.length);
      const chosen = everyPoint ? all : all.slice(0, sampleSize);
      let deaths = 0;
      const lost: string[] = [];
      await twoAtATime(chosen, async (at) => {
        try {
          if (await dieAround(at, scenario, known)) deaths += 1;
        } catch (error) {
          lost.push(error instanceof Error ? error.message : String(error));
        }
      });
      const survivors = chosen.length - lost.length;
      const text = `${scenario.name}: ${known.points.length} points, ${chosen.length} tried (seed ${seed}), killed at ${deaths}, ${survivors} survived`;
      process.stderr.write(`${text}\n`);
      const points = known.points.length;
      found.push({ name: scenario.name, points, tried: chosen.length, deaths, survivors });
      expect(lost).toEqual([]);
      expect(deaths).toBeGreaterThan(chosen.length * 0.9);
    },
  );
});
