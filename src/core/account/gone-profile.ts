import type { Association } from '../../ports/ec2.js';
import type { InstanceProfile } from '../../ports/iam.js';

/**
 * The unique id of the deleted instance profile that an association still holds, given what IAM has under its name by now; `null`
 * where it holds that very one, or where AWS does not say. Names are used again and unique ids never are (IAM user guide, "IAM
 * identifiers"), and EC2 keeps the id: to an instance, a profile that was made anew is another one, though its ARN is the same.
 */
export function goneProfileId(
  { profileId }: Association,
  underItsName: InstanceProfile | null,
): string | null {
  const now = underItsName?.id;
  return now === null || now === profileId ? null : profileId;
}

/** An association, unless it holds the deleted profile of this id. */
export function unlessGone(association: Association | null, goneId: string | null): Association | null {
  return goneId !== null && association?.profileId === goneId ? null : association;
}
