import type { SetupError } from './errors.js';
import { errorMessage, failure } from './errors.js';
import type { Outcome, Receipt, ReceiptEntry } from './receipt.js';
import { receiptVersion, withOutcome } from './receipt.js';
import { isRecord } from './json.js';

const otherwise =
  'restore the file from a backup, or remove it: undo --instance-id then goes by the tags in the account';

function invalid(name: string, what: string, fix = otherwise): SetupError {
  return failure(
    'RECEIPT_INVALID',
    `the receipt ${name} cannot be read: ${what}`,
    'undo only does what a whole receipt says, never what is left of one',
    fix,
  );
}

const statuses: readonly unknown[] = ['intended', 'applied', 'failed', 'undone', 'retained'];

function isList(ids: unknown): boolean {
  return ids === undefined || (Array.isArray(ids) && ids.every((id) => typeof id === 'string'));
}

function checkEntry(name: string, entry: unknown, index: number): void {
  const texts = ['step', 'action', 'target', 'detail', 'at'];
  const whole =
    isRecord(entry) &&
    texts.every((key) => typeof entry[key] === 'string') &&
    statuses.includes(entry['status']);
  if (
    !whole ||
    !('op' in entry) ||
    !('undo' in entry) ||
    !isList(entry['instances']) ||
    !isList(entry['former'])
  )
    throw invalid(name, `entry ${index + 1} is incomplete`);
}

/** Parses a receipt of this or an older version; `name` is what it is called in an error, its path as a rule. Throws RECEIPT_INVALID for anything else. */
export function parseReceipt(name: string, text: string): Receipt {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(name, errorMessage(error));
  }
  if (!isRecord(value)) throw invalid(name, 'no JSON object');
  if (value['schemaVersion'] !== receiptVersion) {
    throw invalid(
      name,
      `its version is ${JSON.stringify(value['schemaVersion'])}, this tool knows ${receiptVersion}`,
      'use the version of this tool that wrote it, or a later one',
    );
  }
  const { id, entries, target } = value;
  if (typeof id !== 'string' || !/^[a-z0-9-]{1,64}$/u.test(id)) throw invalid(name, 'its id is missing');
  if (!isRecord(target) || typeof target['region'] !== 'string') throw invalid(name, 'its target is missing');
  if (!Array.isArray(entries)) throw invalid(name, 'its entries are missing');
  for (const [index, entry] of entries.entries()) checkEntry(name, entry, index);
  return value as unknown as Receipt;
}

/** Whether a line of a log says how an edit came out. */
function isOutcome(line: unknown): line is Outcome & { readonly at: string } {
  return (
    isRecord(line) &&
    statuses.includes(line['status']) &&
    typeof line['at'] === 'string' &&
    isList(line['instances']) &&
    isList(line['former'])
  );
}

/**
 * A receipt with what its log says; `name` is the log's. The last line counts only where it is whole: the rest of it was never
 * written, so what it announces was never done. Throws RECEIPT_INVALID for any other line that is no JSON or fits nothing.
 */
export function withLog(receipt: Receipt, name: string, log: string): Receipt {
  const entries = [...receipt.entries];
  for (const text of log.split('\n').slice(0, -1)) {
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
    } else if (entry !== undefined && isOutcome(line)) entries[index] = withOutcome(entry, line, line.at);
    else throw invalid(name, `a line about entry ${index + 1} fits nothing`);
  }
  return { ...receipt, entries };
}
