import type { FleetJournal } from '../../core/fleet/journal.js';
import { chunks, pool } from '../../core/fleet/pool.js';
import type { NumberedOutcome } from '../../core/receipt.js';
import { thousands } from '../../core/text/thousands.js';
import type { Runtime } from '../runtime.js';

/** Instances whose edits are written down together, and how many of them are worked on at once. */
const batch = { size: 100, atOnce: 16 } as const;

/** Instances in parts whose edits are written down together. */
export function batchesOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return chunks(items, batch.size);
}

/** Works on instances side by side, and writes down together how their edits came out, also where the work breaks off. */
export async function workOn<Item>(
  journal: FleetJournal,
  items: readonly Item[],
  work: (item: Item, note: (outcome: NumberedOutcome) => void) => Promise<void>,
): Promise<void> {
  const outcomes: NumberedOutcome[] = [];
  try {
    await pool(items, batch.atOnce, async (item) => work(item, (outcome) => void outcomes.push(outcome)));
  } finally {
    await journal.recordAll(outcomes);
  }
}

/** Tells how far a long run is. */
export interface Counter {
  step(): void;
  /** `done`: how many succeeded. */
  end(done: number, text: string): void;
}

/** Begins to count instances; says every ten seconds how far it is, and in the end, with `symbol`, that all succeeded. */
export function counting(runtime: Runtime, title: string, all: number, symbol: '+' | '-'): Counter {
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
    end: (succeeded, text) => line.done(succeeded === all ? symbol : '!', text),
  };
}
