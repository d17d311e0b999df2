import type { ApplyResult, Worker } from '../../core/apply.js';
import { applyPlan } from '../../core/apply.js';
import type { StepId } from '../../core/change.js';
import type { ChangeResult } from '../../core/change-result.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { FleetJournal } from '../../core/fleet/journal.js';
import { sharedJournal } from '../../core/fleet/journal.js';
import { intentOf } from '../../core/receipt.js';
import { instanceCount } from '../../core/text/ids.js';
import { thousands } from '../../core/text/thousands.js';
import { elsewhere } from '../look/target.js';
import type { Runtime } from '../runtime.js';
import { explain } from '../tell/outcome.js';
import type { Counter } from './batches.js';
import { batchesOf, counting, workOn } from './batches.js';
import type { Fate, Outcomes } from './failures.js';
import type { FleetGroup, Member, PreparedFleet } from './prepared.js';
import { changedRoles, sharers } from './sharing.js';
import { fleetWorkers } from './steps.js';

/** Refusals for want of rights after which it is taken that they hold for all. */
const enough = 3;

/** What most of thousands end as. */
const done = { status: 'done' } as const;

/** How a fleet was set up. */
export interface FleetResult {
  readonly shared: readonly ChangeResult[];
  readonly outcomes: Outcomes;
  /** What went wrong with what instances share. */
  readonly errors: readonly ErrorDetails[];
}

class ApplyingFleet {
  readonly #outcomes = new Map<string, Fate>();
  readonly #workers: ReadonlyMap<StepId, Worker>;
  #blocked = 0;
  #passed = 0;

  readonly #runtime: Runtime;
  readonly #prepared: PreparedFleet;
  readonly #journal: FleetJournal;

  constructor(runtime: Runtime, prepared: PreparedFleet, journal: FleetJournal) {
    this.#runtime = runtime;
    this.#prepared = prepared;
    this.#journal = journal;
    this.#workers = fleetWorkers(prepared.account);
  }

  async run(): Promise<FleetResult> {
    const shared: ChangeResult[] = [];
    const errors: ErrorDetails[] = [];
    const changed = changedRoles(this.#prepared);
    const stopped = new Map<string, ErrorDetails>();
    for (const group of this.#prepared.groups) {
      const result = await this.#shared(group);
      shared.push(...result.changes);
      errors.push(...result.errors);
      // The launch template is for instances to come: those that are there do not wait for it.
      const [error] = result.errors;
      const broken = result.changes.some(
        ({ step, status }) => step !== 'launch-template' && (status === 'failed' || status === 'skipped'),
      );
      const role = group.goal.cloud.role.name;
      if (broken && error !== undefined) stopped.set(role, error);
      const stop = stopped.get(role);
      const meant = group.members.filter(({ steps }) => steps.length > 0 || changed.has(role));
      if (stop === undefined) await this.#members(group, meant);
      else this.#skip(meant, stop);
    }
    return { shared, outcomes: this.#outcomes, errors };
  }

  async #shared(group: FleetGroup): Promise<ApplyResult> {
    const { shared, goal } = group;
    return applyPlan(
      { steps: shared },
      {
        workers: this.#workers,
        journal: sharedJournal(this.#journal, sharers(this.#prepared, group)),
        progress: this.#runtime.progress,
        explain: (error) => this.#explain(error, goal, null),
      },
    );
  }

  #explain(error: unknown, goal: FleetGroup['goal'], instanceId: string | null): ErrorDetails {
    const target = elsewhere(this.#prepared.fleet.region, instanceId);
    return explain(this.#runtime, error, { target, goal });
  }

  #skip(members: readonly Member[], error: ErrorDetails): void {
    for (const { instance } of members)
      if (!this.#outcomes.has(instance.id)) this.#outcomes.set(instance.id, { status: 'skipped', error });
  }

  async #members({ shared, goal }: FleetGroup, members: readonly Member[]): Promise<void> {
    for (const { instance, steps } of members) if (steps.length === 0) this.#outcomes.set(instance.id, done);
    const waiting = members.filter(({ steps }) => steps.length > 0);
    if (waiting.length === 0) return;
    const counter = counting(this.#runtime, 'association', waiting.length, '+');
    const fresh = shared.some(({ step, changes }) => step === 'profile-membership' && changes.length > 0);
    const [first, ...rest] = waiting;
    // What EC2 has not heard of yet it will not have heard of for the others either: one waits for all.
    const batches = fresh && first !== undefined ? [[first], ...batchesOf(rest)] : batchesOf(waiting);
    for (const part of batches) {
      await this.#batch(part, goal, counter);
      const only = first === undefined ? undefined : this.#outcomes.get(first.instance.id);
      const invisible = only?.error?.code === 'PROFILE_NOT_VISIBLE' ? only.error : undefined;
      const refusal = this.#blocked >= enough && this.#passed === 0 ? this.#lastError() : undefined;
      const stop = invisible ?? refusal;
      if (stop !== undefined) this.#skip(waiting, stop);
      if (stop !== undefined) break;
    }
    const attached = waiting.filter(
      ({ instance }) => this.#outcomes.get(instance.id)?.status === 'done',
    ).length;
    counter.end(
      attached,
      `${thousands(attached)} of ${instanceCount(waiting.length)} -> ${goal.cloud.profile.name}`,
    );
  }

  #lastError(): ErrorDetails | undefined {
    return [...this.#outcomes.values()].findLast(({ error }) => error?.exitCode === ExitCode.blocked)?.error;
  }

  async #batch(members: readonly Member[], goal: FleetGroup['goal'], counter: Counter): Promise<void> {
    const edits = members.flatMap((member) =>
      member.steps.flatMap(({ step, changes }) => changes.map((change) => ({ member, step, change }))),
    );
    const numbers = await this.#journal.intendAll(edits.map(({ step, change }) => intentOf(step, change)));
    const numbered = edits.map((edit, index) => ({ ...edit, index: numbers[index] ?? -1 }));
    await workOn(this.#journal, members, async (member, note) => {
      for (const { index, step, change } of numbered.filter((edit) => edit.member === member)) {
        const error = await this.#edit(step, change.op, goal, member);
        note(error === null ? { index, status: 'applied' } : { index, status: 'failed', reason: error.code });
        if (error !== null) break;
      }
      counter.step();
    });
  }

  /** Makes one edit; what stood in its way, or `null`. */
  async #edit(
    step: StepId,
    op: unknown,
    goal: FleetGroup['goal'],
    { instance: { id } }: Member,
  ): Promise<ErrorDetails | null> {
    const worker = this.#workers.get(step);
    try {
      await worker?.(op, { receiptId: this.#journal.receipt.id, waiting: () => undefined });
      this.#passed += 1;
      this.#outcomes.set(id, done);
      return null;
    } catch (error) {
      const details = this.#explain(error, goal, id);
      if (details.exitCode === ExitCode.blocked) this.#blocked += 1;
      this.#outcomes.set(id, { status: 'failed', error: details });
      return details;
    }
  }
}

/**
 * Carries out what a fleet needs: what instances share once, then each instance's own, as fast as EC2's token buckets let
 * it through. One that fails takes no other along, unless what failed is the same for all.
 */
export async function applyFleet(
  runtime: Runtime,
  prepared: PreparedFleet,
  journal: FleetJournal,
): Promise<FleetResult> {
  return new ApplyingFleet(runtime, prepared, journal).run();
}
