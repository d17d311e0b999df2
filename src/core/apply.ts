import type { Progress, ProgressLine } from '../ports/progress.js';
import type { Change, StepId } from './change.js';
import type { ChangeResult, ChangeStatus } from './change-result.js';
import { actionSymbols, plannedResults } from './change-result.js';
import type { ErrorDetails } from './errors.js';
import type { Journal } from './journal.js';
import type { Plan, PlannedStep } from './plan.js';
import { intentOf } from './receipt.js';
import type { ApplyContext } from './step.js';

/** Makes one edit of a step; the ports are closed over. */
export type Worker = (op: unknown, context: ApplyContext) => Promise<unknown>;

/** What applying needs from outside. */
export interface ApplyRuntime {
  readonly workers: ReadonlyMap<StepId, Worker>;
  readonly journal: Journal;
  readonly progress: Progress;
  /** Turns whatever was thrown into something that can be explained. */
  readonly explain: (error: unknown) => ErrorDetails;
}

/** How a plan was carried out. `errors` are in the order in which they happened. */
export interface ApplyResult {
  readonly changes: readonly ChangeResult[];
  readonly errors: readonly ErrorDetails[];
}

type StepOutcome = 'done' | 'failed' | 'skipped';

/** A gate that opens once. */
function makeGate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

class Applying {
  readonly #outcomes = new Map<StepId, Promise<StepOutcome>>();
  readonly #statuses = new Map<Change, ChangeStatus>();
  readonly #errors: ErrorDetails[] = [];
  readonly #onlyWaiting = makeGate();
  readonly #recordings: Promise<void>[] = [];
  readonly #runtime: ApplyRuntime;

  constructor(runtime: ApplyRuntime) {
    this.#runtime = runtime;
  }

  async run(plan: Plan): Promise<ApplyResult> {
    const cloud = plan.steps.filter((step) => step.lane === 'cloud');
    const host = plan.steps.filter((step) => step.lane === 'host');
    const cloudDone = this.#lane(cloud);
    const refused = await Promise.race([cloudDone, this.#onlyWaiting.opened.then(() => false)]);
    if (!refused) await this.#lane(host);
    await cloudDone;
    await Promise.all(this.#recordings);
    return { changes: this.#results(plan), errors: this.#errors };
  }

  /** Runs a lane's steps, each as soon as those before it are done; says whether one failed. */
  async #lane(steps: readonly PlannedStep[]): Promise<boolean> {
    for (const step of steps) this.#outcomes.set(step.step, this.#step(step));
    const outcomes = await Promise.all(steps.map(async (step) => this.#outcomes.get(step.step)));
    return outcomes.includes('failed');
  }

  async #step(step: PlannedStep): Promise<StepOutcome> {
    // Only once every step of the lane has begun does each know those that it waits for, whatever their order.
    await Promise.resolve();
    const before = await Promise.all(step.after.map(async (id) => this.#outcomes.get(id)));
    if (before.some((outcome) => outcome === 'failed' || outcome === 'skipped')) return 'skipped';
    if (step.conflict !== null) return step.conflict.scope === 'notice' ? 'done' : 'failed';
    for (const change of step.changes) {
      if (!(await this.#change(step, change))) return 'failed';
    }
    return 'done';
  }

  async #change(step: PlannedStep, change: Change): Promise<boolean> {
    const { journal, progress, explain } = this.#runtime;
    const { action, target, detail, op } = change;
    const line = progress.begin(step.title);
    let entry: number | null = null;
    try {
      entry = await journal.intend(intentOf(step.step, change));
      const better = await this.#work(step, op, line);
      this.#recordings.push(this.#recorded(change, entry, better));
      line.done(actionSymbols[action], `${target}  ${detail}`);
      this.#statuses.set(change, 'applied');
      return true;
    } catch (error) {
      const details = explain(error);
      line.done('!', `${target}  ${details.message}`);
      this.#fail(change, details);
      // A receipt that cannot be written says `intended`, which undo takes as seriously as `applied`.
      if (entry !== null)
        await journal.record(entry, 'failed', { reason: details.code }).catch(() => undefined);
      return false;
    }
  }

  /**
   * Writes down that a change was made. The next is not kept waiting: what is intended until then is written by the same write or a
   * later one, and nothing is done that could not be written down.
   */
  async #recorded(change: Change, entry: number, better: unknown): Promise<void> {
    const { journal, explain } = this.#runtime;
    try {
      await journal.record(entry, 'applied', better === null ? {} : { undo: better });
    } catch (error) {
      this.#fail(change, explain(error));
    }
  }

  /** A receipt that cannot be written stops all that are about to begin, and is one failure. */
  #fail(change: Change, details: ErrorDetails): void {
    this.#statuses.set(change, 'failed');
    const told = this.#errors.some(
      ({ code, message }) => code === details.code && message === details.message,
    );
    if (!told) this.#errors.push(details);
  }

  async #work(step: PlannedStep, op: unknown, line: ProgressLine): Promise<unknown> {
    const { journal, workers } = this.#runtime;
    const worker = workers.get(step.step);
    if (worker === undefined) throw new Error(`no worker for the step ${step.step}`);
    return worker(op, {
      receiptId: journal.receipt.id,
      waiting: (what, atMostSeconds) => {
        line.waiting(what, atMostSeconds);
        if (step.lane === 'cloud') this.#onlyWaiting.open();
      },
    });
  }

  #results(plan: Plan): readonly ChangeResult[] {
    const statuses = plan.steps.flatMap((step) =>
      step.changes.map((change) => this.#statuses.get(change) ?? 'skipped'),
    );
    let next = 0;
    return plannedResults(plan.steps).map((result) => {
      if (result.status !== 'planned') return result;
      const status = statuses[next] ?? 'skipped';
      next += 1;
      return { ...result, status };
    });
  }
}

/**
 * Carries a plan out: inside a lane each step as soon as those before it are done, the host lane once the cloud lane is
 * done or has only waiting left, so that a refusal leaves the host untouched. Every edit is in the receipt before it is
 * made. A step that fails takes along only those that come after it.
 */
export async function applyPlan(plan: Plan, runtime: ApplyRuntime): Promise<ApplyResult> {
  return new Applying(runtime).run(plan);
}
