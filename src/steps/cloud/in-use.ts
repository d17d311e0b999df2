import type { CloudReaders } from '../../ports/lanes.js';
import { inUse, usersUnknown } from './refusals.js';

/**
 * Throws IN_USE when instances hold the instance profile of that name, USERS_UNKNOWN when it cannot be told: what this tool made
 * for one instance may serve others by now, and IAM itself would let it go.
 */
export async function refuseIfUsed(profileName: string, { iam, ec2 }: CloudReaders): Promise<void> {
  const profile = await iam.getInstanceProfile(profileName);
  if (profile === null) return;
  const users = await ec2.findProfileUsers(profile.arn);
  if (users.length > 0) {
    throw inUse(
      `the instance profile ${profileName} is on ${shown(users)}`,
      'run undo again when they no longer need it',
    );
  }
  const unseen = await ec2.unseenRegions();
  if (unseen.length > 0) throw usersUnknown(profileName, unseen);
}

/**
 * Throws IN_USE when other instances hold the profile of this one, and so have its role: what was found in place when they were
 * set up stands in no receipt of theirs.
 */
export async function refuseIfHeldByOthers(
  instanceId: string,
  role: string,
  fix: string,
  { ec2 }: CloudReaders,
): Promise<void> {
  const held = await ec2.describeAssociation(instanceId);
  const users = held === null ? [] : await ec2.findProfileUsers(held.profileArn);
  const others = users.filter((user) => user !== instanceId);
  if (others.length > 0)
    throw inUse(`${shown(others)} may use Bedrock through the role ${role} as well`, fix);
}

function shown(users: readonly string[]): string {
  return users.length > 3 ? `${users.slice(0, 3).join(', ')} and ${users.length - 3} more` : users.join(', ');
}
