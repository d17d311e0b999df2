import type { ApplyResult } from '../../core/apply.js';
import { applyPlan } from '../../core/apply.js';
import type { Journal } from '../../core/journal.js';
import { openJournal } from '../../core/journal.js';
import { countChanges, stepConflicts } from '../../core/plan.js';
import { newReceipt } from '../../core/receipt.js';
import { receiptFileName } from '../../core/receipt-store.js';
import type { Prepared } from '../look/prepare.js';
import type { Runtime } from '../runtime.js';
import { explain, reportOf } from '../tell/outcome.js';
import { removeLeftovers } from './leftovers.js';
import { makeWorkers } from './workers.js';

async function journalFor(runtime: Runtime, prepared: Prepared): Promise<Journal> {
  const { goal, target, receipt } = prepared;
  const createdAt = new Date(runtime.clock.now()).toISOString();
  const account = goal.cloud?.identity.account ?? target.here?.account ?? null;
  const { region, instanceId } = target;
  const open = receipt ?? newReceipt(goal.receiptId, createdAt, { account, region, instanceId });
  return openJournal(open, await runtime.store(), runtime.clock);
}

/** Carries the plan out; nothing is done where it holds no change. */
export async function applyPrepared(
  runtime: Runtime,
  prepared: Prepared,
): Promise<{ result: ApplyResult; receipt: string | null }> {
  const { plan, cloud, host } = prepared;
  await removeLeftovers(prepared.receipt, host);
  const blocked = stepConflicts(plan);
  if (countChanges(plan) === 0) {
    const receipt =
      prepared.receipt === null ? null : (await runtime.store()).path(receiptFileName(prepared.receipt.id));
    return { result: { changes: reportOf(runtime, prepared).changes, errors: blocked }, receipt };
  }
  const journal = await journalFor(runtime, prepared);
  const result = await applyPlan(plan, {
    workers: await makeWorkers(cloud, host),
    journal,
    progress: runtime.progress,
    explain: (error) => explain(runtime, error, prepared),
  });
  const receipt = (await runtime.store()).path(receiptFileName(journal.receipt.id));
  return { result: { ...result, errors: [...result.errors, ...blocked] }, receipt };
}
