import { openJournal } from '../../src/core/journal.js';
import { defaultRoleName } from '../../src/core/settings.js';
import { undoReceipt } from '../../src/core/undo.js';
import { cloudSteps } from '../../src/steps/cloud/index.js';
import { recover } from '../../src/steps/cloud/recover.js';
import { readTraces } from '../../src/steps/cloud/traces.js';
import type { Account } from './cloud.js';
import { emptyReceipt, explain } from './cloud.js';
import { memoryReceipts, recordedProgress } from './memory.js';

/** How an undo went that had nothing but the account to go by. */
export interface RecoveredUndo {
  readonly entries: number;
  readonly unknown: readonly string[];
  /** Codes of what was left. */
  readonly codes: readonly string[];
}

/** Undo by somebody who has no receipt. */
export async function undoWithout(account: Account, instanceId: string): Promise<RecoveredUndo> {
  const traces = await readTraces(instanceId, defaultRoleName, account);
  const { entries, unknown } = recover(traces, '2026-11-22T00:00:00.000Z');
  const run = { account, instanceId, region: 'us-east-1', receiptId: 'r-another' };
  const { errors } = await undoReceipt({
    workers: new Map(
      cloudSteps.map((step) => [step.id, async (op, context) => step.apply(op, account, context)]),
    ),
    journal: openJournal({ ...emptyReceipt(run), entries }, memoryReceipts(), account.clock),
    progress: recordedProgress(),
    explain,
    describe: () => ({ title: 'step', lane: 'cloud' }),
  });
  return { entries: entries.length, unknown, codes: errors.map(({ code }) => code) };
}
