import type { CloudGoal, Goal, PolicyGoal } from '../core/goal.js';
import type { Plan } from '../core/plan.js';
import { planLane } from '../core/plan.js';
import type { Settings } from '../core/settings.js';
import type { Association, Instance, InstanceState } from '../ports/ec2.js';
import type { Identity } from '../ports/identity.js';
import type { CloudReaders } from '../ports/lanes.js';
import { cloudSteps } from '../steps/cloud/index.js';

/** What a plan is made for where nobody has looked. */
export interface FreshInput {
  readonly settings: Settings;
  readonly identity: Identity;
  readonly region: string;
  readonly policy: PolicyGoal;
  /** An instance's id, or `*` for any. */
  readonly instanceId: string;
}

/** A goal and what it takes to reach it. */
export interface GoalAndPlan {
  readonly goal: Goal;
  readonly plan: Plan;
}

function freshGoal(input: FreshInput, state: InstanceState): Goal & { readonly cloud: CloudGoal } {
  const { settings, identity, region, policy, instanceId } = input;
  const name = settings.roleName;
  const root = `arn:${identity.partition}:iam::${identity.account}`;
  const instance: Instance = {
    id: instanceId,
    name: null,
    state,
    managers: [],
    profileArn: null,
    // No limit that can be asked for is 0, so that one that is asked for is a change.
    metadataOptions: { endpoint: 'enabled', tokens: 'required', hopLimit: 0 },
  };
  const association: Association | null = settings.replaceProfile
    ? {
        id: 'iip-assoc-00000000000000000',
        instanceId,
        profileArn: `${root}:instance-profile/previous`,
        profileId: null,
        state: 'associated',
        since: null,
      }
    : null;
  const cloud: CloudGoal = {
    identity,
    instance,
    association,
    role: { name, arn: `${root}:role/${name}`, adopted: false },
    profile: { name, arn: `${root}:instance-profile/${name}`, adopted: false },
    policy,
  };
  const enrollment = settings.enroll === null ? null : { ...settings.enroll, script: 'true' };
  return { settings, receiptId: 'r-000000000000', region, cloud, host: null, model: null, enrollment };
}

/** An account in which there is nothing but the instance, and with `--replace-profile` the profile to replace. */
function emptyReaders({ cloud }: { readonly cloud: CloudGoal }): CloudReaders {
  const nothing = (): Promise<null> => Promise.resolve(null);
  const nobody = (): Promise<readonly string[]> => Promise.resolve([]);
  return {
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    enrollments: { findEnrollment: nothing },
    iam: {
      getRole: nothing,
      getRolePolicy: nothing,
      listAttachedRolePolicies: nothing,
      getInstanceProfile: nothing,
      hasPolicy: nothing,
    },
    ec2: {
      describeInstance: () => Promise.resolve(cloud.instance),
      describeAssociation: () => Promise.resolve(cloud.association),
      findRegions: nobody,
      findProfileUsers: nobody,
      unseenRegions: nobody,
    },
  };
}

/**
 * What the settings take in an account where nothing is there yet: one plan, or with `--replace-profile` one for a running
 * and one for a stopped instance, since a profile is replaced in another way on each.
 */
export async function freshPlans(input: FreshInput): Promise<readonly GoalAndPlan[]> {
  const states: readonly InstanceState[] = input.settings.replaceProfile
    ? ['running', 'stopped']
    : ['running'];
  return Promise.all(
    states.map(async (state) => {
      const goal = freshGoal(input, state);
      return { goal, plan: { steps: await planLane(cloudSteps, goal, emptyReaders(goal)) } };
    }),
  );
}
