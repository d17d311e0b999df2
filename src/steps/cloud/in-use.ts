import type { CloudReaders } from '../../ports/lanes.js';
import { inUse, usersUnknown } from './refusals.js';

/**
 * Throws IN_USE when instances besides `except` hold the instance profile of that name, USERS_UNKNOWN when it cannot be told: what
 * this tool made for one instance may serve others by now, and IAM itself would let it go.
 */
export async function refuseIfUsed(
  profileName: string,
  { iam, ec2 }: CloudReaders,
  except: readonly string[] = [],
  fix = 'run undo again when they no longer need it',
): Promise<void> {
  const profile = await iam.getInstanceProfile(profileName);
  if (profile === null) return;
  const users = (await ec2.findProfileUsers(profile.arn)).filter((user) => !except.includes(user));
  if (users.length === 0) return refuseUnseen(profileName, await ec2.unseenRegions());
  const shown =
    users.length > 3 ? `${users.slice(0, 3).join(', ')} and ${users.length - 3} more` : users.join(', ');
  throw inUse(`the instance profile ${profileName} is on ${shown}`, fix);
}

/** Throws USERS_UNKNOWN where an instance of another region may hold the profile: IAM would not keep it for that one. */
function refuseUnseen(profileName: string, regions: readonly string[]): void {
  if (regions.length > 0) throw usersUnknown(profileName, regions);
}
