import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';
import type { Tags } from '../tags.js';

/** Managed policies that a role can hold, by default. */
export const ATTACHED_POLICIES_PER_ROLE = 10;
/** Characters, white space not counted, of all inline policies of a role together. */
export const INLINE_POLICY_CHARACTERS = 10_240;
/** Instance profiles in an account, by default. */
export const INSTANCE_PROFILES_PER_ACCOUNT = 1000;
const TAGS_PER_RESOURCE = 50;

const NAME = /^[\w+=,.@-]+$/;
const PATH = /^(?:\/|\/[!-~]+\/)$/;
const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** A required name in IAM's alphabet. Throws `ValidationError` in AWS's words. */
export function nameParameter(parameters: Parameters, name: string, maximum: number): string {
  const value = requiredParameter(parameters, name);
  if (!NAME.test(value)) {
    throw constraint(value, name, 'satisfy regular expression pattern: [\\w+=,.@-]+');
  }
  if (value.length > maximum) throw constraint(value, name, `have length less than or equal to ${maximum}`);
  return value;
}

/** A required text of at least one character. */
export function requiredParameter(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw constraint(undefined, name, 'not be null');
  if (value === '') throw constraint(value, name, 'have length greater than or equal to 1');
  return value;
}

/** The path of what is created, `/` when left out. */
export function pathParameter(parameters: Parameters): string {
  const path = parameters.get('Path') ?? '/';
  if (path.length > 512 || !PATH.test(path)) {
    throw constraint(
      path,
      'path',
      'satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)',
    );
  }
  return path;
}

/** Adds the request's tags to `existing`. Throws on a character, length, count or `aws:` key that IAM refuses. */
export function mergeTags(existing: Readonly<Tags>, parameters: Parameters): Tags {
  const merged = new Map(Object.entries(existing));
  for (const tag of parameters.structures('Tags')) {
    const key = requiredParameter(tag, 'Key');
    const value = tag.get('Value') ?? '';
    if (key.length > 128 || !TAG_CHARACTERS.test(key))
      throw constraint(key, 'tags.member.key', 'be a valid tag key');
    if (value.length > 256 || !TAG_CHARACTERS.test(value)) {
      throw constraint(
        value,
        'tags.member.value',
        'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*',
      );
    }
    if (key.toLowerCase().startsWith('aws:')) {
      throw new AwsError('InvalidInput', "Tag keys beginning with 'aws:' are reserved for system use.");
    }
    merged.set(key, value);
  }
  if (merged.size > TAGS_PER_RESOURCE) {
    throw new AwsError(
      'LimitExceeded',
      `The number of tags has reached the maximum limit: ${TAGS_PER_RESOURCE}`,
      409,
    );
  }
  return Object.fromEntries(merged);
}

function constraint(value: string | undefined, name: string, rule: string): AwsError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  const text = value === undefined ? 'null' : `'${value}'`;
  const message = `1 validation error detected: Value ${text} at '${member}' failed to satisfy constraint: Member must ${rule}`;
  return new AwsError('ValidationError', message);
}
