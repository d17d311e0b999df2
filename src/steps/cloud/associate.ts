import { unlessGone } from '../../core/account/gone-profile.js';
import { arnName } from '../../core/policy/arn.js';
import type { ApplyContext } from '../../core/step.js';
import {
  isAlreadyAssociated,
  isPropagating,
  isRoleNotInProfile,
  isStaleAssociation,
} from '../../core/failure/transient.js';
import { retryTransient } from '../../core/timing/wait.js';
import type { Association } from '../../ports/ec2.js';
import type { CloudWriters } from '../../ports/lanes.js';
import { alreadyAssociated, profileHasNoRole, profileNotVisible } from './refusals.js';
import { profileVisibleSeconds } from './visibility.js';

/** The old association is on its way out but still in the way: worth another try. */
class StillLeaving extends Error {}

/** Milliseconds after which an empty profile is believed to be empty: IAM's own reads lag by a few seconds at most. */
const emptyAfterMilliseconds = 3000;

/**
 * Gives an instance a profile, asking EC2 again for as long as it has not heard of it. Succeeds where the instance has it
 * already, unless that is the deleted one of the id `goneId`. Throws ALREADY_ASSOCIATED, PROFILE_HAS_NO_ROLE,
 * PROFILE_NOT_VISIBLE, or what EC2 said.
 */
export async function associateWhenVisible(
  instanceId: string,
  profileArn: string,
  ports: CloudWriters,
  context: ApplyContext,
  goneId: string | null = null,
): Promise<void> {
  const act = async (): Promise<void> => ports.ec2.associateProfile(instanceId, profileArn);
  await whenVisible(act, { instanceId, profileArn, previousArn: null, goneId, ports }, context);
}

/**
 * Puts a profile in the place of an association, with the same patience and the same errors. Says the unique id of the
 * profile that EC2 took, or `null` where its answer was lost or has none.
 */
export async function replaceWhenVisible(
  before: Association,
  profileArn: string,
  ports: CloudWriters,
  context: ApplyContext,
): Promise<string | null> {
  let taken: string | null = null;
  const act = async (): Promise<void> => {
    taken = await ports.ec2.replaceAssociation(before.id, profileArn);
  };
  const { instanceId, profileArn: previousArn } = before;
  const goneId = previousArn === profileArn ? before.profileId : null;
  await whenVisible(act, { instanceId, profileArn, previousArn, goneId, ports }, context);
  return taken;
}

async function whenVisible(act: () => Promise<void>, wanted: Wanted, context: ApplyContext): Promise<void> {
  const { profileArn, ports } = wanted;
  const start = ports.clock.now();
  const attempt = async (): Promise<void> => {
    try {
      await act();
    } catch (error) {
      await settle(error, wanted, ports.clock.now() - start);
    }
  };
  const isTransient = (error: unknown): boolean => isPropagating(error) || error instanceof StillLeaving;
  try {
    await retryTransient(attempt, isTransient, {
      clock: ports.clock,
      boundMilliseconds: profileVisibleSeconds * 1000,
      onWaiting: () => context.waiting('EC2 to see the new instance profile', profileVisibleSeconds),
    });
  } catch (error) {
    if (error instanceof StillLeaving) throw error.cause;
    throw isPropagating(error) ? profileNotVisible(arnName(profileArn), profileVisibleSeconds, error) : error;
  }
}

interface Wanted {
  readonly instanceId: string;
  readonly profileArn: string;
  /** The profile that is to be replaced. */
  readonly previousArn: string | null;
  /** The unique id of a deleted profile of that ARN, which the instance may still have. */
  readonly goneId: string | null;
  readonly ports: CloudWriters;
}

/** Returns where the refusal means that it is done already, e.g. because an answer was lost; else throws. `waited`: ms. */
async function settle(error: unknown, wanted: Wanted, waited: number): Promise<void> {
  const { instanceId, profileArn, previousArn, goneId, ports } = wanted;
  const taken = isAlreadyAssociated(error);
  if (taken || isStaleAssociation(error)) {
    const now = unlessGone(await ports.ec2.describeAssociation(instanceId), goneId);
    if (now?.profileArn === profileArn) return;
    if (taken && now === null) throw new StillLeaving('the old association is still there', { cause: error });
    if (now !== null && (taken || now.profileArn !== previousArn)) {
      throw alreadyAssociated(instanceId, arnName(now.profileArn));
    }
  }
  if (isRoleNotInProfile(error) && waited >= emptyAfterMilliseconds) {
    const name = arnName(profileArn);
    const profile = await ports.iam.getInstanceProfile(name);
    if (profile === null || profile.roles.length === 0) {
      throw profileHasNoRole(name, instanceId, profile !== null);
    }
  }
  throw error;
}
