import { arnName } from '../../core/policy/arn.js';
import type { Action, StepId } from '../../core/change.js';
import { isOurs, receiptTagKey } from '../../core/account/ownership.js';
import { inlinePolicyName } from '../../core/policy/policies.js';
import { previousProfileKey } from '../../core/account/previous-profile.js';
import type { ReceiptEntry } from '../../core/receipt.js';
import type { InstanceProfile, Role, Tags } from '../../ports/iam.js';
import type { AssociationOp } from './association-ops.js';
import type { ProfileOp } from './instance-profile.js';
import type { RoleOp } from './iam-role.js';
import type { PolicyOp } from './permission-policy-ops.js';
import type { MembershipOp } from './profile-membership.js';
import type { Traces } from './traces.js';

/** What can be taken back without a receipt, in the order in which it was done. */
export interface Recovered {
  readonly entries: readonly ReceiptEntry[];
  /** What the account does not tell, and what to do about it; each a sentence without a full stop. */
  readonly unknown: readonly string[];
  /** The same of this instance alone, and of none that shares its role. */
  readonly unknownHere: readonly string[];
  /** What of it stays in the account, whether or not anything is taken back. */
  readonly staying: readonly string[];
}

type Undo = RoleOp | ProfileOp | PolicyOp | MembershipOp | AssociationOp;
type Row = Pick<ReceiptEntry, 'step' | 'action' | 'target' | 'detail' | 'undo'>;

function row(step: StepId, action: Action, target: string, detail: string, undo: Undo): Row {
  return { step, action, target, detail, undo };
}

function madeUnder(tags: Tags): { readonly receiptId?: string } {
  const receiptId = tags[receiptTagKey];
  return receiptId === undefined ? {} : { receiptId };
}

/** Whatever the tool may have said about it: a thing without the tool's tag is not the tool's. */
function ours<Thing extends Role | InstanceProfile>(thing: Thing | null): Thing | null {
  return thing !== null && isOurs(thing.tags) ? thing : null;
}

function roleRows({ role, foreignRole, inline }: Traces): readonly Row[] {
  const made = ours(role);
  if (made === null) return [];
  const { name } = made;
  const undo: RoleOp = { kind: 'delete', name, ...madeUnder(made.tags) };
  const rows = [row('iam-role', 'create', name, 'has the tag of this tool', undo)];
  if (inline === null || foreignRole !== null) return rows;
  const restore: PolicyOp = { kind: 'restore', role: name, document: null, expected: inline };
  return [
    ...rows,
    row(
      'permission-policy',
      'create',
      `${inlinePolicyName} on ${name}`,
      'has the name that this tool gives',
      restore,
    ),
  ];
}

function profileRows({ profile }: Traces): readonly Row[] {
  const made = ours(profile);
  if (made === null) return [];
  const { name } = made;
  const undo: ProfileOp = { kind: 'delete', name, ...madeUnder(made.tags) };
  const rows = [row('instance-profile', 'create', name, 'has the tag of this tool', undo)];
  return [
    ...rows,
    ...made.roles.map(({ name: role }) =>
      row('profile-membership', 'create', `${role} -> ${name}`, 'the role is in the profile', {
        kind: 'remove',
        profile: name,
        role,
      }),
    ),
  ];
}

function associationRows({ instanceId, association, profile, role }: Traces): readonly Row[] {
  const made = ours(profile);
  if (made === null) return [];
  const { arn: profileArn, name } = made;
  const target = `${instanceId} -> ${name}`;
  const key = previousProfileKey(instanceId);
  const previous = ours(role)?.tags[key];
  if (previous === undefined || role === null) {
    if (association?.profileArn !== profileArn) return [];
    const release: AssociationOp = { kind: 'release', instanceId, profileArn };
    return [row('association', 'create', target, 'the instance has the profile', release)];
  }
  const before = `${profileArn.slice(0, -arnPath(profileArn).length)}instance-profile/${previous}`;
  const restore: AssociationOp = { kind: 'restore', instanceId, profileArn: before, expectedArn: profileArn };
  const untag: AssociationOp = { kind: 'untag', role: role.name, key };
  return [
    row('association', 'update', role.name, `tag: ${instanceId} had ${previous}`, untag),
    row('association', 'replace', target, `instead of ${previous}`, restore),
  ];
}

/** What follows the account in an ARN: `instance-profile/path/name`. */
function arnPath(arn: string): string {
  return arn.split(':').slice(5).join(':');
}

function unknownOf(traces: Traces, isKept: boolean): readonly string[] {
  const { role, attached, otherUsers } = traces;
  const made = ours(role);
  return [
    'what was changed on the instance itself: run undo there, where its own receipt is',
    ...(isKept
      ? [
          `${otherUsers.join(', ')} may have been set up by others: the role and the profile are kept for them`,
        ]
      : []),
    ...(made === null || isKept || attached.length === 0
      ? []
      : [
          `who attached ${attached.map(arnName).join(', ')} to the role ${made.name}, which can only be deleted without: ${attached
            .map((arn) => `aws iam detach-role-policy --role-name ${made.name} --policy-arn ${arn}`)
            .join('; ')}`,
        ]),
    ...stayingOf(traces),
  ];
}

function unknownHereOf({ instanceId, instance }: Traces): readonly string[] {
  const hops = instance?.metadataOptions.hopLimit;
  if (hops === undefined || hops < 2) return [];
  return [`whether the metadata hop limit of ${instanceId}, which is ${hops}, was another one before`];
}

/** Our policy on a role that was there: what it said before, and whether there was one, only the receipt knew. */
function stayingOf({ foreignRole, inline }: Traces): readonly string[] {
  if (foreignRole === null || inline === null) return [];
  return [
    `what the inline policy ${inlinePolicyName} of the role ${foreignRole} was before; if nothing needs it: aws iam delete-role-policy --role-name ${foreignRole} --policy-name ${inlinePolicyName}`,
  ];
}

/**
 * Works out from what the account shows what a set-up of one instance has made, as entries of a receipt that only say how
 * to take it back. Only what carries the tool's tag is touched; what other instances use stays. Pure.
 */
export function recover(traces: Traces, at: string): Recovered {
  const isKept = traces.otherUsers.length > 0;
  const made = isKept ? [] : [...roleRows(traces), ...profileRows(traces)];
  const entries = [...made, ...associationRows(traces)].map(
    (entry): ReceiptEntry => ({ ...entry, op: null, status: 'intended', at }),
  );
  return {
    entries,
    unknown: unknownOf(traces, isKept),
    unknownHere: unknownHereOf(traces),
    staying: stayingOf(traces),
  };
}
