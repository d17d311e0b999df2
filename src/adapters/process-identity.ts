import { readFile } from 'node:fs/promises';
import { errorName } from '../core/errors.js';

/** One process, told apart from any other that has or had its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from the start of the machine to that of the process; empty where the system does not say. */
  readonly started: string;
  /** Which start of which machine; empty where the system does not say. */
  readonly boot: string;
}

/** Field 22 of /proc/PID/stat (proc(5)), behind a name that may hold blanks and brackets. */
async function startOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

async function bootOf(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '')).trim();
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  const { pid } = process;
  return { pid, started: await startOf(pid), boot: await bootOf() };
}

/** Whether a process of this number is there. */
export function isPidInUse(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorName(error) === 'EPERM';
  }
}

/** Whether that very process still runs here. One of another machine or of another start of this one counts as gone. */
export async function isAlive({ pid, started, boot }: ProcessIdentity): Promise<boolean> {
  if (boot !== (await bootOf()) || !isPidInUse(pid)) return false;
  return started === (await startOf(pid));
}

/** An identity from a file; `null` for anything else. */
export function parseIdentity(text: string): ProcessIdentity | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { pid, started, boot } = (value ?? {}) as Partial<Record<keyof ProcessIdentity, unknown>>;
  const isWhole = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0;
  return isWhole && typeof started === 'string' && typeof boot === 'string' ? { pid, started, boot } : null;
}
