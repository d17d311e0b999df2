import type { Context } from '../service.js';
import type { Association } from '../state.js';

/** The states of an association; undefined once it is gone from the listings. */
export function associationState(
  association: Association,
  context: Pick<Context, 'settings'>,
): 'associating' | 'associated' | 'disassociating' | undefined {
  const { now, propagation } = context.settings;
  const settle = propagation.associationMilliseconds;
  if (association.endedAt !== undefined) {
    return now() - association.endedAt < settle ? 'disassociating' : undefined;
  }
  return now() - association.createdAt < settle ? 'associating' : 'associated';
}

/** The association that counts: the one that has not ended. */
export function currentAssociation(
  instanceId: string,
  context: Pick<Context, 'state'>,
): Association | undefined {
  return Object.values(context.state.associations).find(
    (association) => association.instanceId === instanceId && association.endedAt === undefined,
  );
}
