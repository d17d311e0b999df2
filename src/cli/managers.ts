import { findManagers } from '../checks/drift.js';
import { errorMessage } from '../core/errors.js';
import type { Prepared } from './prepare.js';
import type { Runtime } from './runtime.js';

/**
 * Warns before anything is changed where a stack or a group manages the instance or the role that it has: it will undo the
 * change. Asks nothing but the role that the instance brought along.
 */
export async function warnOfManagers(
  { progress }: Pick<Runtime, 'progress'>,
  { goal, plan, cloud }: Pick<Prepared, 'goal' | 'plan' | 'cloud'>,
): Promise<void> {
  const changes = plan.steps.some((step) => step.lane === 'cloud' && step.changes.length > 0);
  if (goal.cloud === null || cloud === null || !changes) return;
  const { instance, role } = goal.cloud;
  try {
    const roles = role.adopted ? [role.name] : [];
    for (const manager of await findManagers(instance, roles, cloud))
      progress.warn(`${manager}, whose next update may undo what is set up here`);
  } catch (error) {
    progress.detail(`what manages ${role.name} could not be looked up: ${errorMessage(error)}`);
  }
}
