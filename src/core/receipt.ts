import type { ReceiptStore } from '../ports/receipts.js';
import type { Action, StepId } from './change.js';
import { version } from '../version.js';
import { ExitCode, SetupError } from './errors.js';
import { isRecord } from './text/record.js';

/** Version of the receipt's form. A change of form raises it; older receipts stay readable. */
export const receiptVersion = 1;

/** What became of an edit. `intended`: written before acting; whether it took effect is only known by reading. */
export type EntryStatus = 'intended' | 'applied' | 'failed' | 'undone' | 'retained';

/** One edit and the edit that takes it back. */
export interface ReceiptEntry {
  readonly step: StepId;
  readonly action: Action;
  readonly target: string;
  readonly detail: string;
  readonly op: unknown;
  readonly undo: unknown;
  readonly status: EntryStatus;
  /** ISO time of the last change of status. */
  readonly at: string;
  /** Why it was retained or failed. */
  readonly reason?: string;
  /** The host half was put back before this, from afar: afterwards nobody may reach the host. */
  readonly host?: 'undone';
}

/** What was aimed at: one instance, one host that is none, or many instances of a region. */
export interface ReceiptTarget {
  readonly account: string | null;
  readonly region: string;
  readonly instanceId: string | null;
  /** Many instances; then there is no `instanceId`. */
  readonly fleet?: true;
}

/** What became of the edit under a number, as it stands in a receipt's log. */
export interface LoggedOutcome {
  readonly index: number;
  readonly status: EntryStatus;
  readonly at: string;
  readonly reason?: string;
  readonly undo?: unknown;
  readonly host?: 'undone';
}

/** What was done and how to undo it. No secret is ever in it. */
export interface Receipt {
  readonly schemaVersion: typeof receiptVersion;
  readonly id: string;
  readonly toolVersion: string;
  readonly createdAt: string;
  readonly target: ReceiptTarget;
  /** Set once everything that can be undone is undone. */
  readonly closedAt: string | null;
  readonly entries: readonly ReceiptEntry[];
}

/** A receipt of this version of the tool that is open; `createdAt` is ISO time. */
export function newReceipt(
  id: string,
  createdAt: string,
  target: ReceiptTarget,
  entries: readonly ReceiptEntry[] = [],
): Receipt {
  return {
    schemaVersion: receiptVersion,
    id,
    toolVersion: version,
    createdAt,
    target,
    closedAt: null,
    entries,
  };
}

/** Name under which a receipt is kept. */
export function receiptFileName(id: string): string {
  return `${id}.json`;
}

/** Name of the log beside a receipt: what was done since the receipt was last written as a whole. */
export function receiptLogName(id: string): string {
  return `${id}.log`;
}

function invalid(name: string, what: string): SetupError {
  return new SetupError({
    code: 'RECEIPT_INVALID',
    message: `the receipt ${name} cannot be read: ${what}`,
    why: 'undo only does what a whole receipt says, never what is left of one',
    fix: 'restore the file from a backup, or remove it and undo by hand: its tags name what was made',
    exitCode: ExitCode.failed,
  });
}

const statuses: readonly unknown[] = ['intended', 'applied', 'failed', 'undone', 'retained'];

function checkEntry(name: string, entry: unknown, index: number): void {
  const texts = ['step', 'action', 'target', 'detail', 'at'];
  const whole =
    isRecord(entry) &&
    texts.every((key) => typeof entry[key] === 'string') &&
    statuses.includes(entry['status']);
  if (!whole || !('op' in entry) || !('undo' in entry))
    throw invalid(name, `entry ${index + 1} is incomplete`);
}

/** Parses a receipt of this or an older version. Throws RECEIPT_INVALID for anything else. */
export function parseReceipt(name: string, text: string): Receipt {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(name, error instanceof Error ? error.message : 'no JSON');
  }
  if (!isRecord(value)) throw invalid(name, 'no JSON object');
  if (value['schemaVersion'] !== receiptVersion) {
    throw invalid(
      name,
      `its version is ${JSON.stringify(value['schemaVersion'])}, this tool knows ${receiptVersion}`,
    );
  }
  const { id, entries, target } = value;
  if (typeof id !== 'string' || !/^[a-z0-9-]{1,64}$/u.test(id)) throw invalid(name, 'its id is missing');
  if (!isRecord(target) || typeof target['region'] !== 'string') throw invalid(name, 'its target is missing');
  if (!Array.isArray(entries)) throw invalid(name, 'its entries are missing');
  for (const [index, entry] of entries.entries()) checkEntry(name, entry, index);
  return value as unknown as Receipt;
}

/** Whether a line of a log says what became of an edit. */
export function isOutcome(line: unknown): line is LoggedOutcome {
  return isRecord(line) && statuses.includes(line['status']) && typeof line['at'] === 'string';
}

/** An entry with what became of it. */
export function withOutcome(
  entry: ReceiptEntry,
  { status, at, reason, undo, host }: LoggedOutcome,
): ReceiptEntry {
  return {
    ...entry,
    status,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(undo === undefined ? {} : { undo }),
    ...(host === undefined ? {} : { host }),
  };
}

/**
 * A receipt with what its log says. The last line counts only where it is whole: the rest of it was never written, so what
 * it announces was never done. Throws RECEIPT_INVALID for any other line that is no JSON or fits nothing.
 */
function withLog(receipt: Receipt, log: string): Receipt {
  const entries = [...receipt.entries];
  for (const text of log.split('\n').slice(0, -1)) {
    const name = receiptLogName(receipt.id);
    let line: unknown;
    try {
      line = JSON.parse(text);
    } catch {
      throw invalid(name, 'a line is no JSON');
    }
    const index = isRecord(line) ? line['index'] : null;
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index > entries.length)
      throw invalid(name, 'a line has no number');
    const entry = entries[index];
    if (isRecord(line) && isRecord(line['entry'])) {
      checkEntry(name, line['entry'], index);
      entries[index] = line['entry'] as unknown as ReceiptEntry;
    } else if (entry !== undefined && isOutcome(line)) entries[index] = withOutcome(entry, line);
    else throw invalid(name, `a line about entry ${index + 1} fits nothing`);
  }
  return { ...receipt, entries };
}

/** Whether a receipt is about the same account, region and instance. An account that is not known fits any. */
export function isForTarget(receipt: Receipt, target: ReceiptTarget): boolean {
  const { account, region, instanceId } = receipt.target;
  const sameAccount = account === null || target.account === null || account === target.account;
  const sameKind = receipt.target.fleet === target.fleet;
  return sameAccount && sameKind && region === target.region && instanceId === target.instanceId;
}

/** The receipts that are not closed, newest first. One that cannot be read throws RECEIPT_INVALID. */
export async function openReceipts(store: ReceiptStore): Promise<readonly Receipt[]> {
  const receipts: Receipt[] = [];
  for (const name of await store.list()) {
    const text = await store.read(name);
    if (text === null) continue;
    const receipt = parseReceipt(name, text);
    if (receipt.closedAt !== null) continue;
    const log = await store.read(receiptLogName(receipt.id));
    receipts.push(log === null ? receipt : withLog(receipt, log));
  }
  return receipts;
}

/** Entries up to which a receipt is laid out to be read by people. */
const readable = 200;

/** Writes a receipt as a whole. */
export async function saveReceipt(store: ReceiptStore, receipt: Receipt): Promise<void> {
  const indent = receipt.entries.length > readable ? 0 : 2;
  await store.write(receiptFileName(receipt.id), `${JSON.stringify(receipt, null, indent)}\n`);
}
