import type { Action, Lane, StepId } from './change.js';
import type { PlannedStep } from './plan.js';

/** What became of a step's change; in the report's words. */
export type ChangeStatus = 'planned' | 'applied' | 'in-place' | 'failed' | 'skipped';

/** One row of the report. */
export interface ChangeResult {
  readonly step: StepId;
  readonly lane: Lane;
  readonly title: string;
  readonly action: Action | 'none';
  readonly target: string;
  readonly detail: string;
  readonly status: ChangeStatus;
}

/** The symbol by which an action is shown. */
export const actionSymbols = { create: '+', update: '~', replace: '~', delete: '-', none: '=' } as const;

/** The rows of a plan of which nothing has been done yet. */
export function plannedResults(steps: readonly PlannedStep[]): readonly ChangeResult[] {
  return steps.flatMap(({ step, lane, title, subject, changes, conflict }): ChangeResult[] => {
    const base = { step, lane, title };
    if (conflict !== null) {
      const status = conflict.scope === 'notice' ? 'skipped' : 'failed';
      return [{ ...base, action: 'none', target: subject, detail: conflict.message, status }];
    }
    if (changes.length === 0)
      return [{ ...base, action: 'none', target: subject, detail: 'in place', status: 'in-place' }];
    return changes.map(({ action, target, detail }) => ({
      ...base,
      action,
      target,
      detail,
      status: 'planned',
    }));
  });
}
