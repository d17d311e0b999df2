import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withAccount } from '../account.js';
import type { BenchRow, Figure } from '../figure.js';
import { type Command, runOnce } from '../measure.js';
import { bareVariables, tool } from '../tool.js';
import { cloudHalf } from './setup-command.js';

const preload = fileURLToPath(new URL('../peak-memory.cjs', import.meta.url));

/** Children of a process that are alive now. Linux only; none elsewhere. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
}

async function peakOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s*(\d+) kB/mu.exec(text)?.[1] ?? 0);
}

/** Looks every few milliseconds at a process's children; `stop` gives the largest peak of any of them, in KiB. */
function watchChildren(pid: number): { stop(): number } {
  let largest = 0;
  const look = async (): Promise<void> => {
    for (const child of await childrenOf(pid)) largest = Math.max(largest, await peakOf(child));
  };
  const timer = setInterval(() => void look(), 4);
  return {
    stop: () => {
      clearInterval(timer);
      return largest;
    },
  };
}

async function peak(name: string, command: Command, bar: number): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'openclaw-bedrock-setup-bench-'));
  const file = join(folder, 'peak');
  let watched: { stop(): number } | null = null;
  try {
    const variables = { ...command.variables, NODE_OPTIONS: `--require=${preload}`, PEAK_MEMORY_FILE: file };
    const { pid } = await runOnce({ ...command, variables }, (started) => {
      watched = watchChildren(started);
    });
    const child = stopped(watched);
    const names = await readdir(folder);
    const own = Number(
      await readFile(join(folder, names.find((entry) => entry.endsWith(`.${pid}`)) ?? ''), 'utf8'),
    );
    const detail = child === 0 ? '' : `its largest child process: ${(child / 1024).toFixed(1)} MiB`;
    return { name: `peak memory: ${name}`, value: own / 1024, unit: 'MiB', bar, detail };
  } finally {
    stopped(watched);
    await rm(folder, { recursive: true, force: true });
  }
}

function stopped(watched: { stop(): number } | null): number {
  return watched?.stop() ?? 0;
}

/** The most memory that a run needs. */
export const memory: BenchRow = {
  name: 'memory',
  run: async () =>
    withAccount(async (account) => {
      const bare = bareVariables(tmpdir());
      await runOnce(cloudHalf(account, 'moto'));
      return [
        await peak('--version', tool(['--version'], bare), 45),
        await peak('no-op', cloudHalf(account, 'moto'), 60),
        await peak('rehearsal', tool(['--mock', '--yes', '--json'], bare), 110),
      ];
    }),
};
