import type { Change, StepId } from './change.js';
import { version } from '../version.js';
import { isRecord } from './json.js';

/** Version of the receipt's form. A change of form raises it; older receipts stay readable. */
export const receiptVersion = 1;

/** What became of an edit. `intended`: written before acting; whether it took effect is only known by reading. */
export type EntryStatus = 'intended' | 'applied' | 'failed' | 'undone' | 'retained';

/** An edit that is about to be made, and the edit that takes it back. */
export interface Intent extends Omit<Change, 'body'> {
  readonly step: StepId;
  /** Ids of the instances that share what is made, where these are not all that the receipt is about. */
  readonly instances?: readonly string[];
}

/** A change of a step as it stands in a receipt. */
export function intentOf(step: StepId, { action, target, detail, op, undo }: Change): Intent {
  return { step, action, target, detail, op, undo };
}

/** How an edit came out. */
export interface Outcome {
  readonly status: EntryStatus;
  /** Why it was retained or failed. */
  readonly reason?: string;
  /** The inverse, where it is known better than before acting. */
  readonly undo?: unknown;
  /** The host half was put back before this, from afar: afterwards nobody may reach the host. */
  readonly host?: 'undone';
  /** Ids of the instances that are left of those which share it, and of those which left. */
  readonly instances?: readonly string[];
  readonly former?: readonly string[];
}

/** How the edit under a number came out. */
export interface NumberedOutcome extends Outcome {
  readonly index: number;
}

/** One edit and the edit that takes it back. */
export interface ReceiptEntry extends Intent {
  readonly status: EntryStatus;
  /** ISO time of the last change of status. */
  readonly at: string;
  readonly reason?: string;
  readonly host?: 'undone';
  /** Ids of the instances that shared what is made and are undone. */
  readonly former?: readonly string[];
}

/** What was aimed at: one instance, one host that is none, or many instances of a region. */
export interface ReceiptTarget {
  readonly account: string | null;
  readonly region: string;
  readonly instanceId: string | null;
  /** Many instances; then there is no `instanceId`. */
  readonly fleet?: true;
}

/** The many instances of a region, which share one receipt. */
export function fleetTarget(account: string | null, region: string): ReceiptTarget {
  return { account, region, instanceId: null, fleet: true };
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

/** An entry with how it came out at an ISO time. */
export function withOutcome(
  entry: ReceiptEntry,
  { status, reason, undo, host, instances, former }: Outcome,
  at: string,
): ReceiptEntry {
  return {
    ...entry,
    status,
    at,
    ...(reason === undefined ? {} : { reason }),
    ...(undo === undefined ? {} : { undo }),
    ...(host === undefined ? {} : { host }),
    ...(instances === undefined ? {} : { instances }),
    ...(former === undefined ? {} : { former }),
  };
}

/** The instance that an entry is about, `null` for what instances share. */
export function instanceOf({ op, undo }: ReceiptEntry): string | null {
  for (const edit of [undo, op]) {
    const id = isRecord(edit) ? edit['instanceId'] : null;
    if (typeof id === 'string') return id;
  }
  return null;
}

/** Ids of all instances that a receipt names beside one of its entries or in it. */
export function instancesOf(
  { target, entries }: Receipt,
  { instances = [], former = [] }: ReceiptEntry,
): readonly string[] {
  const own = [target.instanceId, ...entries.map(instanceOf)].filter((id) => id !== null);
  return [...new Set([...own, ...instances, ...former])];
}

/** Whether a receipt is about the same account, region and instance. An account that is not known fits any. */
export function isForTarget(receipt: Receipt, target: ReceiptTarget): boolean {
  const { account, region, instanceId } = receipt.target;
  const sameAccount = account === null || target.account === null || account === target.account;
  const sameKind = receipt.target.fleet === target.fleet;
  return sameAccount && sameKind && region === target.region && instanceId === target.instanceId;
}
