import type { StepId } from '../core/change.js';
import type { SetupError } from '../core/errors.js';
import { failure } from '../core/errors.js';
import { isRecord } from '../core/json.js';
import { latePattern } from '../core/text/late-pattern.js';
import type { Tags } from '../ports/iam.js';
import type { JsonObject } from '../ports/json.js';

const controls = latePattern(String.raw`\p{Cc}`, 'u');

/** The fields of an op that comes from a receipt; every getter throws RECEIPT_INVALID for anything of another type. */
export interface OpFields {
  /** One line, which may be empty: what may stand in a file. */
  readonly text: (name: string) => string;
  /** A name, an id or an ARN: 1 to 2048 characters. */
  readonly word: (name: string) => string;
  /** A text of as many lines as a command can have. */
  readonly script: (name: string) => string;
  readonly flag: (name: string) => boolean;
  /** A whole number within bounds. */
  readonly count: (name: string, least: number, most: number) => number;
  readonly texts: (name: string) => readonly string[];
  readonly oneOf: <Value extends string>(name: string, values: readonly Value[]) => Value;
  readonly document: (name: string) => JsonObject;
  readonly tags: (name: string) => Tags;
  readonly fields: (name: string) => OpFields;
  readonly list: (name: string) => readonly OpFields[];
  /** `null` stays `null`. */
  readonly orNull: <Value>(name: string, parse: (name: string) => Value) => Value | null;
  readonly raw: (name: string) => unknown;
  /** For a value that the step itself finds wrong. */
  readonly invalid: (name: string) => SetupError;
}

/** Reads an op of `step` field by field. */
export function opFields(step: StepId, value: unknown): OpFields {
  const invalid = (name: string): SetupError => invalidOp(step, name);
  if (!isRecord(value)) throw invalid('op');
  const expect = <Value>(name: string, isValue: (field: unknown) => field is Value): Value => {
    const field = Object.hasOwn(value, name) ? value[name] : undefined;
    if (!isValue(field)) throw invalid(name);
    return field;
  };
  return {
    text: (name) => expect(name, isText),
    word: (name) => expect(name, isWord),
    script: (name) => expect(name, isScript),
    flag: (name) => expect(name, (field) => typeof field === 'boolean'),
    count: (name, least, most) =>
      expect(
        name,
        (field): field is number => Number.isInteger(field) && isWithin(Number(field), least, most),
      ),
    texts: (name) => expect(name, (field): field is string[] => Array.isArray(field) && field.every(isText)),
    oneOf: (name, values) =>
      expect(name, (field): field is (typeof values)[number] => values.some((value) => value === field)),
    document: (name) => expect(name, (field): field is JsonObject => isRecord(field)),
    tags: (name) => expect(name, isTags),
    fields: (name) => opFields(step, value[name]),
    list: (name) => expect(name, Array.isArray).map((item) => opFields(step, item)),
    orNull: (name, parse) => (value[name] === null ? null : parse(name)),
    raw: (name) => value[name],
    invalid,
  };
}

function invalidOp(step: StepId, field: string): SetupError {
  return failure(
    'RECEIPT_INVALID',
    `an edit of ${step} in the receipt has no valid ${field}`,
    'undo only does what a whole receipt says, never what is left of one',
    'restore the receipt from a backup, or undo this step by hand',
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && !controls().test(value);
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && isWithin(value.length, 1, 2048);
}

function isScript(value: unknown): value is string {
  return typeof value === 'string' && isWithin(value.length, 1, 65_536);
}

function isTags(value: unknown): value is Tags {
  return isRecord(value) && Object.values(value).every((tag) => typeof tag === 'string');
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
