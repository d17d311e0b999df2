import type { CloudReaders } from '../../ports/lanes.js';
import { inUse } from './refusals.js';

/**
 * Throws IN_USE when instances hold the instance profile of that name: what this tool made for one instance may serve
 * others by now, and IAM itself would let it go.
 */
export async function refuseIfUsed(profileName: string, { iam, ec2 }: CloudReaders): Promise<void> {
  const profile = await iam.getInstanceProfile(profileName);
  if (profile === null) return;
  const users = await ec2.findProfileUsers(profile.arn);
  if (users.length === 0) return;
  const shown =
    users.length > 3 ? `${users.slice(0, 3).join(', ')} and ${users.length - 3} more` : users.join(', ');
  throw inUse(
    `the instance profile ${profileName} is on ${shown}`,
    'run undo again when they no longer need it',
  );
}
