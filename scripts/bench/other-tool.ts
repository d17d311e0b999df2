import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchAccount, withAccount } from './account.js';
import type { BenchRow, Figure } from './figure.js';
import { notMeasured } from './figure.js';
import { compare, runOnce, type Timed } from './measure.js';
import { cloudHalf } from './rows/setup-command.js';

/** A tool made ready to do the account's half on an account. */
export interface ReadyTool {
  /** The job where nothing is there yet. */
  readonly first: Timed;
  /** The job where everything is in place. */
  readonly again: Timed;
  /** Forgets what it remembers of a run, where the account has forgotten it. */
  forget?(): Promise<void>;
}

/** Another tool for the same job. */
export interface OtherTool {
  /** The row's name. */
  readonly name: string;
  /** What the two figures are called by: the first run, and that with everything in place. */
  readonly words: readonly [string, string];
  /** What of the job it does not do. */
  readonly less?: string;
  /** Why it cannot be measured here, or `null`. */
  missing(): string | null;
  /** Makes it ready in a folder of its own; what that takes is not counted. */
  readonly prepare: (account: BenchAccount, folder: string) => Promise<ReadyTool>;
}

async function measure(
  tool: OtherTool,
  rows: readonly Omit<Figure, 'value' | 'detail'>[],
  rounds: number,
  folder: string,
): Promise<readonly Figure[]> {
  return withAccount(async (account) => {
    const theirs = await tool.prepare(account, folder);
    const ours: Timed = async () => (await runOnce(cloudHalf(account, 'moto'))).milliseconds;
    const freshly =
      (run: Timed): Timed =>
      async () => {
        await account.fresh();
        await theirs.forget?.();
        return run();
      };
    const first = await compare(freshly(ours), freshly(theirs.first), rounds);
    const again = await compare(ours, theirs.again, rounds);
    const note = tool.less === undefined ? '' : `; ${tool.less}`;
    return rows.map((row, index) => {
      const { ratio, detail } = index === 0 ? first : again;
      return { ...row, value: ratio, detail: `${detail}${note}` };
    });
  });
}

/** A row with both figures against another tool: its first run, and one with everything in place. */
export function against(tool: OtherTool): BenchRow {
  const [first, again] = tool.words;
  const rows = [
    { name: `first run against ${first}`, unit: 'x', bar: 1 },
    { name: `no-op against ${again}`, unit: 'x', bar: 1 },
  ] as const;
  return {
    name: tool.name,
    async run({ rounds }) {
      const why = tool.missing();
      if (why !== null) return rows.map((row) => notMeasured(row, why));
      const folder = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
      try {
        return await measure(tool, rows, Math.min(rounds, 3), folder);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
