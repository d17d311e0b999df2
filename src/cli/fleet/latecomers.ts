import { arnName } from '../../core/policy/arn.js';
import type { Receipt, ReceiptEntry } from '../../core/receipt.js';
import { instanceOf } from '../../core/receipt.js';
import { isRecord } from '../../core/json.js';
import type { Instance } from '../../ports/ec2.js';
import type { AssociationOp } from '../../steps/cloud/association-ops.js';

/** The ARN of the profile that an undo of an association takes off; `null` for any other undo. */
function takenOff({ step, undo }: ReceiptEntry): unknown {
  if (step !== 'association' || !isRecord(undo)) return null;
  return undo['kind'] === 'release' ? undo['profileArn'] : undo['expectedArn'];
}

function entryOf(instanceId: string, profileArn: string, at: string): ReceiptEntry {
  const undo: AssociationOp = { kind: 'release', instanceId, profileArn };
  return {
    step: 'association',
    action: 'create',
    target: `${instanceId} -> ${arnName(profileArn)}`,
    detail: 'was launched with the profile',
    op: null,
    undo,
    status: 'applied',
    at,
  };
}

/**
 * A receipt with the instances that came later, such as those that a group has launched from the template since: they hold the profile
 * that the receipt is about, which nothing else would ever take off them. `at` is ISO time.
 */
export function withLatecomers(receipt: Receipt, instances: readonly Instance[], at: string): Receipt {
  const known = new Set(receipt.entries.map(instanceOf));
  const profiles = new Set(receipt.entries.map(takenOff));
  const late = instances.flatMap(({ id, profileArn }) =>
    profileArn === null || known.has(id) || !profiles.has(profileArn) ? [] : [entryOf(id, profileArn, at)],
  );
  return late.length === 0 ? receipt : { ...receipt, entries: [...receipt.entries, ...late] };
}
