import { parseRecord } from '../../core/json.js';
import type { InstanceDocument } from '../../ports/machine.js';
import type { MetadataReader } from '../../ports/metadata.js';

/**
 * What the instance's own identity document says; `null` when the service does not answer or its answer holds no valid ids.
 * The signature is not checked: it says where to look, it grants nothing.
 */
export async function readInstanceDocument(metadata: MetadataReader): Promise<InstanceDocument | null> {
  const token = await metadata.token();
  if (token.kind !== 'answer' || token.status !== 200) return null;
  const document = await metadata.get('dynamic/instance-identity/document', token.body);
  if (document.kind !== 'answer' || document.status !== 200) return null;
  const { instanceId, region, accountId } = parseRecord(document.body);
  if (typeof instanceId !== 'string' || !/^i-[0-9a-f]{8,17}$/u.test(instanceId)) return null;
  if (typeof region !== 'string' || !/^[a-z]{2,5}(?:-[a-z]+)+-\d{1,2}$/u.test(region)) return null;
  if (typeof accountId !== 'string' || !/^\d{12}$/u.test(accountId)) return null;
  return { instanceId, region, account: accountId };
}
