import type { Change, Lane, StepId } from './change.js';
import { isConflict } from './change.js';
import type { ErrorDetails } from './errors.js';
import type { Goal } from './goal.js';
import type { BoundStep } from './step.js';

/** What the plan says about one step. */
export interface PlannedStep {
  readonly step: StepId;
  readonly lane: Lane;
  readonly title: string;
  readonly after: readonly StepId[];
  readonly subject: string;
  /** Empty: in place, unless there is a conflict. */
  readonly changes: readonly Change[];
  readonly conflict: (ErrorDetails & { readonly scope: 'run' | 'step' | 'notice' }) | null;
}

/** What a plan says of a step that has something to do; all that is kept of it where there are thousands. */
export type StepEdits = Pick<PlannedStep, 'step' | 'title' | 'changes'>;

/** What would be changed, in the order in which it is shown. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
}

/** Looks at all steps of a lane at once and says what they would change. Only readers are needed. */
export async function planLane<Read, Write extends Read>(
  steps: readonly BoundStep<Read, Write>[],
  goal: Goal,
  ports: Read,
): Promise<readonly PlannedStep[]> {
  const looks = await Promise.all(
    steps.map(async (step): Promise<readonly PlannedStep[]> => {
      const look = await step.look(goal, ports);
      if (look === null) return [];
      const { id, lane, title } = step;
      const base = { step: id, lane, title, after: step.after(goal), subject: look.subject };
      if (!isConflict(look.result)) return [{ ...base, changes: look.result, conflict: null }];
      return [{ ...base, changes: [], conflict: { ...look.result.conflict, scope: look.result.scope } }];
    }),
  );
  return looks.flat();
}

function conflicts({ steps }: Plan, scope: 'run' | 'step'): readonly ErrorDetails[] {
  return steps.flatMap(({ conflict }) => {
    if (conflict?.scope !== scope) return [];
    const { code, message, why, fix, exitCode } = conflict;
    return [{ code, message, why, fix, exitCode }];
  });
}

/** The conflict because of which nothing may be done, or `null`. */
export function stoppingConflict(plan: Plan): ErrorDetails | null {
  return conflicts(plan, 'run')[0] ?? null;
}

/** The conflicts that each keep one step from being done, and with it the whole from succeeding. */
export function stepConflicts(plan: Plan): readonly ErrorDetails[] {
  return conflicts(plan, 'step');
}

/** What a plan would edit. */
export interface Edits {
  readonly steps: readonly StepEdits[];
}

/** How many edits the plan holds. */
export function countChanges({ steps }: Edits): number {
  return steps.reduce((sum, step) => sum + step.changes.length, 0);
}

/** Whether every edit of `now` was already in `shown`, so that a consent given to `shown` still covers it. */
export function isCoveredBy(now: Edits, shown: Edits): boolean {
  const key = (step: StepId, change: Change): string =>
    JSON.stringify([step, change.action, change.target, change.detail]);
  const known = new Set(shown.steps.flatMap((step) => step.changes.map((change) => key(step.step, change))));
  return now.steps.every((step) => step.changes.every((change) => known.has(key(step.step, change))));
}
