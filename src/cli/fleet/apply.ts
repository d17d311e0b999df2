import type { Worker } from '../../core/apply.js';
import type { ChangeResult } from '../../core/change-result.js';
import { applyPlan } from '../../core/apply.js';
import type { StepId } from '../../core/change.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { FleetJournal } from '../../core/fleet/journal.js';
import { chunks, pool } from '../../core/fleet/pool.js';
import type { EntryStatus } from '../../core/receipt.js';
import type { InstanceStatus } from '../../core/report.js';
import type { FleetWriters } from '../../ports/lanes.js';
import { cloudSteps } from '../../steps/cloud/index.js';
import { fleetSteps } from '../../steps/fleet/launch-template.js';
import type { Runtime } from '../runtime.js';
import { workersOf } from '../change/workers.js';
import type { FleetGroup, Member, PreparedFleet } from './prepared.js';
import { explainFor } from './prepared.js';
import { thousands } from '../../core/text/thousands.js';

/** Instances whose edits are written down together, and how many are worked on at once. */
export const batch = { size: 100, atOnce: 16 } as const;

/** Refusals for want of rights after which it is taken that they hold for all. */
const enough = 3;

/** What most of thousands end as. */
const done = { status: 'done' } as const;

/** How a fleet was set up. */
export interface FleetResult {
  readonly shared: readonly ChangeResult[];
  readonly outcomes: Map<string, { readonly status: InstanceStatus; readonly error?: ErrorDetails }>;
  /** What went wrong with what instances share. */
  readonly errors: readonly ErrorDetails[];
}

/** The workers of all steps of the account, those of a group of instances among them. */
export function fleetWorkers(account: FleetWriters): ReadonlyMap<StepId, Worker> {
  return new Map([...workersOf(cloudSteps, account), ...workersOf(fleetSteps, account)]);
}

/** Tells how far a long run is. */
export function counting(
  runtime: Runtime,
  title: string,
  all: number,
): { step(): void; end(done: number, text: string): void } {
  const line = runtime.progress.begin(title);
  let done = 0;
  let told = runtime.clock.now();
  return {
    step() {
      done += 1;
      if (runtime.clock.now() - told < 10_000) return;
      told = runtime.clock.now();
      line.waiting(`EC2, ${thousands(done)} of ${thousands(all)} done`, Math.ceil((all - done) / 5));
    },
    end: (succeeded, text) => line.done(succeeded === all ? '+' : '!', text),
  };
}

class ApplyingFleet {
  readonly #outcomes: FleetResult['outcomes'] = new Map();
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
    for (const group of this.#prepared.groups) {
      const result = await applyPlan(
        { steps: group.shared },
        {
          workers: this.#workers,
          journal: this.#journal,
          progress: this.#runtime.progress,
          explain: (error) => explainFor(this.#runtime, this.#prepared.fleet.region, group.goal, null, error),
        },
      );
      shared.push(...result.changes);
      errors.push(...result.errors);
      // The launch template is for instances to come: those that are there do not wait for it.
      const [error] = result.errors;
      const broken = result.changes.some(
        ({ step, status }) => step !== 'launch-template' && (status === 'failed' || status === 'skipped'),
      );
      if (broken && error !== undefined) this.#skip(group.members, error);
      else await this.#members(group);
    }
    return { shared, outcomes: this.#outcomes, errors };
  }

  #skip(members: readonly Member[], error: ErrorDetails): void {
    for (const { instance, steps } of members)
      if (steps.length > 0 && !this.#outcomes.has(instance.id))
        this.#outcomes.set(instance.id, { status: 'skipped', error });
  }

  async #members({ members, shared, goal }: FleetGroup): Promise<void> {
    const waiting = members.filter(({ steps }) => steps.length > 0);
    if (waiting.length === 0) return;
    const counter = counting(this.#runtime, 'association', waiting.length);
    const fresh = shared.some(({ step, changes }) => step === 'profile-membership' && changes.length > 0);
    const [first, ...rest] = waiting;
    // What EC2 has not heard of yet it will not have heard of for the others either: one waits for all.
    const batches =
      fresh && first !== undefined ? [[first], ...chunks(rest, batch.size)] : chunks(waiting, batch.size);
    for (const part of batches) {
      await this.#batch(part, goal, counter);
      const only = first === undefined ? undefined : this.#outcomes.get(first.instance.id);
      const invisible = only?.error?.code === 'PROFILE_NOT_VISIBLE' ? only.error : undefined;
      const refusal = this.#blocked >= enough && this.#passed === 0 ? this.#lastError() : undefined;
      const stop = invisible ?? refusal;
      if (stop !== undefined) this.#skip(waiting, stop);
      if (stop !== undefined) break;
    }
    const done = waiting.filter(({ instance }) => this.#outcomes.get(instance.id)?.status === 'done').length;
    counter.end(
      done,
      `${thousands(done)} of ${thousands(waiting.length)} instances -> ${goal.cloud.profile.name}`,
    );
  }

  #lastError(): ErrorDetails | undefined {
    return [...this.#outcomes.values()].findLast(({ error }) => error?.exitCode === ExitCode.blocked)?.error;
  }

  async #batch(
    members: readonly Member[],
    goal: FleetGroup['goal'],
    counter: { step(): void },
  ): Promise<void> {
    const edits = members.flatMap((member) =>
      member.steps.flatMap(({ step, changes }) => changes.map((change) => ({ member, step, change }))),
    );
    const numbers = await this.#journal.intendAll(
      edits.map(({ step, change: { action, target, detail, op, undo } }) => ({
        step,
        action,
        target,
        detail,
        op,
        undo,
      })),
    );
    const numbered = edits.map((edit, index) => ({ ...edit, index: numbers[index] ?? -1 }));
    const outcomes: { index: number; status: EntryStatus; reason?: string }[] = [];
    try {
      await pool(members, batch.atOnce, async (member) => {
        for (const { index, step, change } of numbered.filter((edit) => edit.member === member)) {
          const error = await this.#edit(step, change.op, goal, member);
          outcomes.push(
            error === null ? { index, status: 'applied' } : { index, status: 'failed', reason: error.code },
          );
          if (error !== null) break;
        }
        counter.step();
      });
    } finally {
      await this.#journal.recordAll(outcomes);
    }
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
      const details = explainFor(this.#runtime, this.#prepared.fleet.region, goal, id, error);
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
