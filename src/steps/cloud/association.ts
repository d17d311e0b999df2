import { goneProfileId } from '../../core/account/gone-profile.js';
import { arnName } from '../../core/policy/arn.js';
import type { Change, Conflict } from '../../core/change.js';
import { maximumTags, previousProfileTags } from '../../core/account/previous-profile.js';
import type { Step } from '../../core/step.js';
import type { Association, InstanceState } from '../../ports/ec2.js';
import type { Tags } from '../../ports/iam.js';
import type { CloudReaders, CloudWriters } from '../../ports/lanes.js';
import { applyAssociationOp, parseAssociationOp } from './association-ops.js';
import type { AssociationOp } from './association-ops.js';
import { stop } from '../conflicts.js';
import { alreadyAssociated } from './refusals.js';

/** The instance profile that is wanted on an instance. */
export interface AssociationDesired {
  readonly instanceId: string;
  readonly state: InstanceState;
  readonly profileArn: string;
  readonly role: string;
  readonly replace: boolean;
}

/**
 * What is on the instance: the id of the deleted profile, where it is one that had the wanted one's name, and the tags of the
 * role where another is about to be replaced.
 */
export interface AssociationActual {
  readonly association: Association;
  readonly goneId: string | null;
  readonly roleTags: Tags | null;
}

/** The link between the instance and the profile. Another's is replaced only on request, as a whole. */
export const association: Step<
  AssociationDesired,
  AssociationActual,
  AssociationOp,
  CloudReaders,
  CloudWriters
> = {
  id: 'association',
  lane: 'cloud',
  title: 'association',
  after: ['profile-membership'],
  desired({ cloud, settings }) {
    if (cloud === null) return null;
    const { instance, profile, role } = cloud;
    return {
      instanceId: instance.id,
      state: instance.state,
      profileArn: profile.arn,
      role: role.name,
      replace: settings.replaceProfile,
    };
  },
  subject: ({ instanceId, profileArn }) => `${instanceId} -> ${arnName(profileArn)}`,
  async read({ instanceId, profileArn, role }, { ec2, iam }) {
    const found = await ec2.describeAssociation(instanceId);
    if (found === null) return null;
    if (found.profileArn !== profileArn)
      return { association: found, goneId: null, roleTags: (await iam.getRole(role))?.tags ?? null };
    const profile = await iam.getInstanceProfile(arnName(profileArn));
    return { association: found, goneId: goneProfileId(found, profile), roleTags: null };
  },
  diff,
  async apply(op, ports, context) {
    await applyAssociationOp(op, ports, context);
    return null;
  },
  parseOp: parseAssociationOp,
};

function diff(
  desired: AssociationDesired,
  actual: AssociationActual | null,
): readonly Change<AssociationOp>[] | Conflict {
  const { instanceId, profileArn, replace, state } = desired;
  if (actual === null) return [associate(desired, 'the instance gets the profile')];
  const previousArn = actual.association.profileArn;
  if (previousArn === profileArn) return actual.goneId === null ? [] : renew(desired, actual.goneId);
  if (!replace) return stop(alreadyAssociated(instanceId, arnName(previousArn)));
  const remember = rememberChanges(desired, actual);
  const instead = `instead of ${arnName(previousArn)}`;
  const restore: AssociationOp = {
    kind: 'restore',
    instanceId,
    profileArn: previousArn,
    expectedArn: profileArn,
  };
  if (state !== 'stopped') {
    const op: AssociationOp = { kind: 'replace', instanceId, profileArn, previousArn };
    const target = `${instanceId} -> ${arnName(profileArn)}`;
    return [...remember, { action: 'replace', target, detail: instead, op, undo: restore }];
  }
  const release: AssociationOp = { kind: 'release', instanceId, profileArn: previousArn };
  const target = `${instanceId} -> ${arnName(previousArn)}`;
  const detail = 'taken off, since the instance is stopped';
  return [
    ...remember,
    { action: 'delete', target, detail, op: release, undo: restore },
    associate(desired, instead),
  ];
}

/**
 * The profile was deleted and is made anew under its name. The deleted one cannot come back, so an undo only takes off the new
 * one, as if the instance had had none.
 */
function renew(desired: AssociationDesired, goneId: string): readonly Change<AssociationOp>[] {
  const { instanceId, profileArn, state } = desired;
  const on = { instanceId, profileArn };
  const old = { ...on, goneId };
  const target = `${instanceId} -> ${arnName(profileArn)}`;
  const detail = 'the instance still has the deleted profile of that name, not the one made anew';
  if (state !== 'stopped') {
    const op: AssociationOp = { kind: 'replace', ...old, previousArn: profileArn };
    return [{ action: 'replace', target, detail, op, undo: { kind: 'release', ...on } }];
  }
  const add = associate(desired, 'instead of the deleted profile');
  return [
    { action: 'delete', target, detail, op: { kind: 'release', ...old }, undo: null },
    { ...add, op: { kind: 'associate', ...old } },
  ];
}

function associate({ instanceId, profileArn }: AssociationDesired, detail: string): Change<AssociationOp> {
  return {
    action: 'create',
    target: `${instanceId} -> ${arnName(profileArn)}`,
    detail,
    op: { kind: 'associate', instanceId, profileArn },
    undo: { kind: 'release', instanceId, profileArn },
  };
}

/** A role that is made in this run carries the tag from the start; one that is there already gets it first. */
function rememberChanges(
  { instanceId, profileArn, role }: AssociationDesired,
  { association: found, roleTags }: AssociationActual,
): readonly Change<AssociationOp>[] {
  if (roleTags === null || Object.keys(roleTags).length >= maximumTags) return [];
  return Object.entries(previousProfileTags(instanceId, found, profileArn)).flatMap(([key, value]) => {
    const before = roleTags[key];
    if (before === value) return [];
    const undo: AssociationOp =
      before === undefined ? { kind: 'untag', role, key } : { kind: 'tag', role, key, value: before };
    const op: AssociationOp = { kind: 'tag', role, key, value };
    return [{ action: 'update' as const, target: role, detail: `tag: ${instanceId} had ${value}`, op, undo }];
  });
}
