import { isStaleAssociation } from '../../core/failure/transient.js';
import type { Association } from '../../ports/ec2.js';
import type { CloudWriters } from '../../ports/lanes.js';

/** The profile that is taken off an instance; `goneId`: only the deleted one of that unique id. */
export interface Release {
  readonly instanceId: string;
  readonly profileArn: string;
  readonly goneId?: string;
}

/** Takes a profile off an instance. Without it, or with another on it, nothing is done. Throws what EC2 said. */
export async function release(
  { instanceId, profileArn, goneId }: Release,
  { ec2 }: CloudWriters,
): Promise<void> {
  const isIt = (found: Association): boolean =>
    found.profileArn === profileArn && (goneId === undefined || found.profileId === goneId);
  const now = await ec2.describeAssociation(instanceId);
  // With another profile on it nothing of ours is left there, and that one is somebody's choice.
  if (now === null || !isIt(now)) return;
  try {
    await ec2.disassociateProfile(now.id);
  } catch (error) {
    if (!isStaleAssociation(error)) throw error;
    const still = await ec2.describeAssociation(instanceId);
    if (still !== null && isIt(still)) throw error;
  }
}
