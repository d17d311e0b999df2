import { hasCode } from '../../core/failure/aws-error.js';
import type { SetupError } from '../../core/errors.js';
import { errorMessage } from '../../core/errors.js';
import { isOfReceipt } from '../../core/account/ownership.js';
import type { CloudWriters } from '../../ports/lanes.js';
import { deleteReleased } from './delete-released.js';
import { refuseIfUsed } from './in-use.js';
import { changedSince, inUse } from './refusals.js';

/** What IAM's refusal says must go first, what that is called, and what lists it. */
const holders = [
  ['detach all policies', 'managed policies', 'list-attached-role-policies'],
  ['remove roles from instance profile', 'instance profiles', 'list-instance-profiles-for-role'],
  ['', 'inline policies', 'list-role-policies'],
] as const;

function stillHeld(name: string, refusal: string): SetupError {
  const [, what, list] = holders.find(([words]) => refusal.includes(words)) ?? holders[2];
  return inUse(
    `the role ${name} still has ${what} that this run did not add or could not take back`,
    `look with: aws iam ${list} --role-name ${name}; take away what nobody needs, and run undo again`,
  );
}

/**
 * Deletes a role that was made under this receipt. One that is gone already is fine. Throws CHANGED_SINCE for one that
 * carries another receipt's tag or none, IN_USE for one that instances use or to which somebody has given more.
 */
export async function removeRole(name: string, ports: CloudWriters, receiptId: string): Promise<void> {
  const { iam, clock } = ports;
  const role = await iam.getRole(name);
  if (role === null) return;
  if (!isOfReceipt(role.tags, receiptId)) {
    const what = `the role ${name} no longer carries the tag of the receipt ${receiptId}`;
    throw changedSince(
      what,
      `delete it yourself if nothing needs it: aws iam delete-role --role-name ${name}`,
    );
  }
  await refuseIfUsed(name, ports);
  try {
    await deleteReleased(async () => iam.deleteRole(name), clock);
  } catch (error) {
    if (!hasCode(error, 'DeleteConflict')) throw error;
    throw stillHeld(name, errorMessage(error));
  }
}
