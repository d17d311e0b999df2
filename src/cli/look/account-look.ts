import { partitionOfRegion, refuseRegion } from '../../core/model/bedrock-regions.js';
import { errorName, SetupError, usageError } from '../../core/errors.js';
import type { CloudGoal, Goal, ModelGoal } from '../../core/goal.js';
import type { Identity } from '../../ports/identity.js';
import { readModelGoal } from './model.js';
import type { Prepared } from './prepare.js';
import { prepare } from './prepare.js';
import type { Runtime } from '../runtime.js';

/** What was seen in the account. */
export type AccountLook = Prepared & { readonly goal: Goal & { readonly cloud: CloudGoal } };

/** The account that is meant: the one of `--account`, else of the credentials. Throws ACCOUNT_NEEDED for neither. */
export async function identityOf(runtime: Runtime, region: string): Promise<Identity> {
  const { account } = runtime.settings;
  if (account !== null) return { account, partition: partitionOfRegion(region), arn: '' };
  try {
    const { identity } = await runtime.account(region, 'read-only');
    return await identity.getCallerIdentity();
  } catch (error) {
    if (errorName(error) !== 'CredentialsProviderError') throw error;
    throw usageError(
      'ACCOUNT_NEEDED',
      'it is not known for which account this is, and there are no credentials to ask with',
      'the ARNs in a policy name the account',
      'add --account, for example --account 111122223333, or sign in',
    );
  }
}

/** The model, where the rights depend on it; else `null`. */
export async function modelOf(runtime: Runtime, region: string): Promise<ModelGoal | null> {
  if (runtime.settings.policy.kind !== 'scoped') return null;
  return readModelGoal(runtime, { instanceId: null, region, cloud: true });
}

/** The region. Throws BEDROCK_NOT_IN_REGION and BEDROCK_NOT_IN_PARTITION besides what looking for it throws. */
export async function regionOf(runtime: Runtime): Promise<string> {
  const region = await runtime.region();
  const refused = refuseRegion(region);
  if (refused !== null) throw refused;
  return region;
}

/**
 * A look at the account alone; this host is left out, wherever this runs. Throws what stands in the way, and warns of what
 * does not.
 */
export async function lookAtAccount(runtime: Runtime): Promise<AccountLook> {
  const settings = { ...runtime.settings, host: 'skip' as const };
  const prepared = await prepare({ ...runtime, settings });
  const { conflict, goal, plan } = prepared;
  if (conflict !== null) throw new SetupError(conflict);
  for (const { conflict: found } of plan.steps) if (found !== null) runtime.progress.warn(found.message);
  const { cloud } = goal;
  if (cloud === null) throw new Error('there is no plan for the account');
  return { ...prepared, goal: { ...goal, cloud } };
}
