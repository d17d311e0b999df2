import { actionSymbols } from '../../core/change-result.js';
import type { ApplyResult } from '../../core/apply.js';
import type { StepId } from '../../core/change.js';
import type { Prepared } from '../look/prepare.js';
import type { Runtime } from '../runtime.js';
import type { Target } from '../look/target.js';
import type { HostsTold } from './tell.js';
import { runOnHosts } from './index.js';

/** After one of these an agent may register that could not before. */
const letting: ReadonlySet<StepId> = new Set(['association', 'profile-membership', 'permission-policy']);

/** The instances whose hosts are meant: those that were named, else the one that the run is about. */
export function instanceIdsOf({ settings }: Runtime, { instanceId }: Target): readonly string[] {
  return settings.instanceIds.length > 0 || instanceId === null ? settings.instanceIds : [instanceId];
}

/** Says what was changed on a host, as if it had been done here. */
function tellChanges({ progress }: Runtime, { changes }: HostsTold): void {
  for (const { title, action, target, detail, status } of changes)
    if (status === 'applied') progress.begin(title).done(actionSymbols[action], `${target}  ${detail}`);
}

/** The host half of a set-up, once the account's half is done. */
export async function setUpHosts(
  runtime: Runtime,
  { target, goal }: Prepared,
  { changes }: ApplyResult,
): Promise<HostsTold> {
  const justAllowed = changes.some(({ step, status }) => letting.has(step) && status === 'applied');
  const told = await runOnHosts(runtime, {
    command: 'setup',
    target,
    instanceIds: instanceIdsOf(runtime, target),
    roleName: goal.cloud?.role.name ?? null,
    justAllowed,
  });
  tellChanges(runtime, told);
  return told;
}

/** The checks, run where the gateway runs. */
export async function verifyHosts(runtime: Runtime, target: Target): Promise<HostsTold> {
  const instanceIds = instanceIdsOf(runtime, target);
  return runOnHosts(runtime, { command: 'verify', target, instanceIds });
}
