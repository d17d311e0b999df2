import type { ErrorDetails } from '../../core/errors.js';
import { SetupError } from '../../core/errors.js';
import type { EnrollmentGoal } from '../../core/account/enrollment.js';
import type { ModelGoal } from '../../core/goal.js';
import type { PlannedStep, StepEdits } from '../../core/plan.js';
import { planLane } from '../../core/plan.js';
import type { Association, Instance } from '../../ports/ec2.js';
import type { FleetReaders } from '../../ports/lanes.js';
import type { CloudGoalReaders } from '../../steps/cloud/goal.js';
import { readCloudGoal } from '../../steps/cloud/goal.js';
import { cloudSteps } from '../../steps/cloud/index.js';
import { refuseState } from '../../steps/cloud/instance-refusals.js';
import { fleetSteps } from '../../steps/fleet/launch-template.js';
import type { Runtime } from '../runtime.js';
import type { FleetGroup, Member, Refused } from './prepared.js';
import type { FleetTarget } from './targets.js';

/** Steps of which each instance has its own. */
const ownSteps: ReadonlySet<string> = new Set(['association', 'metadata-options']);

/** One look at many instances: what is read from, and what is known already. */
export interface Looking {
  readonly runtime: Runtime;
  readonly fleet: FleetTarget;
  readonly model: ModelGoal | null;
  readonly enrollment: EnrollmentGoal | null;
  readonly receiptId: string;
  readonly readers: CloudGoalReaders & FleetReaders;
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
export async function sort(
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
    const members: Member[] = [];
    // Everything is in memory already: to plan for all at once would only keep what each of them needs meanwhile.
    for (const instance of instances)
      members.push(...(await memberOf(looking, goal, instance, held.get(instance.id) ?? null, refused)));
    const key = `${shared.role.name} ${shared.profile.arn}`;
    const known = groups.get(key);
    groups.set(key, { goal: known?.goal ?? goal, members: [...(known?.members ?? []), ...members] });
  }
  return { groups: [...groups.values()], refused };
}

/** What these instances come to; what is wrong with their profile is wrong with each of them, what is wrong with all is thrown. */
async function goalFor(
  { runtime, fleet, model, enrollment, receiptId, readers }: Looking,
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
    return { settings, receiptId, region, cloud, host: null, model, enrollment };
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
  return [{ instance, association, steps: needed(steps) }];
}

/** Of most instances there is nothing to say. */
const nothing: readonly StepEdits[] = [];

/** The steps that have something to do; what they would tag is left out, see {@link goalFor}. */
function needed(steps: readonly PlannedStep[]): readonly StepEdits[] {
  const found = steps.flatMap(({ step, title, changes }) => {
    const own = changes.filter(({ op }) => (op as { readonly kind?: unknown }).kind !== 'tag');
    return own.length === 0 ? [] : [{ step, title, changes: exact(own) }];
  });
  return found.length === 0 ? nothing : exact(found);
}

/** A list without the room to grow that V8 gives what was filtered; it is kept for each of thousands of instances. */
function exact<Item>(items: readonly Item[]): readonly Item[] {
  return Array.from(items);
}

/** Adds to each group what its instances need together; what two groups share is done with the first. */
export async function withShared(
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
