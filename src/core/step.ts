import type { Change, Conflict, Lane, StepId } from './change.js';
import type { Goal } from './goal.js';

/** What a step gets besides its ports while it acts. */
export interface ApplyContext {
  /** Says that from now on the step only waits, for what and for how long at most (seconds). */
  waiting(what: string, atMostSeconds: number): void;
  /** Tags of what is made in this run. */
  readonly receiptId: string;
  /** Ids of the instances that are undone: nothing is kept for them. */
  readonly instances?: readonly string[];
  /** Says what an undo did where it could not quite do what its edit says. */
  readonly note?: (detail: string) => void;
}

/**
 * A unit that can be read, changed and put back. Four parts are written; showing a change, taking it back and verifying
 * that it is in place are derived from them. `Read` ports have no write methods, so that a step that writes while it
 * looks does not compile.
 */
export interface Step<Desired, Actual, Op, Read, Write extends Read> {
  readonly id: StepId;
  readonly lane: Lane;
  readonly title: string;
  /** Steps of the same lane that must be done before this one acts; where that depends, from the goal alone. */
  readonly after: readonly StepId[] | ((goal: Goal) => readonly StepId[]);
  /** What should be there; `null` when this run does not want the step. Pure. */
  desired(goal: Goal): Desired | null;
  /** What the step is about, as a person would name it: a role's name, a file's path; where something else serves, that. */
  subject(desired: Desired, actual: Actual | null): string;
  read(desired: Desired, ports: Read): Promise<Actual | null>;
  /** The edits that lead from `actual` to `desired`; none means in place. Pure. */
  diff(desired: Desired, actual: Actual | null): readonly Change<Op>[] | Conflict;
  /**
   * Makes exactly one edit. Doing it twice is harmless, and so is an undo of what never happened. An undo refuses with
   * CHANGED_SINCE where its target is no longer as this tool left it. Returns the edit that takes it back where that is
   * known better than before acting, else `null`.
   */
  apply(op: Op, ports: Write, context: ApplyContext): Promise<Op | null>;
  /** An op from a receipt. Throws RECEIPT_INVALID for anything else. */
  parseOp(value: unknown): Op;
  /**
   * The one undo for two edits of the same thing between which somebody else changed it: from what the later left to what was there
   * before the earlier. `null` where each is taken back by itself; so are all of a step that has none.
   */
  joinUndo?(earlier: Op, later: Op): Op | null;
}

/** A diff whose ops are JSON of a shape that only the step itself knows. */
export interface StepLook {
  readonly subject: string;
  readonly result: readonly Change[] | Conflict;
}

/** A step with its types closed over, so that steps of different types can stand in one list. */
export interface BoundStep<Read, Write extends Read> {
  readonly id: StepId;
  readonly lane: Lane;
  readonly title: string;
  after(goal: Goal): readonly StepId[];
  /** `null`: this run does not want the step. */
  look(goal: Goal, ports: Read): Promise<StepLook | null>;
  apply(op: unknown, ports: Write, context: ApplyContext): Promise<unknown>;
  /** Nothing where each undo of the step stands for itself. */
  readonly joinUndo?: JoinUndo;
}

/** Two undos of a step as one; `null` where they are none. Throws RECEIPT_INVALID. */
export type JoinUndo = (earlier: unknown, later: unknown) => unknown;

/** Says the title and the lane of a step. */
export type DescribeStep = (step: StepId) => { readonly title: string; readonly lane: Lane };

/** Describes these steps; one that is not among them, which another version has written down, by its id and `otherwise`. */
export function describeSteps(
  steps: readonly { readonly id: StepId; readonly lane: Lane; readonly title: string }[],
  otherwise: Lane,
): DescribeStep {
  const known = new Map(steps.map(({ id, title, lane }) => [id, { title, lane }]));
  return (step) => known.get(step) ?? { title: step, lane: otherwise };
}

/** Closes a step over its types. */
export function bindStep<Desired, Actual, Op, Read, Write extends Read>(
  step: Step<Desired, Actual, Op, Read, Write>,
): BoundStep<Read, Write> {
  const { id, lane, title, after } = step;
  return {
    id,
    lane,
    title,
    after: (goal) => (typeof after === 'function' ? after(goal) : after),
    async look(goal, ports) {
      const desired = step.desired(goal);
      if (desired === null) return null;
      const actual = await step.read(desired, ports);
      return { subject: step.subject(desired, actual), result: step.diff(desired, actual) };
    },
    apply: async (op, ports, context) => step.apply(step.parseOp(op), ports, context),
    ...(step.joinUndo === undefined ? {} : { joinUndo: joinOf(step) }),
  };
}

function joinOf<Op>({
  joinUndo,
  parseOp,
}: Pick<Step<never, never, Op, never, never>, 'joinUndo' | 'parseOp'>): JoinUndo {
  return (earlier, later) => joinUndo?.(parseOp(earlier), parseOp(later)) ?? null;
}
