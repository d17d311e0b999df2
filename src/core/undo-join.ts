import type { StepId } from './change.js';
import type { Receipt, ReceiptEntry } from './receipt.js';
import type { JoinUndo } from './step.js';
import { isPending } from './undo.js';

/** How the undos of steps are joined. */
export type Joins = ReadonlyMap<StepId, JoinUndo>;

/** Reads from steps how their undos are joined. */
export function joinsOf(steps: readonly { readonly id: StepId; readonly joinUndo?: JoinUndo }[]): Joins {
  return new Map(steps.flatMap(({ id, joinUndo }) => (joinUndo === undefined ? [] : [[id, joinUndo]])));
}

/**
 * A receipt in which one edit stands for several between which somebody else changed the same thing, and the others have nothing to
 * be taken back. Taken back one by one, the later would bring that change back, and the earlier would stop at it for ever. Every
 * entry keeps its number, by which a log that was not cleared away may still name it.
 */
export function joinEdits(receipt: Receipt, joins: Joins): Receipt {
  const entries: ReceiptEntry[] = [];
  for (const entry of receipt.entries) {
    const join = joins.get(entry.step);
    const found = join === undefined ? null : partnerOf(entry, entries, join);
    if (found !== null) entries[found.place] = { ...found.earlier, undo: null };
    entries.push(found?.whole ?? entry);
  }
  return { ...receipt, entries };
}

/** The last edit before `later` that is one with it, and what both are together. */
function partnerOf(
  later: ReceiptEntry,
  before: readonly ReceiptEntry[],
  join: JoinUndo,
): { readonly place: number; readonly earlier: ReceiptEntry; readonly whole: ReceiptEntry } | null {
  if (!isPending(later)) return null;
  for (const [place, earlier] of [...before.entries()].toReversed()) {
    if (!isPending(earlier) || earlier.step !== later.step) continue;
    const undo = join(earlier.undo, later.undo);
    if (undo !== null) return { place, earlier, whole: together(earlier, later, undo) };
  }
  return null;
}

function together(earlier: ReceiptEntry, later: ReceiptEntry, undo: unknown): ReceiptEntry {
  const { instances: _, former: __, ...rest } = later;
  const former = [...(earlier.former ?? []), ...(later.former ?? [])];
  // Nobody named means everybody.
  const instances =
    earlier.instances === undefined || later.instances === undefined
      ? {}
      : { instances: [...new Set([...earlier.instances, ...later.instances])] };
  return { ...rest, action: earlier.action, undo, ...instances, ...(former.length === 0 ? {} : { former }) };
}
