import type { StepId } from '../../core/change.js';
import { ExitCode, SetupError } from '../../core/errors.js';
import type { Joint } from './text.js';

/** The fields of an op that comes from a receipt; every getter throws RECEIPT_INVALID for anything of another type. */
export interface OpFields {
  readonly text: (name: string) => string;
  readonly flag: (name: string) => boolean;
  readonly texts: (name: string) => readonly string[];
  /** `null` stays `null`. */
  readonly optional: <Value>(name: string, parse: (name: string) => Value) => Value | null;
  readonly record: (name: string) => OpFields;
  readonly records: (name: string) => readonly OpFields[];
  readonly raw: (name: string) => unknown;
}

/** Reads an op of `step` field by field. */
export function opFields(step: StepId, value: unknown): OpFields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidOp(step, 'op');
  const fields = value as Readonly<Record<string, unknown>>;
  const expect = <Value>(name: string, isValue: (field: unknown) => field is Value): Value => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!isValue(field)) throw invalidOp(step, name);
    return field;
  };
  return {
    text: (name) => expect(name, isText),
    flag: (name) => expect(name, (field) => typeof field === 'boolean'),
    texts: (name) => expect(name, (field): field is string[] => Array.isArray(field) && field.every(isText)),
    optional: (name, parse) => (fields[name] === null ? null : parse(name)),
    record: (name) => opFields(step, fields[name]),
    records: (name) => expect(name, Array.isArray).map((item) => opFields(step, item)),
    raw: (name) => fields[name],
  };
}

/** A joint from a receipt. */
export function parseJoint(step: StepId, text: string): Joint {
  if (text === 'none' || text === 'lf' || text === 'crlf') return text;
  throw invalidOp(step, 'joint');
}

/** The error for an op that this tool did not write. */
export function invalidOp(step: StepId, field: string): SetupError {
  return new SetupError({
    code: 'RECEIPT_INVALID',
    message: `an edit of ${step} in the receipt has no valid ${field}`,
    why: 'undo only does what a whole receipt says, never what is left of one',
    fix: 'restore the receipt from a backup, or undo this step by hand',
    exitCode: ExitCode.failed,
  });
}

/** Text without control characters: what may stand in a path or a line. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !/\p{Cc}/u.test(value);
}
