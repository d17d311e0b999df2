import type { Finding } from '../../core/finding.js';
import type { PlannedStep } from '../../core/plan.js';
import type { Receipt } from '../../core/receipt.js';
import { prepare } from '../look/prepare.js';
import type { Runtime } from '../runtime.js';

/**
 * A plan with what is missing for certain, since it knows nothing of the flags of the set-up: a policy with other words, or one of
 * which the receipt tells, is the business of the check for drift.
 */
export function certain(steps: readonly PlannedStep[], receipt: Receipt | null): readonly PlannedStep[] {
  const recorded = receipt?.entries.some(({ step }) => step === 'permission-policy') === true;
  return steps.map((one) => {
    if (one.step !== 'permission-policy') return one;
    return { ...one, changes: recorded ? [] : one.changes.filter(({ action }) => action === 'create') };
  });
}

/** What steps still have to do, in words: each thing once, with the reason where something else is in its place. */
export function missingIn(steps: readonly PlannedStep[]): readonly string[] {
  return steps.flatMap(({ title, changes }) =>
    changes.flatMap(({ action, target, detail }, index) => {
      if (changes[index - 1]?.target === target) return [];
      return `${title} ${target}${action === 'replace' || action === 'delete' ? ` (${detail})` : ''}`;
    }),
  );
}

/** The finding that something is missing. */
export function notSetUp(id: string, message: string): Finding {
  return {
    id,
    status: 'fail',
    code: 'NOT_SET_UP',
    message,
    cause: 'it never was, or it was taken away or replaced since',
    who: 'you',
    fix: 'run the command that is named last: it does only what is missing',
  };
}

function refusedBy({ step, conflict }: PlannedStep): readonly Finding[] {
  if (conflict === null || conflict.scope === 'notice') return [];
  const { code, message, why: cause, fix } = conflict;
  return [{ id: step, status: 'fail', code, message, cause, who: 'you', fix }];
}

/** A plan's steps as one finding, `fine` where nothing is missing, and one for each that may not be done. */
function findingsOf(
  steps: readonly PlannedStep[],
  fine: Pick<Finding, 'id' | 'message'>,
): readonly Finding[] {
  const missing = missingIn(steps);
  const refused = steps.flatMap(refusedBy);
  if (missing.length > 0) return [notSetUp(fine.id, `missing: ${missing.join('; ')}`), ...refused];
  return refused.length > 0 ? refused : [{ ...fine, status: 'ok' }];
}

/**
 * Whether role, policy, profile and association of one instance are in place, out of the account alone, for a run that does not
 * look at its host. Throws what `plan` throws: INSTANCE_NOT_FOUND, and refusals of AWS.
 */
export async function accountFindings(runtime: Runtime): Promise<readonly Finding[]> {
  const { goal, plan, receipt } = await prepare(runtime);
  if (goal.cloud === null) return [];
  const { role, profile, instance } = goal.cloud;
  const isOwn = ({ step }: PlannedStep): boolean => step === 'association';
  const steps = certain(
    plan.steps.filter(({ lane }) => lane === 'cloud'),
    receipt,
  );
  return [
    ...findingsOf(
      steps.filter((step) => !isOwn(step)),
      { id: 'role-and-profile', message: `the role ${role.name} in the profile ${profile.name}` },
    ),
    ...findingsOf(steps.filter(isOwn), {
      id: 'association',
      message: `${instance.id} has the profile ${profile.name}`,
    }),
  ];
}
