import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A control group that holds processes to an amount of memory. */
export interface MemoryGroup {
  /** What a shell runs to put itself into the group. */
  readonly enter: string;
  /** The most that its processes held together, in bytes. */
  peak(): number;
  remove(): void;
}

const versions = [
  {
    parent: '/sys/fs/cgroup/memory',
    limits: ['memory.limit_in_bytes'],
    swap: 'memory.memsw.limit_in_bytes',
    peak: 'memory.max_usage_in_bytes',
  },
  { parent: '/sys/fs/cgroup', limits: ['memory.max'], swap: 'memory.swap.max', peak: 'memory.peak' },
] as const;

function write(file: string, value: number): void {
  writeFileSync(file, String(value));
}

function make({ parent, limits, swap, peak }: (typeof versions)[number], bytes: number): MemoryGroup | null {
  const folder = join(parent, `openclaw-bedrock-setup-bench-${process.pid}`);
  try {
    mkdirSync(folder);
    for (const limit of limits) write(join(folder, limit), bytes);
    // Not every kernel counts swap.
    try {
      write(join(folder, swap), swap === 'memory.swap.max' ? 0 : bytes);
    } catch {}
    readFileSync(join(folder, peak));
  } catch {
    try {
      rmdirSync(folder);
    } catch {}
    return null;
  }
  return {
    enter: `echo $$ > '${join(folder, 'cgroup.procs')}'`,
    peak: () => Number(readFileSync(join(folder, peak), 'utf8')),
    remove: () => rmdirSync(folder),
  };
}

/** A control group of version 1 or 2 of Linux; `null` where none may be made. */
export function memoryGroup(bytes: number): MemoryGroup | null {
  for (const version of versions) {
    const group = make(version, bytes);
    if (group !== null) return group;
  }
  return null;
}
