import type { Tags } from '../../ports/iam.js';

/** Tag that everything made by this tool carries. */
export const managedByTag = { key: 'managed-by', value: 'openclaw-bedrock-setup' } as const;

/** Tag that names the receipt under which a thing was made. */
export const receiptTagKey = 'openclaw-bedrock-setup:receipt';

/** The tags of a thing that is made under a receipt, the user's own beside ours. */
export function ownershipTags(receiptId: string, resourceTags: Tags): Tags {
  return { ...resourceTags, [managedByTag.key]: managedByTag.value, [receiptTagKey]: receiptId };
}

/** Whether a thing was made by this tool, under whatever receipt. */
export function isOurs(tags: Tags): boolean {
  return tags[managedByTag.key] === managedByTag.value;
}

/** Whether a thing was made by this tool under this very receipt. */
export function isOfReceipt(tags: Tags, receiptId: string): boolean {
  return isOurs(tags) && tags[receiptTagKey] === receiptId;
}
