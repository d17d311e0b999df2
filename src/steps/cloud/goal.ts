import { arnName } from '../../core/policy/arn.js';
import { refuseRegion } from '../../core/model/bedrock-regions.js';
import type { CloudGoal, ModelGoal } from '../../core/goal.js';
import { memoize } from '../../core/timing/memoize.js';
import { inlinePolicyName, policyGoal } from '../../core/policy/policies.js';
import { trustsEc2 } from '../../core/policy/policy-document.js';
import type { Settings } from '../../core/settings.js';
import type { Association, Instance } from '../../ports/ec2.js';
import type { InstanceProfile, Role } from '../../ports/iam.js';
import type { Identity, IdentityReader } from '../../ports/identity.js';
import type { CloudReaders } from '../../ports/lanes.js';
import { instanceNotFound, refuseState } from './instance-refusals.js';
import { profileHasNoRole, roleTrustDiffers } from './refusals.js';

/** What must be readable to know what the settings come to in the account. */
export interface CloudGoalReaders extends CloudReaders {
  readonly identity: IdentityReader;
}

/** What is asked for. */
export interface CloudGoalInput {
  readonly settings: Settings;
  readonly instanceId: string;
  readonly region: string;
  /** The resolved model, where the policy depends on it. */
  readonly model: Promise<ModelGoal | null>;
}

/** Readers that ask AWS for each thing once, so that the goal and the steps share their reads. One look long. */
export function memoizeReaders(readers: CloudGoalReaders): CloudGoalReaders {
  const { clock, iam, ec2, identity, enrollments } = readers;
  return { clock, enrollments, iam: memoize(iam), ec2: memoize(ec2), identity: memoize(identity) };
}

/** Lets a promise fail without anybody looking at it yet. */
function later<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

/**
 * Looks at the account and says what the settings come to there. Everything that can be asked for is asked for at once,
 * what the steps will need (role and profile of our name, and that role's policies) included; `readers` come from {@link memoizeReaders}.
 * Throws, having changed nothing: BEDROCK_NOT_IN_REGION, BEDROCK_NOT_IN_PARTITION, INSTANCE_NOT_FOUND,
 * INSTANCE_WRONG_STATE, PROFILE_HAS_NO_ROLE, ROLE_TRUST_DIFFERS, MODEL_NEEDED, POLICY_NOT_IN_ACCOUNT.
 */
export async function readCloudGoal(input: CloudGoalInput, readers: CloudGoalReaders): Promise<CloudGoal> {
  const { settings, instanceId, region } = input;
  const model = later(input.model);
  const refused = refuseRegion(region);
  if (refused !== null) throw refused;
  const { iam, ec2 } = readers;
  const looks = {
    identity: later(readers.identity.getCallerIdentity()),
    instance: later(ec2.describeInstance(instanceId)),
    association: later(ec2.describeAssociation(instanceId)),
    role: later(iam.getRole(settings.roleName)),
    profile: later(iam.getInstanceProfile(settings.roleName)),
  };
  // A role of our name is nearly always the one that gets the policy: its rights are asked for as soon as it is known.
  const early = async (role: Role | null): Promise<unknown> =>
    role === null
      ? null
      : Promise.all([
          iam.getRolePolicy(role.name, inlinePolicyName),
          iam.listAttachedRolePolicies(role.name),
        ]);
  looks.role.then(early).catch(() => undefined);
  const identity = await looks.identity;
  const instance = await looks.instance;
  if (instance === null) throw await instanceNotFound(instanceId, identity, region, ec2);
  refuseState(instance);
  const association = await looks.association;
  const held = await heldProfile(settings, association, looks.profile, readers);
  const policy = policyGoal(settings.policy, identity, region, await model);
  const role = held.kept === null ? await looks.role : null;
  return { identity, instance, association, policy, ...target(settings, identity, instance, held, role) };
}

/** The profile that the instance keeps, and what IAM knows of it; `null` where ours goes on. */
interface HeldProfile {
  readonly ours: InstanceProfile | null;
  readonly kept: { readonly arn: string; readonly found: InstanceProfile | null } | null;
}

async function heldProfile(
  settings: Settings,
  association: Association | null,
  ourProfile: Promise<InstanceProfile | null>,
  { iam }: CloudReaders,
): Promise<HeldProfile> {
  if (association === null || settings.replaceProfile) return { ours: await ourProfile, kept: null };
  const { profileArn: arn } = association;
  const name = arnName(arn);
  if (name !== settings.roleName)
    return { ours: null, kept: { arn, found: await iam.getInstanceProfile(name) } };
  const ours = await ourProfile;
  const holds = ours?.roles[0]?.name;
  const isNamesake = holds !== undefined && holds !== settings.roleName;
  return { ours, kept: isNamesake ? { arn, found: ours } : null };
}

/** Which role gets the policy, through which profile. */
function target(
  settings: Settings,
  identity: Identity,
  instance: Instance,
  { ours, kept }: HeldProfile,
  ourRole: Role | null,
): Pick<CloudGoal, 'role' | 'profile'> {
  const name = settings.roleName;
  if (kept === null) {
    const { partition, account } = identity;
    const root = `arn:${partition}:iam::${account}`;
    return {
      role: { name, arn: ourRole?.arn ?? `${root}:role/${name}`, adopted: false },
      profile: { name, arn: ours?.arn ?? `${root}:instance-profile/${name}`, adopted: false },
    };
  }
  const profileName = arnName(kept.arn);
  const role = kept.found?.roles[0];
  if (role === undefined) throw profileHasNoRole(profileName, instance.id, kept.found !== null);
  if (!trustsEc2(role.trustPolicy)) {
    const fix = `let ec2.amazonaws.com assume ${role.name}, or pass --replace-profile to give ${instance.id} a profile of its own`;
    throw roleTrustDiffers(role.name, fix);
  }
  return {
    role: { name: role.name, arn: role.arn, adopted: true },
    profile: { name: profileName, arn: kept.arn, adopted: true },
  };
}
