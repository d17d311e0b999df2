import { hasCode } from '../../core/failure/aws-error.js';
import { isOurs } from '../../core/account/ownership.js';
import { inlinePolicyName } from '../../core/policy/policies.js';
import { sameMeaning } from '../../core/policy/policy-document.js';
import type { ApplyContext } from '../../core/step.js';
import { singleQuoted } from '../../core/text/shell-word.js';
import { isRoleNotVisible } from '../../core/failure/transient.js';
import { retryTransient } from '../../core/timing/wait.js';
import type { JsonObject } from '../../ports/json.js';
import type { CloudWriters } from '../../ports/lanes.js';
import { refuseIfUsed } from './in-use.js';
import { opFields } from '../op-fields.js';
import { changedSince } from './refusals.js';
import { roleVisibleSeconds } from './visibility.js';

/** By what instances have the role; receipts of older versions do not tell. */
interface Held {
  /** Name of the instance profile. */
  readonly profile?: string;
}

/**
 * Edits of a role's rights. `restore` puts our inline policy back to `document` (none: away) if it still is `expected`;
 * the instances of `heldBy` were there before the edit, so that `document` is what they had.
 */
export type PolicyOp =
  | { readonly kind: 'put'; readonly role: string; readonly document: JsonObject }
  | ({
      readonly kind: 'restore';
      readonly role: string;
      readonly document: JsonObject | null;
      readonly expected: JsonObject;
      readonly heldBy?: readonly string[];
    } & Held)
  | { readonly kind: 'attach'; readonly role: string; readonly policyArn: string }
  | ({ readonly kind: 'detach'; readonly role: string; readonly policyArn: string } & Held);

type Undo<Kind> = Extract<PolicyOp, { readonly kind: Kind }>;

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
      return restore(op, ports, context);
    case 'detach':
      return detach(op, ports, context);
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

async function restore(op: Undo<'restore'>, ports: CloudWriters, context: ApplyContext): Promise<void> {
  const { role, document, expected, heldBy = [] } = op;
  const now = await ports.iam.getRolePolicy(role, inlinePolicyName);
  if (now === null && document === null) return;
  if (now !== null && document !== null && sameMeaning(now, document)) return;
  const names = `--role-name ${role} --policy-name ${inlinePolicyName}`;
  if (now === null || !sameMeaning(now, expected)) {
    throw changedSince(
      `the inline policy ${inlinePolicyName} of the role ${role} was changed since`,
      `look with: aws iam get-role-policy ${names}`,
    );
  }
  const byHand =
    document === null
      ? `delete-role-policy ${names}`
      : `put-role-policy ${names} --policy-document ${singleQuoted(JSON.stringify(document))}`;
  await refuseIfShared({ ...op, heldBy, byHand }, ports, context);
  if (document !== null) return ports.iam.putRolePolicy(role, inlinePolicyName, document);
  return unlessGone(async () => ports.iam.deleteRolePolicy(role, inlinePolicyName));
}

async function detach(op: Undo<'detach'>, ports: CloudWriters, context: ApplyContext): Promise<void> {
  const { role, policyArn } = op;
  const attached = await ports.iam.listAttachedRolePolicies(role);
  if (attached?.includes(policyArn) !== true) return;
  const byHand = `detach-role-policy --role-name ${role} --policy-arn ${policyArn}`;
  await refuseIfShared({ ...op, heldBy: [], byHand }, ports, context);
  await unlessGone(async () => ports.iam.detachRolePolicy(role, policyArn));
}

interface Shared extends Held {
  readonly role: string;
  readonly heldBy: readonly string[];
  /** What does it all the same, behind `aws iam`. */
  readonly byHand: string;
}

/**
 * A role's rights are kept for other instances. A role that this tool made serves them through the profile of the same name,
 * which those that are undone no longer hold. Another role stays on its instances, and which of the others rely on what was
 * added nobody knows.
 */
async function refuseIfShared(
  { role: name, profile, heldBy, byHand }: Shared,
  ports: CloudWriters,
  { instances = [] }: ApplyContext,
): Promise<void> {
  const role = await ports.iam.getRole(name);
  if (role === null) return;
  if (isOurs(role.tags)) return refuseIfUsed(name, ports, heldBy);
  if (profile === undefined) return;
  const fix = `run undo again when they no longer hold it; or, if none of them uses Bedrock: aws iam ${byHand}`;
  return refuseIfUsed(profile, ports, [...heldBy, ...instances], fix);
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
  const held = op.raw('profile') === undefined ? {} : { profile: op.word('profile') };
  switch (kind) {
    case 'put':
      return { kind: 'put', role, document: op.document('document') };
    case 'restore':
      return {
        kind: 'restore',
        role,
        document: op.orNull('document', op.document),
        expected: op.document('expected'),
        ...(op.raw('heldBy') === undefined ? {} : { heldBy: op.texts('heldBy') }),
        ...held,
      };
    case 'attach':
      return { kind, role, policyArn: op.word('policyArn') };
    case 'detach':
      return { kind, role, policyArn: op.word('policyArn'), ...held };
    default:
      throw op.invalid('kind');
  }
}

/**
 * Two undos of our inline policy as one, where somebody changed it between the two edits; where nobody did, the instances that held
 * the role at the later edit keep what they had before that. Its users are those of the earlier.
 */
export function joinPolicyUndo(earlier: PolicyOp, later: PolicyOp): PolicyOp | null {
  if (earlier.kind !== 'restore' || later.kind !== 'restore' || earlier.role !== later.role) return null;
  const isUntouched = later.document !== null && sameMeaning(later.document, earlier.expected);
  return isUntouched ? null : { ...earlier, expected: later.expected };
}
