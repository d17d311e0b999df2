import type { StepId } from '../../core/change.js';
import type { ChangeResult } from '../../core/change-result.js';
import type { ErrorDetails } from '../../core/errors.js';
import type { FleetJournal } from '../../core/fleet/journal.js';
import type { NumberedOutcome, Receipt } from '../../core/receipt.js';
import { instanceCount } from '../../core/text/ids.js';
import { inverseActions, retaining, undoEntry } from '../../core/undo.js';
import { elsewhere } from '../look/target.js';
import type { Runtime } from '../runtime.js';
import { explain } from '../tell/outcome.js';
import { batchesOf, counting, workOn } from './batches.js';
import { describeFleetStep } from './steps.js';
import type { fleetWorkers } from './steps.js';
import type { Chosen, Numbered } from './undo-plan.js';
import type { SharedBack } from './undo-report.js';

/** An undo that is under way. */
export interface Undoing {
  readonly runtime: Runtime;
  readonly receipt: Receipt;
  readonly journal: FleetJournal;
  readonly workers: ReturnType<typeof fleetWorkers>;
  /** Ids of the instances that are meant; none where it is all of the receipt. */
  readonly wanted: readonly string[];
}

function explainer({ runtime, receipt }: Undoing, id: string | null): (error: unknown) => ErrorDetails {
  const target = elsewhere(receipt.target.region, id);
  return (error) => explain(runtime, error, { target });
}

/** Takes back what one instance has of its own; what somebody has changed is passed over. Gives what stood in the way first, or `null`. */
async function undoInstance(
  undoing: Undoing,
  [id, entries]: readonly [string, readonly Numbered[]],
  note: (outcome: NumberedOutcome) => void,
): Promise<ErrorDetails | null> {
  const { receipt, runtime, workers } = undoing;
  const context = {
    receiptId: receipt.id,
    waiting: () => undefined,
    note: (detail: string) => runtime.progress.warn(`${id}: ${detail}`),
  };
  let first: ErrorDetails | null = null;
  for (const [index, { step, undo, status }] of entries) {
    const worker = workers.get(step);
    // Made by a later version of this tool, which is the one that can take it back.
    if (worker === undefined) continue;
    try {
      await worker(undo, context);
      note({ index, status: 'undone' });
    } catch (error) {
      const details = explainer(undoing, id)(error);
      const retained = retaining.has(details.code);
      note({ index, status: retained ? 'retained' : status, reason: details.code });
      first ??= details;
      if (!retained) return first;
    }
  }
  return first;
}

/** Takes back what each instance has of its own; gives for each what stood in the way, or `null`. */
export async function undoOwn(
  undoing: Undoing,
  own: Chosen['own'],
): Promise<ReadonlyMap<string, ErrorDetails | null>> {
  const errors = new Map<string, ErrorDetails | null>();
  if (own.size === 0) return errors;
  const counter = counting(undoing.runtime, 'association', own.size, '-');
  for (const part of batchesOf([...own])) {
    await workOn(undoing.journal, part, async (instance, note) => {
      errors.set(instance[0], await undoInstance(undoing, instance, note));
      counter.step();
    });
  }
  const done = [...errors.values()].filter((error) => error === null).length;
  counter.end(done, `${instanceCount(done)} put back`);
  return errors;
}

/** What a launch template needs that names the profile: instances that a group starts without it would fail. */
const underTemplates: readonly StepId[] = [
  'profile-membership',
  'instance-profile',
  'permission-policy',
  'iam-role',
];

/** What cannot be put back once an edit of a step could not. EC2 lets a version be deleted that a group still launches from. */
function blockedBy(step: StepId, { code }: ErrorDetails): readonly StepId[] {
  if (step !== 'launch-template') return [];
  return retaining.has(code) ? underTemplates : [step, ...underTemplates];
}

/** Takes back what instances share; gives the rows of the report, and what stood in the way. */
export async function undoShared(undoing: Undoing, shared: readonly Numbered[]): Promise<SharedBack> {
  const { runtime, journal, workers, wanted: instances } = undoing;
  const { progress } = runtime;
  const explain = explainer(undoing, null);
  const changes: ChangeResult[] = [];
  const errors: ErrorDetails[] = [];
  const using = { workers, journal, progress, explain, instances, describe: describeFleetStep };
  const stuck = new Set<StepId>();
  for (const [index, entry] of shared) {
    const { step, action, target } = entry;
    if (stuck.has(step)) {
      const detail = 'left, since what stands on it could not be put back';
      const base = { step, ...using.describe(step), target, detail };
      changes.push({ ...base, action: inverseActions[action], status: 'skipped' });
      continue;
    }
    const [change, error] = await undoEntry(index, entry, using);
    changes.push(change);
    if (error === null) continue;
    errors.push(error);
    for (const blocked of blockedBy(step, error)) stuck.add(blocked);
  }
  return { changes, errors };
}
