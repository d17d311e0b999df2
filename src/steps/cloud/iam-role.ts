import { hasCode } from '../../core/failure/aws-error.js';
import type { Change, Conflict } from '../../core/change.js';
import type { Goal } from '../../core/goal.js';
import { isOfReceipt, ownershipTags } from '../../core/account/ownership.js';
import { ec2TrustPolicy, trustsEc2 } from '../../core/policy/policy-document.js';
import { previousProfileTags } from '../../core/account/previous-profile.js';
import type { Step } from '../../core/step.js';
import type { Role, Tags } from '../../ports/iam.js';
import type { CloudReaders, CloudWriters } from '../../ports/lanes.js';
import { opFields } from '../op-fields.js';
import { stop } from '../conflicts.js';
import { failure } from '../../core/errors.js';
import { roleTrustDiffers } from './refusals.js';
import { removeRole } from './remove-role.js';
import { readAfterRefusal } from './settle.js';

/** The role that is wanted. */
export interface RoleDesired {
  readonly name: string;
  readonly permissionsBoundary: string | null;
  /** The user's own tags, and what undo must know; the ownership tags come when it is made. */
  readonly tags: Tags;
}

/** `keep`: it turned out to be another's, so there is nothing to take back. `receiptId` where it is not the run's own. */
export type RoleOp =
  | ({ readonly kind: 'create' } & RoleDesired)
  | { readonly kind: 'delete'; readonly name: string; readonly receiptId?: string }
  | { readonly kind: 'keep' };

/** Description of a role that this tool makes. */
export const roleDescription = 'Lets OpenClaw on EC2 use Amazon Bedrock';

/** The IAM role that EC2 hands to the instance. An adopted role is left alone and only gets the policy. */
export const iamRole: Step<RoleDesired, Role, RoleOp, CloudReaders, CloudWriters> = {
  id: 'iam-role',
  lane: 'cloud',
  title: 'IAM role',
  after: [],
  desired({ cloud, settings }: Goal) {
    if (cloud === null || cloud.role.adopted) return null;
    const { permissionsBoundary, resourceTags } = settings;
    const tags = {
      ...resourceTags,
      ...previousProfileTags(cloud.instance.id, cloud.association, cloud.profile.arn),
    };
    return { name: cloud.role.name, permissionsBoundary, tags };
  },
  subject: ({ name }) => name,
  read: async ({ name }, { iam }) => iam.getRole(name),
  diff,
  async apply(op, ports, context) {
    if (op.kind === 'create') return create(op, ports, context.receiptId);
    if (op.kind === 'delete') await removeRole(op.name, ports, op.receiptId ?? context.receiptId);
    return null;
  },
  parseOp,
};

function diff(desired: RoleDesired, actual: Role | null): readonly Change<RoleOp>[] | Conflict {
  const { name, permissionsBoundary } = desired;
  if (actual === null) {
    const bounded = permissionsBoundary === null ? '' : `, bounded by ${permissionsBoundary}`;
    return [
      {
        action: 'create',
        target: name,
        detail: `trusted by ec2.amazonaws.com${bounded}`,
        op: { kind: 'create', ...desired },
        undo: { kind: 'delete', name },
        body: ec2TrustPolicy,
      },
    ];
  }
  if (!trustsEc2(actual.trustPolicy)) {
    const fix = `choose another name with --role-name, or let ec2.amazonaws.com assume ${name} yourself`;
    return stop(roleTrustDiffers(name, fix));
  }
  if (permissionsBoundary !== null && permissionsBoundary !== actual.permissionsBoundary) {
    return stop(boundaryDiffers(actual, permissionsBoundary));
  }
  return [];
}

function boundaryDiffers({ name, permissionsBoundary }: Role, wanted: string): ReturnType<typeof failure> {
  return failure(
    'BOUNDARY_DIFFERS',
    `the role ${name} exists with ${permissionsBoundary === null ? 'no permissions boundary' : `the permissions boundary ${permissionsBoundary}`}, not ${wanted}`,
    'a boundary is set on what this tool makes; on a role that is there already it is not changed',
    `run: aws iam put-role-permissions-boundary --role-name ${name} --permissions-boundary ${wanted}; or choose another name with --role-name`,
  );
}

async function create(
  op: RoleDesired,
  { iam, clock }: CloudWriters,
  receiptId: string,
): Promise<RoleOp | null> {
  const { name, permissionsBoundary, tags } = op;
  try {
    const owned = ownershipTags(receiptId, tags);
    await iam.createRole({
      name,
      trustPolicy: ec2TrustPolicy,
      description: roleDescription,
      permissionsBoundary,
      tags: owned,
    });
    return null;
  } catch (error) {
    if (!hasCode(error, 'EntityAlreadyExists')) throw error;
    const there = await readAfterRefusal(clock, async () => iam.getRole(name));
    if (there === null) throw error;
    if (isOfReceipt(there.tags, receiptId)) return null;
    const look = diff(op, there);
    if ('conflict' in look)
      throw failure(look.conflict.code, look.conflict.message, look.conflict.why, look.conflict.fix);
    return { kind: 'keep' };
  }
}

function parseOp(value: unknown): RoleOp {
  const op = opFields('iam-role', value);
  const kind = op.text('kind');
  if (kind === 'keep') return { kind: 'keep' };
  const name = op.word('name');
  if (kind === 'delete') {
    const isNamed = op.raw('receiptId') !== undefined;
    return { kind, name, ...(isNamed ? { receiptId: op.word('receiptId') } : {}) };
  }
  if (kind !== 'create') throw op.invalid('kind');
  return {
    kind: 'create',
    name,
    permissionsBoundary: op.orNull('permissionsBoundary', op.word),
    tags: op.tags('tags'),
  };
}
