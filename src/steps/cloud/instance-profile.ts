import { hasCode } from '../../core/failure/aws-error.js';
import type { Change } from '../../core/change.js';
import { isOfReceipt, ownershipTags } from '../../core/account/ownership.js';
import type { Step } from '../../core/step.js';
import type { InstanceProfile, Tags } from '../../ports/iam.js';
import type { CloudReaders, CloudWriters } from '../../ports/lanes.js';
import { refuseIfUsed } from './in-use.js';
import { opFields } from '../op-fields.js';
import { deleteReleased } from './delete-released.js';
import { changedSince, inUse } from './refusals.js';
import { readAfterRefusal } from './settle.js';

/** The instance profile that is wanted. */
export interface ProfileDesired {
  readonly name: string;
  readonly tags: Tags;
}

/** `keep`: it turned out to be another's, so there is nothing to take back. `receiptId` where it is not the run's own. */
export type ProfileOp =
  | ({ readonly kind: 'create' } & ProfileDesired)
  | { readonly kind: 'delete'; readonly name: string; readonly receiptId?: string }
  | { readonly kind: 'keep' };

/** The instance profile that carries the role to the instance. One that the instance already has is left alone. */
export const instanceProfile: Step<ProfileDesired, InstanceProfile, ProfileOp, CloudReaders, CloudWriters> = {
  id: 'instance-profile',
  lane: 'cloud',
  title: 'instance profile',
  after: [],
  desired({ cloud, settings }) {
    if (cloud === null || cloud.profile.adopted) return null;
    return { name: cloud.profile.name, tags: settings.resourceTags };
  },
  subject: ({ name }) => name,
  read: async ({ name }, { iam }) => iam.getInstanceProfile(name),
  diff,
  async apply(op, ports, context) {
    if (op.kind === 'create') return create(op, ports, context.receiptId);
    if (op.kind === 'delete') await remove(op.name, ports, op.receiptId ?? context.receiptId);
    return null;
  },
  parseOp,
};

function diff(desired: ProfileDesired, actual: InstanceProfile | null): readonly Change<ProfileOp>[] {
  if (actual !== null) return [];
  const { name } = desired;
  const undo: ProfileOp = { kind: 'delete', name };
  return [
    { action: 'create', target: name, detail: 'carries the role', op: { kind: 'create', ...desired }, undo },
  ];
}

async function create(
  { name, tags }: ProfileDesired,
  { iam, clock }: CloudWriters,
  receiptId: string,
): Promise<ProfileOp | null> {
  try {
    await iam.createInstanceProfile(name, ownershipTags(receiptId, tags));
    return null;
  } catch (error) {
    if (!hasCode(error, 'EntityAlreadyExists')) throw error;
    const there = await readAfterRefusal(clock, async () => iam.getInstanceProfile(name));
    if (there === null) throw error;
    return isOfReceipt(there.tags, receiptId) ? null : { kind: 'keep' };
  }
}

async function remove(name: string, ports: CloudWriters, receiptId: string): Promise<void> {
  const { iam, clock } = ports;
  const profile = await iam.getInstanceProfile(name);
  if (profile === null) return;
  const fix = `delete it yourself if nothing needs it: aws iam delete-instance-profile --instance-profile-name ${name}`;
  if (!isOfReceipt(profile.tags, receiptId)) {
    throw changedSince(
      `the instance profile ${name} no longer carries the tag of the receipt ${receiptId}`,
      fix,
    );
  }
  await refuseIfUsed(name, ports);
  try {
    await deleteReleased(async () => iam.deleteInstanceProfile(name), clock);
  } catch (error) {
    if (!hasCode(error, 'DeleteConflict')) throw error;
    throw inUse(`the instance profile ${name} still holds a role`, fix);
  }
}

function parseOp(value: unknown): ProfileOp {
  const op = opFields('instance-profile', value);
  const kind = op.text('kind');
  if (kind === 'keep') return { kind: 'keep' };
  const name = op.word('name');
  if (kind === 'delete') {
    const isNamed = op.raw('receiptId') !== undefined;
    return { kind, name, ...(isNamed ? { receiptId: op.word('receiptId') } : {}) };
  }
  if (kind === 'create') return { kind: 'create', name, tags: op.tags('tags') };
  throw op.invalid('kind');
}
