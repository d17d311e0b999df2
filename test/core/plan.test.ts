import { describe, expect, it } from 'vitest';
import type { Conflict } from '../../src/core/change.js';
import type { Goal } from '../../src/core/goal.js';
import type { Change } from '../../src/core/change.js';
import type { Plan, PlannedStep } from '../../src/core/plan.js';
import { countChanges, isCoveredBy, planLane, stoppingConflict } from '../../src/core/plan.js';
import type { BoundStep, StepLook } from '../../src/core/step.js';
import { bindStep } from '../../src/core/step.js';
import { someSettings } from '../support/cloud.js';

const goal: Goal = {
  settings: someSettings(),
  receiptId: 'r-1',
  region: 'us-east-1',
  cloud: null,
  host: null,
  enrollment: null,
  model: null,
};
const change: Change = { action: 'create', target: 'x', detail: 'made', op: { make: 1 }, undo: null };
const details = { code: 'TAKEN', message: 'm', why: 'w', fix: 'f', exitCode: 5 } as const;

function looking(id: 'iam-role' | 'instance-profile', look: StepLook | null): BoundStep<object, object> {
  const apply = (): Promise<unknown> => Promise.resolve(null);
  return { id, lane: 'cloud', title: `the ${id}`, after: () => [], look: () => Promise.resolve(look), apply };
}

function planned(more: Partial<PlannedStep> = {}): PlannedStep {
  const base = { step: 'iam-role', lane: 'cloud', title: 'role', after: [], subject: 'x' } as const;
  return { ...base, changes: [change], conflict: null, ...more };
}

const conflicting = (scope: Conflict['scope']): PlannedStep =>
  planned({ changes: [], conflict: { ...details, scope } });

describe('the plan of a lane', () => {
  it('has what each step would change, what stands in its way, and no step that is not wanted', async () => {
    const steps = [
      looking('iam-role', { subject: 'x', result: [change] }),
      looking('instance-profile', null),
      looking('instance-profile', { subject: 'y', result: { conflict: details, scope: 'step' } }),
    ];
    expect(await planLane(steps, goal, {})).toEqual([
      planned({ title: 'the iam-role' }),
      planned({
        step: 'instance-profile',
        title: 'the instance-profile',
        subject: 'y',
        changes: [],
        conflict: { ...details, scope: 'step' },
      }),
    ]);
  });

  it('looks at all steps at once', async () => {
    let both = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      both = resolve;
    });
    const waiting: BoundStep<object, object> = {
      ...looking('iam-role', null),
      look: async () => begun.then(() => null),
    };
    const freeing: BoundStep<object, object> = {
      ...looking('instance-profile', null),
      look: () => {
        both();
        return Promise.resolve(null);
      },
    };
    expect(await planLane([waiting, freeing], goal, {})).toEqual([]);
  });
});

describe('a step', () => {
  const read: string[] = [];
  const step = bindStep<string, number, { readonly make: number }, object, object>({
    id: 'iam-role',
    lane: 'cloud',
    title: 'role',
    after: ['instance-profile'],
    desired: ({ region }) => (region === 'us-east-1' ? 'wanted' : null),
    subject: (desired, actual) => `${desired} ${String(actual)}`,
    read: (desired) => {
      read.push(desired);
      return Promise.resolve(7);
    },
    diff: (_desired, actual) => [
      { action: 'create', target: 'x', detail: '', op: { make: actual ?? 0 }, undo: null },
    ],
    apply: ({ make }) => Promise.resolve({ make: -make }),
    parseOp: (value) => ({ make: Number(value) }),
  });
  const context = { receiptId: 'r-1', waiting: () => undefined };

  it('reads what it is about, and plans from that', async () => {
    expect(await step.look(goal, {})).toMatchObject({ subject: 'wanted 7', result: [{ op: { make: 7 } }] });
    expect(step).toMatchObject({ id: 'iam-role', lane: 'cloud', title: 'role' });
    expect(step.after(goal)).toEqual(['instance-profile']);
  });

  it('reads nothing where it is not wanted', async () => {
    read.length = 0;
    expect(await step.look({ ...goal, region: 'eu-west-1' }, {})).toBeNull();
    expect(read).toEqual([]);
  });

  it('acts on what a receipt says only after it has understood it', async () => {
    expect(await step.apply('3', {}, context)).toEqual({ make: -3 });
  });
});

describe('a plan', () => {
  it('is stopped by a conflict about the whole run only', () => {
    const plan = (...steps: PlannedStep[]): Plan => ({ steps });
    expect(stoppingConflict(plan(planned(), conflicting('step'), conflicting('notice')))).toBeNull();
    expect(stoppingConflict(plan(planned(), conflicting('step'), conflicting('run')))).toStrictEqual(details);
    expect(stoppingConflict(plan())).toBeNull();
  });

  it('counts its edits over all steps', () => {
    expect(
      countChanges({ steps: [planned(), planned({ changes: [] }), planned({ changes: [change, change] })] }),
    ).toBe(3);
  });

  const more = [
    ['another action', planned({ changes: [{ ...change, action: 'replace' }] })],
    ['another target', planned({ changes: [{ ...change, target: 'y' }] })],
    ['another detail', planned({ changes: [{ ...change, detail: 'made bigger' }] })],
    ['another step', planned({ step: 'instance-profile' })],
    ['one edit more', planned({ changes: [change, { ...change, target: 'y' }] })],
  ] as const;

  it.each(more)('is not covered by consent to one that is different in %s', (_what, step) => {
    const shown = { steps: [planned()] };
    expect(isCoveredBy({ steps: [step] }, shown)).toBe(false);
    expect(isCoveredBy({ steps: [planned({ changes: [] }), step] }, shown)).toBe(false);
  });

  it('is covered by consent to the same or to more', () => {
    const twice = { steps: [planned({ changes: [change, { ...change, target: 'y' }] })] };
    expect(isCoveredBy({ steps: [planned()] }, twice)).toBe(true);
    expect(isCoveredBy(twice, twice)).toBe(true);
    expect(isCoveredBy({ steps: [] }, twice)).toBe(true);
  });
});
