import { arnName } from '../../core/policy/arn.js';
import { isOurs } from '../../core/account/ownership.js';
import { inlinePolicyName } from '../../core/policy/policies.js';
import type { Association, Instance } from '../../ports/ec2.js';
import type { InstanceProfile, Role } from '../../ports/iam.js';
import type { JsonObject } from '../../ports/json.js';
import type { CloudReaders } from '../../ports/lanes.js';

/** What the account itself tells about a set-up whose receipt is gone. */
export interface Traces {
  readonly instanceId: string;
  readonly instance: Instance | null;
  readonly association: Association | null;
  /** The instance's own profile if this tool made it, else the one of the tool's name. */
  readonly profile: InstanceProfile | null;
  /** The role in that profile, else the one of the tool's name. */
  readonly role: Role | null;
  /** The role of the instance's own profile where that is somebody else's. */
  readonly foreignRole: string | null;
  /** The tool's inline policy on the role, or on the foreign one where there is one. */
  readonly inline: JsonObject | null;
  readonly attached: readonly string[];
  /** Other instances that hold the profile. */
  readonly otherUsers: readonly string[];
}

/** Looks at what is on the instance and at what carries the tool's name; changes nothing. Errors are the SDK's own. */
export async function readTraces(
  instanceId: string,
  roleName: string,
  { iam, ec2 }: CloudReaders,
): Promise<Traces> {
  const [instance, association] = await Promise.all([
    ec2.describeInstance(instanceId),
    ec2.describeAssociation(instanceId),
  ]);
  const held = association === null ? null : await iam.getInstanceProfile(arnName(association.profileArn));
  const isHeldOurs = held !== null && isOurs(held.tags);
  const profile = isHeldOurs ? held : await iam.getInstanceProfile(roleName);
  const foreignRole = isHeldOurs ? null : (held?.roles[0]?.name ?? null);
  const role = await iam.getRole(profile?.roles[0]?.name ?? roleName);
  const withPolicy = foreignRole ?? role?.name ?? null;
  const [inline, attached, users] = await Promise.all([
    withPolicy === null ? null : iam.getRolePolicy(withPolicy, inlinePolicyName),
    role === null ? null : iam.listAttachedRolePolicies(role.name),
    profile === null ? [] : ec2.findProfileUsers(profile.arn),
  ]);
  return {
    instanceId,
    instance,
    association,
    profile,
    role,
    foreignRole,
    inline,
    attached: attached ?? [],
    otherUsers: users.filter((user) => user !== instanceId),
  };
}
