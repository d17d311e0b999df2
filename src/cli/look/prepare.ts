import type { ErrorDetails } from '../../core/errors.js';
import type { CloudGoal, Goal, HostGoal, ModelGoal } from '../../core/goal.js';
import type { Plan } from '../../core/plan.js';
import { planLane, stoppingConflict } from '../../core/plan.js';
import type { Receipt } from '../../core/receipt.js';
import type { CloudReaders, CloudWriters, HostReaders, HostWriters } from '../../ports/lanes.js';
import { readModelGoal } from './model.js';
import { findReceipt, newReceiptId } from './receipts.js';
import type { Runtime } from '../runtime.js';
import type { Place, Target } from './target.js';
import { resolvePlace, resolveTarget } from './target.js';

/** Everything that is known once the account and the host have been looked at. Nothing has been changed. */
export interface Prepared {
  readonly target: Target;
  readonly goal: Goal;
  readonly plan: Plan;
  /** The receipt that this run goes on with, or `null` where it would begin one. */
  readonly receipt: Receipt | null;
  /** Because of this nothing may be done. */
  readonly conflict: ErrorDetails | null;
  readonly cloud: CloudWriters | null;
  readonly host: HostWriters | null;
}

async function readHostGoal(runtime: Runtime, region: string): Promise<HostGoal> {
  const host = await runtime.host();
  const { isMigration, shellNameOf } = await import('../../steps/host/index.js');
  const openclaw = await host.openclaw.installation();
  return {
    shell: shellNameOf(host.user.shell),
    home: host.user.home,
    openclaw,
    migrates: await isMigration(openclaw, host.openclaw),
    variables: { AWS_PROFILE: runtime.settings.gatewayProfile, AWS_REGION: region },
  };
}

interface CloudLook {
  readonly goal: CloudGoal;
  readonly look: CloudReaders;
  readonly act: CloudWriters;
}

async function readCloud(
  runtime: Runtime,
  place: Place,
  model: Promise<ModelGoal | null>,
): Promise<CloudLook | null> {
  const { settings } = runtime;
  const { instanceId, region } = place;
  if (!place.cloud || instanceId === null) return null;
  const readOnly = settings.command !== 'setup' || (settings.dryRun && !settings.mock);
  const [account, { memoizeReaders, readCloudGoal }] = await Promise.all([
    runtime.account(region, readOnly ? 'read-only' : 'read-write'),
    import('../../steps/cloud/goal.js'),
  ]);
  const look = memoizeReaders(account);
  return { goal: await readCloudGoal({ settings, region, instanceId, model }, look), look, act: account };
}

/** Reads the account and the host side by side and works out the plan. Only readers are used. */
export async function prepare(runtime: Runtime): Promise<Prepared> {
  return runtime.progress.during('looking at what is there', async () => look(runtime));
}

async function look(runtime: Runtime): Promise<Prepared> {
  const { settings, clock } = runtime;
  // Where the settings name instance and region, the account is asked beside the instance's metadata, not after it.
  const place = await resolvePlace(runtime);
  const asked = readModelGoal(runtime, place);
  const resolving = resolveTarget(runtime);
  const [target, cloud, host, model] = await Promise.all([
    resolving,
    readCloud(runtime, place, asked),
    resolving.then(async ({ host: here }) => (here ? readHostGoal(runtime, place.region) : null)),
    asked,
  ]);
  const account = cloud?.goal.identity.account ?? target.here?.account ?? null;
  const { region, instanceId } = target;
  const receipt = await findReceipt(runtime, { account, region, instanceId });
  const goal: Goal = {
    settings,
    receiptId: receipt?.id ?? newReceiptId(),
    region,
    cloud: cloud?.goal ?? null,
    host,
    model,
    enrollment:
      settings.enroll === null
        ? null
        : await (await import('../remote/enrollment.js')).enrollmentGoal(settings, region),
  };
  const hostPorts = host === null ? null : { clock, host: await runtime.host() };
  const plan = await planAll(goal, cloud?.look ?? null, hostPorts);
  return {
    target,
    goal,
    plan,
    receipt,
    conflict: stoppingConflict(plan),
    cloud: cloud?.act ?? null,
    host: hostPorts,
  };
}

async function planAll(goal: Goal, cloud: CloudReaders | null, host: HostReaders | null): Promise<Plan> {
  const lanes = await Promise.all([
    cloud === null
      ? []
      : import('../../steps/cloud/index.js').then(async ({ cloudSteps }) =>
          planLane(cloudSteps, goal, cloud),
        ),
    host === null
      ? []
      : import('../../steps/host/index.js').then(async ({ hostSteps }) => planLane(hostSteps, goal, host)),
  ]);
  return { steps: lanes.flat() };
}
