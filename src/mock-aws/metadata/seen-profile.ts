import type { Context } from '../service.js';
import type { Association, Instance } from '../ec2/state.js';

/** The instance that the metadata service speaks for; undefined when there is none. */
export function ownInstance(context: Pick<Context, 'settings' | 'state'>): Instance | undefined {
  const { instances } = context.state;
  const wanted = context.settings.metadataInstanceId;
  return wanted === undefined ? Object.values(instances)[0] : instances[wanted];
}

/**
 * The association as instance metadata sees it: changes arrive `ec2ToMetadataMilliseconds` late, so that a replaced
 * profile is still there for a while.
 */
export function seenAssociation(instance: Instance, context: Context): Association | undefined {
  const seen = context.now() - context.settings.propagation.ec2ToMetadataMilliseconds;
  return Object.values(context.state.associations)
    .filter(
      (association) =>
        association.instanceId === instance.instanceId &&
        association.createdAt <= seen &&
        (association.endedAt === undefined || association.endedAt > seen),
    )
    .at(-1);
}
