import { SetupError } from '../../core/errors.js';
import { arnName } from '../../core/policy/arn.js';
import type { ApplyContext } from '../../core/step.js';
import type { Association, Instance } from '../../ports/ec2.js';
import type { CloudWriters } from '../../ports/lanes.js';
import { associateWhenVisible, replaceWhenVisible } from './associate.js';
import type { AssociationOp } from './association-ops.js';
import { release } from './association-release.js';
import { changedSince } from './refusals.js';

/**
 * Brings the profile back that an instance had before. An instance that is gone needs none. EC2 attaches no profile that holds no
 * role; then ours is taken off, which gives the instance as little. Throws CHANGED_SINCE where a third profile is there by now, or
 * the old one no longer exists.
 */
export async function restore(
  op: Extract<AssociationOp, { kind: 'restore' }>,
  ports: CloudWriters,
  context: ApplyContext,
): Promise<void> {
  const { instanceId, profileArn, expectedArn } = op;
  const { ec2, iam } = ports;
  const [now, instance] = await Promise.all([
    ec2.describeAssociation(instanceId),
    ec2.describeInstance(instanceId),
  ]);
  if (now?.profileArn === profileArn) return;
  if (instance === null || instance.state === 'terminated' || instance.state === 'shutting-down') return;
  if (now !== null && now.profileArn !== expectedArn) {
    const what = `${instanceId} now has the instance profile ${arnName(now.profileArn)}`;
    throw changedSince(what, `give it ${arnName(profileArn)} yourself if that is wanted`);
  }
  const profile = await iam.getInstanceProfile(arnName(profileArn));
  if (profile === null) {
    const what = `the instance profile ${arnName(profileArn)}, which ${instanceId} had before, no longer exists`;
    throw changedSince(what, `choose another profile for ${instanceId}`);
  }
  try {
    await putBack(instance, now, profile.arn, ports, context);
  } catch (error) {
    const isEmpty = error instanceof SetupError && error.code === 'PROFILE_HAS_NO_ROLE';
    if (profile.roles.length > 0 || !isEmpty) throw error;
    await release({ instanceId, profileArn: expectedArn }, ports);
    const why = `${profile.name}, which it had before, holds no role, and EC2 attaches none without one`;
    context.note?.(`taken off; ${why}`);
  }
}

/** A tag on the role tells the old profile's name alone, without a path, so that its ARN is the one that IAM tells. */
async function putBack(
  { id, state }: Instance,
  now: Association | null,
  profileArn: string,
  ports: CloudWriters,
  context: ApplyContext,
): Promise<void> {
  if (now !== null && state === 'running') {
    await replaceWhenVisible(now, profileArn, ports, context);
    return;
  }
  if (now !== null) await ports.ec2.disassociateProfile(now.id);
  return associateWhenVisible(id, profileArn, ports, context);
}
