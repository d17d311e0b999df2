import { SetupError } from '../../core/errors.js';
import { arnName } from '../../core/policy/arn.js';
import type { ApplyContext } from '../../core/step.js';
import type { Association, Instance } from '../../ports/ec2.js';
import type { InstanceProfile } from '../../ports/iam.js';
import type { CloudWriters } from '../../ports/lanes.js';
import { associateWhenVisible, replaceWhenVisible } from './associate.js';
import type { AssociationOp } from './association-ops.js';
import { release } from './association-release.js';
import { changedSince } from './refusals.js';

/**
 * Brings the profile back that an instance had before. An instance that is gone needs none. Where the old one no longer exists, or
 * holds no role, without which EC2 attaches none, ours is taken off: it gave the instance as little. Throws CHANGED_SINCE where a
 * third profile is there by now.
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
  const obstacle =
    profile === null ? 'no longer exists' : await putBack(instance, now, profile, ports, context);
  if (obstacle === null) return;
  await release({ instanceId, profileArn: expectedArn }, ports);
  context.note?.(`taken off; ${arnName(profileArn)}, which it had before, ${obstacle}`);
}

/**
 * Attaches the profile again; says what keeps it from being attached, `null` for nothing. A tag on the role tells the old profile's
 * name alone, without a path, so that its ARN is the one that IAM tells.
 */
async function putBack(
  { id, state }: Instance,
  now: Association | null,
  { arn, roles }: InstanceProfile,
  ports: CloudWriters,
  context: ApplyContext,
): Promise<string | null> {
  try {
    if (now !== null && state === 'running') await replaceWhenVisible(now, arn, ports, context);
    else {
      if (now !== null) await ports.ec2.disassociateProfile(now.id);
      await associateWhenVisible(id, arn, ports, context);
    }
    return null;
  } catch (error) {
    const isEmpty = error instanceof SetupError && error.code === 'PROFILE_HAS_NO_ROLE';
    if (roles.length > 0 || !isEmpty) throw error;
    return 'holds no role, and EC2 attaches none without one';
  }
}
