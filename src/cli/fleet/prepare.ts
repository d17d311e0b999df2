import { randomBytes } from 'node:crypto';
import { arnName } from '../../core/arn.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode, SetupError } from '../../core/errors.js';
import { listedEc2 } from '../../core/fleet/listed-ec2.js';
import type { CloudGoal, Goal, ModelGoal } from '../../core/goal.js';
import type { PlannedStep } from '../../core/plan.js';
import { planLane } from '../../core/plan.js';
import type { Receipt } from '../../core/receipt.js';
import { isForTarget, openReceipts } from '../../core/receipt.js';
import type { Association, Instance } from '../../ports/ec2.js';
import type { FleetReaders, FleetWriters } from '../../ports/lanes.js';
import type { Identity } from '../../ports/identity.js';
import { cloudSteps } from '../../steps/cloud/index.js';
import type { CloudGoalReaders } from '../../steps/cloud/goal.js';
import { memoizeReaders, readCloudGoal } from '../../steps/cloud/goal.js';
import { failure } from '../../steps/cloud/refusals.js';
import { refuseState } from '../../steps/cloud/instance-refusals.js';
import { fleetSteps } from '../../steps/fleet/launch-template.js';
import { readModelGoal } from '../model.js';
import { explain } from '../outcome.js';
import type { Runtime } from '../runtime.js';
import type { FleetTarget } from './targets.js';
import { findFleet } from './targets.js';

/** Steps of which each instance has its own. */
const ownSteps: ReadonlySet<string> = new Set(['association', 'metadata-options']);

/** An instance and what it needs for itself; nothing where it is in place. */
export interface Member {
  readonly instance: Instance;
  readonly association: Association | null;
  readonly steps: readonly PlannedStep[];
}

/** Instances that get the same role through the same profile, and what they need together. */
export interface FleetGroup {
  readonly goal: Goal & { readonly cloud: CloudGoal };
  readonly shared: readonly PlannedStep[];
  readonly members: readonly Member[];
}

/** An instance for which nothing can be done, and why. */
export interface Refused {
  readonly id: string;
  readonly instance: Instance | null;
  readonly error: ErrorDetails;
}

/** Everything that is known once all instances have been looked at. Nothing has been changed. */
export interface PreparedFleet {
  readonly fleet: FleetTarget;
  readonly identity: Identity;
  readonly groups: readonly FleetGroup[];
  readonly refused: readonly Refused[];
  readonly receipt: Receipt | null;
  readonly receiptId: string;
  readonly account: FleetWriters;
}

/** The open receipt of what was set up together in this account and region, or `null`. */
export async function findFleetReceipt(
  runtime: Runtime,
  region: string,
  account: string | null,
): Promise<Receipt | null> {
  const receipts = await openReceipts(await runtime.store());
  const target = { account, region, instanceId: null, fleet: true } as const;
  return receipts.find((receipt) => isForTarget(receipt, target)) ?? null;
}

/** Looks at all instances, in pages, and at what they share once; works out who needs what. Only readers are used. */
export async function prepareFleet(runtime: Runtime): Promise<PreparedFleet> {
  return runtime.progress.during('looking at the instances', async () => look(runtime));
}

async function look(runtime: Runtime): Promise<PreparedFleet> {
  const { settings, clock } = runtime;
  const region = await runtime.region();
  const readOnly = settings.command !== 'setup' || (settings.dryRun && !settings.mock);
  const account = await runtime.account(region, readOnly ? 'read-only' : 'read-write');
  const [identity, fleet, model] = await Promise.all([
    account.identity.getCallerIdentity(),
    findFleet(runtime, account, region),
    readModelGoal(runtime, { here: null, instanceId: null, region, cloud: true, host: false }),
  ]);
  const associations = await account.ec2.listAssociations(fleet.instances.map(({ id }) => id));
  const ec2 = listedEc2(account.ec2, { instances: fleet.instances, associations }, clock);
  const readers = memoizeReaders({ clock, iam: account.iam, ec2: account.ec2, identity: account.identity });
  const receipt = await findFleetReceipt(runtime, region, identity.account);
  const receiptId = receipt?.id ?? `r-${randomBytes(6).toString('hex')}`;
  const looking: Looking = {
    runtime,
    fleet,
    model,
    receiptId,
    // Asked in memory, so there is nothing to remember.
    readers: { ...readers, ec2, autoScaling: account.autoScaling },
  };
  const { groups, refused } = await sort(looking, new Map(associations.map((one) => [one.instanceId, one])));
  const gone = fleet.missing.map((id) => ({ id, instance: null, error: notFound(id, identity, region) }));
  const writers = { clock, iam: account.iam, ec2, autoScaling: account.autoScaling };
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

interface Looking {
  readonly runtime: Runtime;
  readonly fleet: FleetTarget;
  readonly model: ModelGoal | null;
  readonly receiptId: string;
  readonly readers: CloudGoalReaders & FleetReaders;
}

function notFound(id: string, { account }: Identity, region: string): ErrorDetails {
  return failure(
    'INSTANCE_NOT_FOUND',
    `no instance ${id} in the region ${region} of the account ${account}`,
    'it is in another region or another account, or it was terminated an hour ago or more',
    'take it off the list, or run this again with its --region and --profile',
  ).details;
}

function stateRefusal(instance: Instance): ErrorDetails | null {
  try {
    refuseState(instance);
    return null;
  } catch (error) {
    if (error instanceof SetupError) return error.details;
    throw error;
  }
}

type Unshared = Omit<FleetGroup, 'shared'>;

/** Puts instances together by the profile that they have, and refuses those whose profile or state allows nothing. */
async function sort(
  looking: Looking,
  held: ReadonlyMap<string, Association>,
): Promise<{ readonly groups: readonly Unshared[]; readonly refused: readonly Refused[] }> {
  const { settings } = looking.runtime;
  const refused: Refused[] = [];
  const byProfile = new Map<string, Instance[]>();
  for (const instance of looking.fleet.instances) {
    const error = stateRefusal(instance);
    if (error !== null) {
      refused.push({ id: instance.id, instance, error });
      continue;
    }
    const key = settings.replaceProfile ? '' : (held.get(instance.id)?.profileArn ?? '');
    const list = byProfile.get(key);
    if (list === undefined) byProfile.set(key, [instance]);
    else list.push(instance);
  }
  const groups = new Map<string, Unshared>();
  for (const instances of byProfile.values()) {
    const goal = await goalFor(looking, instances, refused);
    if (goal === null) continue;
    const { instance: _, ...shared } = goal.cloud;
    const members = await Promise.all(
      instances.map(async (instance) =>
        memberOf(looking, goal, instance, held.get(instance.id) ?? null, refused),
      ),
    );
    const key = `${shared.role.name} ${shared.profile.arn}`;
    const known = groups.get(key);
    groups.set(key, { goal: known?.goal ?? goal, members: [...(known?.members ?? []), ...members.flat()] });
  }
  return { groups: [...groups.values()], refused };
}

/** What these instances come to; what is wrong with their profile is wrong with each of them, what is wrong with all is thrown. */
async function goalFor(
  { runtime, fleet, model, receiptId, readers }: Looking,
  instances: readonly Instance[],
  refused: Refused[],
): Promise<FleetGroup['goal'] | null> {
  const { settings } = runtime;
  const { region } = fleet;
  const [first] = instances;
  if (first === undefined) return null;
  try {
    const input = { settings, instanceId: first.id, region, model: Promise.resolve(model) };
    // A role has room for fifty tags, so what each instance had before is in the receipt alone.
    const cloud = { ...(await readCloudGoal(input, readers)), association: null };
    return { settings, receiptId, region, cloud, host: null, model };
  } catch (error) {
    const ofProfile = ['PROFILE_HAS_NO_ROLE', 'ROLE_TRUST_DIFFERS'];
    if (!(error instanceof SetupError) || !ofProfile.includes(error.code)) throw error;
    for (const instance of instances) refused.push({ id: instance.id, instance, error: error.details });
    return null;
  }
}

async function memberOf(
  { readers }: Looking,
  goal: FleetGroup['goal'],
  instance: Instance,
  association: Association | null,
  refused: Refused[],
): Promise<readonly Member[]> {
  const own = { ...goal, cloud: { ...goal.cloud, instance, association } };
  const steps = await planLane(
    cloudSteps.filter(({ id }) => ownSteps.has(id)),
    own,
    readers,
  );
  const conflict = steps.find((step) => step.conflict !== null && step.conflict.scope !== 'notice')?.conflict;
  if (conflict !== undefined && conflict !== null) {
    const { scope: _, ...error } = conflict;
    refused.push({ id: instance.id, instance, error });
    return [];
  }
  return [{ instance, association, steps: steps.flatMap(needed) }];
}

/** A step that has something to do; what it would tag is left out, see {@link goalFor}. */
function needed(step: PlannedStep): readonly PlannedStep[] {
  const changes = step.changes.filter(({ op }) => (op as { readonly kind?: unknown }).kind !== 'tag');
  return changes.length === 0 ? [] : [{ ...step, changes }];
}

/** Adds to each group what its instances need together; what two groups share is done with the first. */
async function withShared(
  { fleet, readers }: Looking,
  groups: readonly Unshared[],
): Promise<readonly FleetGroup[]> {
  const largest = groups.toSorted((a, b) => b.members.length - a.members.length)[0];
  const shared = cloudSteps.filter(({ id }) => !ownSteps.has(id));
  const seen = new Set<string>();
  const done: FleetGroup[] = [];
  for (const group of groups) {
    const alsoFine = groups.map(({ goal }) => goal.cloud.profile.name);
    const found = group === largest ? fleet.group : null;
    const cloud = found === null ? group.goal.cloud : { ...group.goal.cloud, group: { found, alsoFine } };
    const goal = { ...group.goal, cloud };
    const steps = [
      ...(await planLane(shared, goal, readers)),
      ...(found === null ? [] : await planLane(fleetSteps, goal, readers)),
    ];
    const fresh = steps.filter(({ step, changes, subject }) => {
      const key = JSON.stringify([step, subject, changes.map(({ op }) => op)]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    done.push({ ...group, goal, shared: fresh });
  }
  return done;
}

/** The name of the profile that an instance has, or `null`. */
export function profileName(association: Association | null): string | null {
  return association === null ? null : arnName(association.profileArn);
}

/** Why nothing at all may be done, or `null`. */
export function stoppingError({ groups, refused }: PreparedFleet): ErrorDetails | null {
  const stopping = groups
    .flatMap(({ shared }) => shared)
    .find(({ conflict }) => conflict?.scope === 'run')?.conflict;
  if (stopping !== undefined && stopping !== null) {
    const { scope: _, ...error } = stopping;
    return error;
  }
  const [first] = refused;
  if (groups.length > 0 || first === undefined) return null;
  return refused.length === 1 ? first.error : allRefused(refused);
}

function allRefused(refused: readonly Refused[]): ErrorDetails {
  const codes = [...new Set(refused.map(({ error }) => error.code))];
  return {
    code: codes.length === 1 ? (codes[0] ?? '') : 'NO_INSTANCE_LEFT',
    message: `none of the ${refused.length} instances can be set up: ${codes.join(', ')}`,
    why: refused[0]?.error.why ?? '',
    fix: refused[0]?.error.fix ?? '',
    exitCode: ExitCode.failed,
  };
}

/** {@link explain} for what went wrong with one instance, or with all. */
export function explainFor(
  runtime: Runtime,
  { fleet: { region } }: Pick<PreparedFleet, 'fleet'>,
  goal: Goal | null,
  instanceId: string | null,
  error: unknown,
): ErrorDetails {
  const target = { here: null, instanceId, region, cloud: true, host: false };
  return explain(runtime, error, goal === null ? { target } : { target, goal });
}
