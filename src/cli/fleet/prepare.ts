import type { ErrorDetails } from '../../core/errors.js';
import { listedEc2 } from '../../core/fleet/listed-ec2.js';
import { fleetTarget } from '../../core/receipt.js';
import type { Identity } from '../../ports/identity.js';
import { memoizeReaders } from '../../steps/cloud/goal.js';
import { failure } from '../../core/errors.js';
import { readModelGoal } from '../look/model.js';
import { findReceipt, newReceiptId } from '../look/receipts.js';
import type { Runtime } from '../runtime.js';
import { whyMissing } from '../remote/gone.js';
import type { Looking } from './groups.js';
import { sort, withShared } from './groups.js';
import type { PreparedFleet } from './prepared.js';
import { findFleet } from './targets.js';

/** Looks at all instances, in pages, and at what they share once; works out who needs what. Only readers are used. */
export async function prepareFleet(runtime: Runtime): Promise<PreparedFleet> {
  return runtime.progress.during('looking at the instances', async () => look(runtime));
}

async function look(runtime: Runtime): Promise<PreparedFleet> {
  const { settings, clock } = runtime;
  const region = await runtime.region();
  const readOnly = settings.command !== 'setup' || (settings.dryRun && !settings.mock);
  const account = await runtime.account(region, readOnly ? 'read-only' : 'read-write');
  const [identity, fleet, model, enrollment] = await Promise.all([
    account.identity.getCallerIdentity(),
    findFleet(runtime, account, region),
    readModelGoal(runtime, { instanceId: null, region, cloud: true }),
    settings.enroll === null
      ? null
      : import('../remote/enrollment.js').then(async (module) => module.enrollmentGoal(settings, region)),
  ]);
  const associations = await account.ec2.listAssociations(fleet.instances.map(({ id }) => id));
  const ec2 = listedEc2(account.ec2, { instances: fleet.instances, associations }, clock);
  const readers = memoizeReaders(account);
  const receipt = await findReceipt(runtime, fleetTarget(identity.account, region));
  const receiptId = receipt?.id ?? newReceiptId();
  const looking: Looking = {
    runtime,
    fleet,
    model,
    enrollment,
    receiptId,
    // Asked in memory, so there is nothing to remember.
    readers: { ...readers, ec2, autoScaling: account.autoScaling },
  };
  const { groups, refused } = await sort(looking, new Map(associations.map((one) => [one.instanceId, one])));
  const gone = fleet.missing.map((id) => ({ id, instance: null, error: notFound(id, identity, region) }));
  const { iam, enrollments, autoScaling } = account;
  const writers = { clock, iam, ec2, enrollments, autoScaling };
  return {
    fleet,
    identity,
    groups: await withShared(looking, groups),
    refused: [...refused, ...gone],
    receipt,
    receiptId,
    account: writers,
  };
}

function notFound(id: string, { account }: Identity, region: string): ErrorDetails {
  return failure(
    'INSTANCE_NOT_FOUND',
    `no instance ${id} in the region ${region} of the account ${account}`,
    whyMissing,
    'take it off the list, or run this again with its --region and --profile',
  ).details;
}
