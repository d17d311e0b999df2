import type { SetupError } from '../../core/errors.js';
import { failure } from '../../core/errors.js';
import { isObject } from '../../core/json.js';
import type { Json, JsonObject } from '../../ports/json.js';

/**
 * A policy document as IAM gives it back: URL-encoded as RFC 3986 has it (IAM API reference, GetRolePolicy). Throws
 * UNREADABLE_POLICY when it is no JSON object.
 */
export function decodeDocument(document: string | undefined, of: string): JsonObject {
  try {
    const value: Json = JSON.parse(decodeURIComponent(document ?? ''));
    if (isObject(value)) return value;
  } catch {
    throw unreadable(of);
  }
  throw unreadable(of);
}

function unreadable(of: string): SetupError {
  return failure(
    'UNREADABLE_POLICY',
    `the policy document of ${of} is not readable as JSON`,
    'what cannot be read cannot be compared with what is wanted',
    'look at it in the IAM console, or choose another name with --role-name',
  );
}
