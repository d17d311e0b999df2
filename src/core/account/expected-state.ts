import { isRecord } from '../json.js';
import type { JsonObject } from '../../ports/json.js';
import type { Receipt } from '../receipt.js';

/** What a receipt says that was left behind, and that should still be so. */
export interface ExpectedState {
  /** Roles that were made. */
  readonly roles: readonly string[];
  /** Our inline policy by role. */
  readonly inline: ReadonlyMap<string, JsonObject>;
  /** Managed policies that were attached, by role. */
  readonly attached: ReadonlyMap<string, readonly string[]>;
  /** The role in each instance profile. */
  readonly members: ReadonlyMap<string, string>;
  /** ARN of the instance profile by instance. */
  readonly profiles: ReadonlyMap<string, string>;
  /** Metadata hop limit by instance. */
  readonly hopLimits: ReadonlyMap<string, number>;
}

type Op = Readonly<Record<string, unknown>>;

function textOf(op: Op, key: string): string | null {
  const value = op[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The ops of a receipt that took effect and were not taken back, by step. */
function opsOf(receipt: Receipt, step: string, kinds: readonly string[]): readonly Op[] {
  return receipt.entries.flatMap(({ status, step: of, op }) =>
    status === 'applied' && of === step && isRecord(op) && kinds.includes(String(op['kind'])) ? [op] : [],
  );
}

function pairs(ops: readonly Op[], key: string, value: string): ReadonlyMap<string, string> {
  const found = ops.flatMap((op): (readonly [string, string])[] => {
    const [left, right] = [textOf(op, key), textOf(op, value)];
    return left === null || right === null ? [] : [[left, right]];
  });
  return new Map(found);
}

function attachedOf(ops: readonly Op[]): ReadonlyMap<string, readonly string[]> {
  const attached = new Map<string, readonly string[]>();
  for (const op of ops) {
    const [role, arn] = [textOf(op, 'role'), textOf(op, 'policyArn')];
    if (role !== null && arn !== null) attached.set(role, [...(attached.get(role) ?? []), arn]);
  }
  return attached;
}

/** What a receipt's edits come to; of several edits of one thing the last counts. */
export function expectedState(receipt: Receipt): ExpectedState {
  const inline = opsOf(receipt, 'permission-policy', ['put']).flatMap(
    (op): (readonly [string, JsonObject])[] => {
      const [role, document] = [textOf(op, 'role'), op['document']];
      return role !== null && isRecord(document) ? [[role, document as JsonObject]] : [];
    },
  );
  const hops = opsOf(receipt, 'metadata-options', ['set-hop-limit']).flatMap(
    (op): (readonly [string, number])[] => {
      const [instanceId, hopLimit] = [textOf(op, 'instanceId'), op['hopLimit']];
      return instanceId !== null && typeof hopLimit === 'number' ? [[instanceId, hopLimit]] : [];
    },
  );
  return {
    roles: opsOf(receipt, 'iam-role', ['create']).flatMap((op) => textOf(op, 'name') ?? []),
    inline: new Map(inline),
    attached: attachedOf(opsOf(receipt, 'permission-policy', ['attach'])),
    members: pairs(opsOf(receipt, 'profile-membership', ['add']), 'profile', 'role'),
    profiles: pairs(opsOf(receipt, 'association', ['associate', 'replace']), 'instanceId', 'profileArn'),
    hopLimits: new Map(hops),
  };
}

/** Every role that a receipt has to do with. */
export function rolesOf({ roles, inline, attached, members }: ExpectedState): readonly string[] {
  const all = [...roles, ...inline.keys(), ...attached.keys(), ...members.values()];
  return [...new Set(all)];
}
