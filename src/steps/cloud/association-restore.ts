import { arnName } from '../../core/policy/arn.js';
import type { ApplyContext } from '../../core/step.js';
import type { CloudWriters } from '../../ports/lanes.js';
import { associateWhenVisible, replaceWhenVisible } from './associate.js';
import type { AssociationOp } from './association-ops.js';
import { changedSince } from './refusals.js';

/**
 * Brings the profile back that an instance had before. An instance that is gone needs none. Throws CHANGED_SINCE where
 * a third profile is there by now, or the old one no longer exists.
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
  // A tag on the role tells its name alone, without a path.
  if (now !== null && instance.state === 'running') {
    await replaceWhenVisible(now, profile.arn, ports, context);
    return;
  }
  if (now !== null) await ec2.disassociateProfile(now.id);
  return associateWhenVisible(instanceId, profile.arn, ports, context);
}
