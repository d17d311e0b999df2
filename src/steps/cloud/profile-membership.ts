import { hasCode } from '../../core/failure/aws-error.js';
import type { Change, Conflict } from '../../core/change.js';
import type { ApplyContext, Step } from '../../core/step.js';
import { isProfileNotFoundYet, isRoleNotVisible } from '../../core/failure/transient.js';
import { retryTransient } from '../../core/timing/wait.js';
import type { InstanceProfile } from '../../ports/iam.js';
import type { CloudReaders, CloudWriters } from '../../ports/lanes.js';
import { refuseIfUsed } from './in-use.js';
import { opFields } from '../op-fields.js';
import { stop } from '../conflicts.js';
import { profileOccupied } from './refusals.js';
import { roleVisibleSeconds } from './visibility.js';

/** The role that is wanted in the profile. */
export interface MembershipDesired {
  readonly profile: string;
  readonly role: string;
}

/** Puts the role into the profile, or takes it out. */
export type MembershipOp = { readonly kind: 'add' | 'remove' } & MembershipDesired;

/** The role's place in the instance profile, which holds exactly one. */
export const profileMembership: Step<
  MembershipDesired,
  InstanceProfile,
  MembershipOp,
  CloudReaders,
  CloudWriters
> = {
  id: 'profile-membership',
  lane: 'cloud',
  title: 'profile membership',
  after: ['iam-role', 'instance-profile'],
  desired({ cloud }) {
    if (cloud === null || cloud.profile.adopted) return null;
    return { profile: cloud.profile.name, role: cloud.role.name };
  },
  subject: ({ profile, role }) => `${role} -> ${profile}`,
  read: async ({ profile }, { iam }) => iam.getInstanceProfile(profile),
  diff,
  async apply(op, ports, context) {
    await (op.kind === 'add' ? add(op, ports, context) : remove(op, ports));
    return null;
  },
  parseOp,
};

function diff(
  desired: MembershipDesired,
  actual: InstanceProfile | null,
): readonly Change<MembershipOp>[] | Conflict {
  const { profile, role } = desired;
  const holds = actual?.roles[0]?.name;
  if (holds === role) return [];
  if (holds !== undefined) return stop(profileOccupied(profile, holds, role));
  return [
    {
      action: 'create',
      target: `${role} -> ${profile}`,
      detail: 'the role goes into the profile',
      op: { kind: 'add', ...desired },
      undo: { kind: 'remove', ...desired },
    },
  ];
}

function isNotVisible(error: unknown): boolean {
  return isRoleNotVisible(error) || isProfileNotFoundYet(error);
}

async function add(
  { profile, role }: MembershipDesired,
  { iam, clock }: CloudWriters,
  context: ApplyContext,
): Promise<void> {
  try {
    await retryTransient(async () => iam.addRoleToInstanceProfile(profile, role), isNotVisible, {
      clock,
      boundMilliseconds: roleVisibleSeconds * 1000,
      onWaiting: () => context.waiting('IAM to see what is new', roleVisibleSeconds),
    });
  } catch (error) {
    if (!hasCode(error, 'LimitExceeded')) throw error;
    const holds = (await iam.getInstanceProfile(profile))?.roles[0]?.name;
    if (holds === undefined) throw error;
    if (holds !== role) throw profileOccupied(profile, holds, role);
  }
}

async function remove({ profile, role }: MembershipDesired, ports: CloudWriters): Promise<void> {
  const { iam } = ports;
  const there = await iam.getInstanceProfile(profile);
  if (there?.roles[0]?.name !== role) return;
  await refuseIfUsed(profile, ports);
  try {
    await iam.removeRoleFromInstanceProfile(profile, role);
  } catch (error) {
    if (!hasCode(error, 'NoSuchEntity')) throw error;
  }
}

function parseOp(value: unknown): MembershipOp {
  const op = opFields('profile-membership', value);
  const kind = op.text('kind');
  if (kind !== 'add' && kind !== 'remove') throw op.invalid('kind');
  return { kind, profile: op.word('profile'), role: op.word('role') };
}
