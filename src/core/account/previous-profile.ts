import type { Association } from '../../ports/ec2.js';
import type { Tags } from '../../ports/iam.js';
import { arnName } from '../policy/arn.js';

/** Key of the tag that says which instance profile an instance had before ours; the instance's id follows. */
const keyPrefix = 'openclaw-bedrock-setup:previous-profile:';

/** Most tags that an IAM role holds (IAM quotas: tags for a role). */
export const maximumTags = 50;

/** The tag's key for an instance. */
export function previousProfileKey(instanceId: string): string {
  return `${keyPrefix}${instanceId}`;
}

/**
 * The tag by which a replaced profile is found again without a receipt: its name, since names are unique in an account.
 * None where nothing is replaced, or where the name holds a comma, which IAM allows in names but not in tags.
 */
export function previousProfileTags(
  instanceId: string,
  association: Association | null,
  profileArn: string,
): Tags {
  if (association === null || association.profileArn === profileArn) return {};
  const name = arnName(association.profileArn);
  return name.includes(',') ? {} : { [previousProfileKey(instanceId)]: name };
}
