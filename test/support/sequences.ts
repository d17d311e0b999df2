import fc from 'fast-check';
import { expect } from 'vitest';
import type { Report } from '../../src/core/report.js';
import { everything } from './part.js';

/** How a run of the program ended. */
export interface Ended {
  readonly exitCode: number;
  readonly report: Report;
}

/** What sequences of commands are tried on: the program, and everything that it may change. */
export interface Place {
  readonly run: (words: readonly string[]) => Promise<Ended>;
  /** All that is there, but for what differs from run to run. */
  readonly look: () => Promise<unknown>;
}

/** Something that a person does: a command, or a change by hand. `told`: for the test that fails. */
export interface Act<On extends Place> {
  readonly told: string;
  readonly act: (on: On) => Promise<void>;
}

const rows = ({ changes }: Report, status: string): readonly string[] =>
  changes
    .filter((row) => row.status === status)
    .map(({ step, action, target }) => `${step} ${action} ${target}`);

/** Every failure has a name and an explanation. */
function expectNamed({ report: { error } }: Ended): void {
  expect(['UNKNOWN', 'BUG']).not.toContain(error?.code);
}

/** A set-up, which does what its plan says, all of it or nothing, and then finds nothing to do. */
export function setUpAsPlanned(flags: readonly string[]): Act<Place> {
  return {
    told: `setup ${flags.join(' ')}`,
    async act({ run, look }) {
      const before = await look();
      const planned = await run(['plan', ...flags]);
      expect(await look(), 'a plan changes nothing').toEqual(before);
      const done = await run(['setup', ...flags, '--yes']);
      expectNamed(done);
      if (planned.exitCode !== 0) {
        expect(done.report.error?.code).toBe(planned.report.error?.code);
        expect(await look(), 'what stops before it begins changes nothing').toEqual(before);
        return;
      }
      expect(rows(done.report, 'applied')).toEqual(rows(planned.report, 'planned'));
      const again = await run(['plan', ...flags, '--exit-code']);
      expect([again.exitCode, rows(again.report, 'planned')]).toEqual([0, []]);
    },
  };
}

/** One undo. */
export async function undo({ run }: Place, flags: readonly string[]): Promise<Ended> {
  const ended = await run(['undo', ...flags, '--yes']);
  expectNamed(ended);
  return ended;
}

/** The same as an act. */
export function undoing(flags: readonly string[]): Act<Place> {
  return {
    told: `undo ${flags.join(' ')}`,
    act: async (place) => void (await undo(place, flags)),
  };
}

/** Words of the command line, each of which may be there or not. */
export function someOf(...choices: readonly (readonly string[])[]): fc.Arbitrary<readonly string[]> {
  return fc
    .tuple(...choices.map((words) => fc.option(fc.constant(words), { nil: [], freq: 1 })))
    .map((chosen) => chosen.flat());
}

/** Tries so many sequences, of which SEQUENCES asks for more and SEED for others; gives how many. The one that fails is told act by act. */
export async function trySequences<On extends Place>(
  acts: fc.Arbitrary<readonly Act<On>[]>,
  count: number,
  check: (acts: readonly Act<On>[]) => Promise<void>,
): Promise<number> {
  const numRuns = Number(process.env['SEQUENCES'] ?? (everything ? count : 2));
  const seed = Number(process.env['SEED'] ?? 1);
  const told = acts.map((list) =>
    Object.assign([...list], { [fc.toStringMethod]: () => list.map(({ told: text }) => text).join('\n') }),
  );
  await fc.assert(fc.asyncProperty(told, check), { numRuns, seed, endOnFailure: true });
  process.stderr.write(`${numRuns} sequences tried (seed ${seed})\n`);
  return numRuns;
}
