import type { Context } from '../service.js';
import type { Association } from './state.js';

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

/** The associations that count, by instance: for whoever looks at many. */
export function currentAssociations(context: Pick<Context, 'state'>): ReadonlyMap<string, Association> {
  const current = Object.values(context.state.associations).filter(({ endedAt }) => endedAt === undefined);
  return new Map(current.map((association) => [association.instanceId, association]));
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
