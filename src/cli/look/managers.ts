import { findManagers } from '../../checks/drift.js';
import { findReattaching } from '../../checks/reattaching.js';
import type { StepId } from '../../core/change.js';
import { errorMessage } from '../../core/errors.js';
import { scrub } from '../../core/text/scrub.js';
import { asideStateManager } from './aside.js';
import type { Prepared } from './prepare.js';
import type { Runtime } from '../runtime.js';

/** What an association of Systems Manager would undo by attaching a profile of its own. */
const undone: ReadonlySet<StepId> = new Set(['association', 'permission-policy']);

type Told = Pick<Runtime, 'account' | 'clock' | 'progress' | 'settings'>;
type Known = Pick<Prepared, 'goal' | 'plan' | 'cloud' | 'target'>;

async function warnOfOwners({ progress }: Told, { goal, cloud }: Known): Promise<void> {
  if (goal.cloud === null || cloud === null) return;
  const { instance, role } = goal.cloud;
  try {
    const roles = role.adopted ? [role.name] : [];
    for (const manager of await findManagers(instance, roles, cloud))
      progress.warn(`${manager}, whose next update may undo what is set up here`);
  } catch (error) {
    progress.detail(`what manages ${role.name} could not be looked up: ${errorMessage(error)}`);
  }
}

async function warnOfReattaching(runtime: Told, { goal, plan, target }: Known): Promise<void> {
  const changes = plan.steps.some((step) => undone.has(step.step) && step.changes.length > 0);
  if (goal.cloud === null || !changes) return;
  const stateManager = asideStateManager(
    runtime,
    async () => (await runtime.account(target.region, 'read-only')).stateManager,
  );
  for (const found of await findReattaching(goal.cloud.instance.id, stateManager))
    runtime.progress.warn(scrub(`${found}, whose next run may undo what is set up here`));
}

/**
 * Warns before the account is changed where a stack, a group or an association of Systems Manager manages the instance or the
 * role that it has: it will undo the change. Asks for the role that the instance brought along and, before something is
 * attached, for the associations; who may not look is told nothing.
 */
export async function warnOfManagers(runtime: Told, prepared: Known): Promise<void> {
  await Promise.all([warnOfOwners(runtime, prepared), warnOfReattaching(runtime, prepared)]);
}
