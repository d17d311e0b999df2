import { hasCode } from '../../core/failure/aws-error.js';
import { isOurs } from '../../core/account/ownership.js';
import { inlinePolicyName } from '../../core/policy/policies.js';
import { sameMeaning } from '../../core/policy/policy-document.js';
import type { ApplyContext } from '../../core/step.js';
import { isRoleNotVisible } from '../../core/failure/transient.js';
import { retryTransient } from '../../core/timing/wait.js';
import type { JsonObject } from '../../ports/json.js';
import type { CloudWriters } from '../../ports/lanes.js';
import { refuseIfUsed } from './in-use.js';
import { opFields } from '../op-fields.js';
import { changedSince } from './refusals.js';
import { roleVisibleSeconds } from './visibility.js';

/** Edits of a role's rights. `restore` puts our inline policy back to `document` (none: away) if it still is `expected`. */
export type PolicyOp =
  | { readonly kind: 'put'; readonly role: string; readonly document: JsonObject }
  | {
      readonly kind: 'restore';
      readonly role: string;
      readonly document: JsonObject | null;
      readonly expected: JsonObject;
    }
  | { readonly kind: 'attach'; readonly role: string; readonly policyArn: string }
  | { readonly kind: 'detach'; readonly role: string; readonly policyArn: string };

/** Makes one edit of a role's rights. */
export async function applyPolicyOp(op: PolicyOp, ports: CloudWriters, context: ApplyContext): Promise<void> {
  const { iam } = ports;
  switch (op.kind) {
    case 'put':
      return onceVisible(
        async () => iam.putRolePolicy(op.role, inlinePolicyName, op.document),
        ports,
        context,
      );
    case 'attach':
      return onceVisible(async () => iam.attachRolePolicy(op.role, op.policyArn), ports, context);
    case 'restore':
      return restore(op, ports);
    case 'detach':
      return detach(op, ports);
  }
}

async function onceVisible(
  write: () => Promise<void>,
  { clock }: CloudWriters,
  context: ApplyContext,
): Promise<void> {
  await retryTransient(write, isRoleNotVisible, {
    clock,
    boundMilliseconds: roleVisibleSeconds * 1000,
    onWaiting: () => context.waiting('IAM to see the new role', roleVisibleSeconds),
  });
}

async function restore(op: Extract<PolicyOp, { kind: 'restore' }>, ports: CloudWriters): Promise<void> {
  const { role, document, expected } = op;
  const now = await ports.iam.getRolePolicy(role, inlinePolicyName);
  if (now === null && document === null) return;
  if (now !== null && document !== null && sameMeaning(now, document)) return;
  if (now === null || !sameMeaning(now, expected)) {
    throw changedSince(
      `the inline policy ${inlinePolicyName} of the role ${role} was changed since`,
      `look with: aws iam get-role-policy --role-name ${role} --policy-name ${inlinePolicyName}`,
    );
  }
  await refuseIfShared(role, ports);
  if (document !== null) return ports.iam.putRolePolicy(role, inlinePolicyName, document);
  return unlessGone(async () => ports.iam.deleteRolePolicy(role, inlinePolicyName));
}

async function detach(op: Extract<PolicyOp, { kind: 'detach' }>, ports: CloudWriters): Promise<void> {
  const { role, policyArn } = op;
  const attached = await ports.iam.listAttachedRolePolicies(role);
  if (attached?.includes(policyArn) !== true) return;
  await refuseIfShared(role, ports);
  await unlessGone(async () => ports.iam.detachRolePolicy(role, policyArn));
}

/** A role that this tool made serves other instances through the profile of the same name; their rights are kept. */
async function refuseIfShared(roleName: string, ports: CloudWriters): Promise<void> {
  const role = await ports.iam.getRole(roleName);
  if (role !== null && isOurs(role.tags)) await refuseIfUsed(roleName, ports);
}

async function unlessGone(remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!hasCode(error, 'NoSuchEntity')) throw error;
  }
}

/** An edit of a role's rights from a receipt. Throws RECEIPT_INVALID for anything else. */
export function parsePolicyOp(value: unknown): PolicyOp {
  const op = opFields('permission-policy', value);
  const kind = op.text('kind');
  const role = op.word('role');
  switch (kind) {
    case 'put':
      return { kind: 'put', role, document: op.document('document') };
    case 'restore':
      return {
        kind: 'restore',
        role,
        document: op.orNull('document', op.document),
        expected: op.document('expected'),
      };
    case 'attach':
    case 'detach':
      return { kind, role, policyArn: op.word('policyArn') };
    default:
      throw op.invalid('kind');
  }
}
