import type { StateAssociation, StateManagerReader } from '../ports/state-manager.js';

/** Documents that give instances a profile, by what their names begin with (Systems Manager user guide, Quick Setup). */
const attaching = ['AWS-AttachIAMToInstance', 'AWSQuickSetup'];

function concerns({ document, instanceIds }: StateAssociation, instanceId: string): boolean {
  const gives = attaching.some((name) => document.startsWith(name));
  return gives && (instanceIds.length === 0 || instanceIds.some((id) => id === '*' || id === instanceId));
}

/**
 * The associations of Systems Manager that attach a profile to the instance again and again. One whose targets are tags or
 * groups is named as well, since it may mean the instance. None where Systems Manager cannot be looked at.
 */
export async function findReattaching(
  instanceId: string,
  stateManager: StateManagerReader | undefined,
): Promise<readonly string[]> {
  if (stateManager === undefined) return [];
  const found = (await stateManager.listAssociations()).filter((one) => concerns(one, instanceId));
  return found.map(
    ({ id, name, document }) =>
      `the Systems Manager association ${name ?? id} (${document}) attaches an instance profile to ${instanceId}`,
  );
}
