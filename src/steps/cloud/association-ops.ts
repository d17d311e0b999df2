import { unlessGone } from '../../core/account/gone-profile.js';
import { hasCode } from '../../core/failure/aws-error.js';
import type { ApplyContext } from '../../core/step.js';
import type { CloudWriters } from '../../ports/lanes.js';
import { associateWhenVisible, replaceWhenVisible } from './associate.js';
import { opFields } from '../op-fields.js';
import { release } from './association-release.js';
import { restore } from './association-restore.js';
import { alreadyAssociated } from './refusals.js';
import { arnName } from '../../core/policy/arn.js';

/**
 * Edits of an instance's association. `release` takes a profile off if it is still that one; `restore` brings a replaced
 * one back if ours is still there, or nothing; `tag` and `untag` keep on the role what undo must know. `goneId` is the unique
 * id of a deleted profile with the same ARN: that one is taken off or replaced, and no other.
 */
export type AssociationOp =
  | {
      readonly kind: 'associate' | 'release';
      readonly instanceId: string;
      readonly profileArn: string;
      readonly goneId?: string;
    }
  | {
      readonly kind: 'replace';
      readonly instanceId: string;
      readonly profileArn: string;
      readonly previousArn: string;
      readonly goneId?: string;
    }
  | {
      readonly kind: 'restore';
      readonly instanceId: string;
      readonly profileArn: string;
      readonly expectedArn: string;
    }
  | { readonly kind: 'tag'; readonly role: string; readonly key: string; readonly value: string }
  | { readonly kind: 'untag'; readonly role: string; readonly key: string };

/** Makes one edit of an instance's association. */
export async function applyAssociationOp(
  op: AssociationOp,
  ports: CloudWriters,
  context: ApplyContext,
): Promise<void> {
  switch (op.kind) {
    case 'associate':
      return associateWhenVisible(op.instanceId, op.profileArn, ports, context, op.goneId);
    case 'replace':
      return replace(op, ports, context);
    case 'release':
      return release(op, ports);
    case 'restore':
      return restore(op, ports, context);
    case 'tag':
      return ports.iam.tagRole(op.role, { [op.key]: op.value });
    case 'untag':
      return untag(op.role, op.key, ports);
  }
}

async function replace(
  op: Extract<AssociationOp, { kind: 'replace' }>,
  ports: CloudWriters,
  context: ApplyContext,
): Promise<void> {
  const { instanceId, profileArn, previousArn, goneId } = op;
  const now = await ports.ec2.describeAssociation(instanceId);
  if (now === null) return associateWhenVisible(instanceId, profileArn, ports, context, goneId);
  if (unlessGone(now, goneId ?? null)?.profileArn === profileArn) return;
  if (now.profileArn !== previousArn) throw alreadyAssociated(instanceId, arnName(now.profileArn));
  const taken = await replaceWhenVisible(now, profileArn, ports, context);
  if (goneId === undefined || taken !== goneId) return;
  // EC2's reference does not say that a profile may be replaced by its namesake: where that changed nothing, it goes first.
  await release({ instanceId, profileArn, goneId }, ports);
  await associateWhenVisible(instanceId, profileArn, ports, context, goneId);
}

async function untag(role: string, key: string, { iam }: CloudWriters): Promise<void> {
  try {
    await iam.untagRole(role, [key]);
  } catch (error) {
    if (!hasCode(error, 'NoSuchEntity')) throw error;
  }
}

/** An edit of an association from a receipt. Throws RECEIPT_INVALID for anything else. */
export function parseAssociationOp(value: unknown): AssociationOp {
  const op = opFields('association', value);
  const kind = op.text('kind');
  const on = (): { readonly instanceId: string; readonly profileArn: string } => ({
    instanceId: op.word('instanceId'),
    profileArn: op.word('profileArn'),
  });
  const gone = (): { readonly goneId?: string } =>
    op.raw('goneId') === undefined ? {} : { goneId: op.word('goneId') };
  switch (kind) {
    case 'associate':
    case 'release':
      return { kind, ...on(), ...gone() };
    case 'replace':
      return { kind: 'replace', ...on(), previousArn: op.word('previousArn'), ...gone() };
    case 'restore':
      return { kind: 'restore', ...on(), expectedArn: op.word('expectedArn') };
    case 'tag':
      return { kind: 'tag', role: op.word('role'), key: op.word('key'), value: op.word('value') };
    case 'untag':
      return { kind: 'untag', role: op.word('role'), key: op.word('key') };
    default:
      throw op.invalid('kind');
  }
}
