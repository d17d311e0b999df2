import type { ApplyRuntime } from './apply.js';
import type { Lane, StepId } from './change.js';
import type { ChangeResult } from './change-result.js';
import { actionSymbols } from './change-result.js';
import type { ErrorDetails } from './errors.js';
import type { ReceiptEntry } from './receipt.js';
import { instancesOf } from './receipt.js';
import type { DescribeStep } from './step.js';

/** What undoing needs from outside. */
export interface UndoRuntime extends ApplyRuntime {
  readonly describe: DescribeStep;
  /** Ids of instances that are undone, besides those that the receipt names. */
  readonly instances?: readonly string[];
}

/** How an undo went. `errors` says for each retained thing why it was left. */
export interface UndoResult {
  readonly changes: readonly ChangeResult[];
  readonly errors: readonly ErrorDetails[];
}

/** Whether the effect of an entry may still be there. */
export function isPending({ status, undo }: ReceiptEntry): boolean {
  return status !== 'undone' && undo !== null;
}

/** Entries whose effect may still be there. */
export function pendingEntries(
  entries: readonly ReceiptEntry[],
): readonly (readonly [number, ReceiptEntry])[] {
  return [...entries.entries()].filter(([, entry]) => isPending(entry));
}

/**
 * The steps of the account, each standing on those before it. A lane's steps run beside each other, so that the time of an
 * entry says nothing about what it stands on.
 */
const standing: readonly StepId[] = [
  'iam-role',
  'permission-policy',
  'instance-profile',
  'profile-membership',
  'association',
  'metadata-options',
  'enrollment',
  'launch-template',
];

/** Whether an entry is about the host that it was made on. */
export function isOfHost({ step }: ReceiptEntry): boolean {
  return !standing.includes(step);
}

/**
 * Entries whose effect may still be there, in the order in which they are taken back: the host's last first, since several
 * edits may have gone into one file; then the account's, what stands on something before that.
 */
export function undoOrder(entries: readonly ReceiptEntry[]): readonly (readonly [number, ReceiptEntry])[] {
  const last = pendingEntries(entries).toReversed();
  const rank = ([, { step }]: readonly [number, ReceiptEntry]): number => standing.indexOf(step);
  const host = last.filter(([, entry]) => isOfHost(entry));
  const account = last.filter(([, entry]) => !isOfHost(entry));
  return [...host, ...account.sort((a, b) => rank(b) - rank(a))];
}

/** What taking an action back does to its target. */
export const inverseActions = {
  create: 'delete',
  update: 'update',
  replace: 'replace',
  delete: 'create',
} as const;

/** What is said of an entry whose half is left out. */
export function skippedText(lane: Lane): string {
  return `the ${lane} half is skipped`;
}

/** Codes that mean: somebody else's hand is on it now, or may be, so it stays. */
export const retaining: ReadonlySet<string> = new Set(['CHANGED_SINCE', 'IN_USE', 'USERS_UNKNOWN']);

/**
 * Takes back one entry and writes down how that went; gives the row of the report and, where it was not put back, why. Never
 * throws but for what `explain` throws.
 */
export async function undoEntry(
  index: number,
  entry: ReceiptEntry,
  runtime: UndoRuntime,
): Promise<[ChangeResult, ErrorDetails | null]> {
  const { workers, journal, progress, explain, describe, instances = [] } = runtime;
  const { title, lane } = describe(entry.step);
  const line = progress.begin(title);
  const row = {
    step: entry.step,
    lane,
    title,
    action: inverseActions[entry.action],
    target: entry.target,
  } as const;
  try {
    const worker = workers.get(entry.step);
    if (worker === undefined) return [{ ...row, detail: skippedText(lane), status: 'skipped' }, null];
    let detail = 'put back';
    await worker(entry.undo, {
      receiptId: journal.receipt.id,
      instances: [...instances, ...instancesOf(journal.receipt, entry)],
      waiting: (what, seconds) => line.waiting(what, seconds),
      note: (text) => {
        detail = text;
      },
    });
    await journal.record(index, 'undone');
    line.done(actionSymbols[row.action], `${entry.target}  ${detail}`);
    return [{ ...row, detail, status: 'applied' }, null];
  } catch (error) {
    const details = explain(error);
    await journal.record(index, retaining.has(details.code) ? 'retained' : entry.status, {
      reason: details.code,
    });
    line.done('!', `${entry.target}  ${details.message}`);
    return [
      { ...row, detail: details.message, status: retaining.has(details.code) ? 'skipped' : 'failed' },
      details,
    ];
  }
}

/**
 * Replays the inverse edits of a receipt. What was changed since is retained and named; the receipt is closed
 * when nothing is left that this tool could still put back.
 */
export async function undoReceipt(runtime: UndoRuntime): Promise<UndoResult> {
  const { journal } = runtime;
  const changes: ChangeResult[] = [];
  const errors: ErrorDetails[] = [];
  const order = undoOrder(journal.receipt.entries);
  // Where nothing can be written down, nothing is begun.
  for (const [index, { status }] of order.slice(0, 1)) await journal.record(index, status);
  for (const [index, entry] of order) {
    const [change, error] = await undoEntry(index, entry, runtime);
    changes.push(change);
    if (error !== null) errors.push(error);
  }
  if (pendingEntries(journal.receipt.entries).length === 0) await journal.close();
  return { changes, errors };
}
