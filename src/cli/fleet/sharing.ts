import type { StepId } from '../../core/change.js';
import type { FleetGroup, PreparedFleet } from './prepared.js';

/**
 * Ids of the instances that share what is made for a group: all of those whose role it is. `null` where these are all that
 * there are, each with something of its own in the receipt, which then need not name them.
 */
export function sharers({ groups }: PreparedFleet, { goal }: FleetGroup): readonly string[] | null {
  const sharing = groups.filter((one) => one.goal.cloud.role.name === goal.cloud.role.name);
  const members = sharing.flatMap((group) => group.members);
  if (sharing.length === groups.length && members.every(({ steps }) => steps.length > 0)) return null;
  return members.map(({ instance }) => instance.id);
}

/** Steps that make a role what its instances need; enrollment and launch template are for instances to come. */
const ofRole: ReadonlySet<StepId> = new Set([
  'iam-role',
  'permission-policy',
  'instance-profile',
  'profile-membership',
]);

/** Names of the roles that are to be changed, so that none of their instances is in place, whatever it has of its own. */
export function changedRoles({ groups }: Pick<PreparedFleet, 'groups'>): ReadonlySet<string> {
  const changing = groups.filter(({ shared }) =>
    shared.some(({ step, changes }) => ofRole.has(step) && changes.length > 0),
  );
  return new Set(changing.map(({ goal }) => goal.cloud.role.name));
}
