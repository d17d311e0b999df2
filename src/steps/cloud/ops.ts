import { isRecord } from '../../core/text/record.js';
import type { StepId } from '../../core/change.js';
import { ExitCode, SetupError } from '../../core/errors.js';
import type { Tags } from '../../ports/iam.js';
import type { JsonObject } from '../../ports/json.js';

/** The fields of an op that comes from a receipt. Each accessor throws RECEIPT_INVALID where the field is not as said. */
export interface OpFields {
  readonly kind: string;
  isNull(key: string): boolean;
  text(key: string): string;
  textOrNull(key: string): string | null;
  /** A text of any length that a command can have. */
  long(key: string): string;
  /** `null` where it is left out. */
  optionalText(key: string): string | null;
  /** A whole number from 1 to 64. */
  hops(key: string): number;
  document(key: string): JsonObject;
  documentOrNull(key: string): JsonObject | null;
  tags(key: string): Tags;
  /** For a `kind` that the step does not know. */
  unknown(): SetupError;
}

function isTags(value: unknown): value is Tags {
  return isRecord(value) && Object.values(value).every((tag) => typeof tag === 'string');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 2048;
}

function isLong(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 65_536;
}

/** Opens an op from a receipt. Throws RECEIPT_INVALID when it is no object with a `kind`. */
export function readOp(step: StepId, value: unknown): OpFields {
  const invalid = (what: string): SetupError =>
    new SetupError({
      code: 'RECEIPT_INVALID',
      message: `an entry of the receipt for the step ${step} cannot be understood: ${what}`,
      why: 'only what this tool wrote itself is carried out',
      fix: 'restore the receipt from a backup, or undo by hand: the tags name what was made',
      exitCode: ExitCode.failed,
    });
  if (!isRecord(value)) throw invalid('it is no object');
  const { kind } = value;
  if (!isText(kind)) throw invalid('its kind is missing');
  const field = <Type>(key: string, fits: (found: unknown) => found is Type): Type => {
    const found = value[key];
    if (!fits(found)) throw invalid(`${key} is missing or wrong`);
    return found;
  };
  const orNull = <Type>(key: string, fits: (found: unknown) => found is Type): Type | null =>
    value[key] === null ? null : field(key, fits);
  const isDocument = (found: unknown): found is JsonObject => isRecord(found);
  const isHops = (found: unknown): found is number =>
    typeof found === 'number' && Number.isInteger(found) && found >= 1 && found <= 64;
  return {
    kind,
    isNull: (key) => value[key] === null,
    text: (key) => field(key, isText),
    long: (key) => field(key, isLong),
    textOrNull: (key) => orNull(key, isText),
    optionalText: (key) => (key in value ? field(key, isText) : null),
    hops: (key) => field(key, isHops),
    document: (key) => field(key, isDocument),
    documentOrNull: (key) => orNull(key, isDocument),
    tags: (key) => field(key, isTags),
    unknown: () => invalid(`its kind is ${JSON.stringify(kind)}`),
  };
}
