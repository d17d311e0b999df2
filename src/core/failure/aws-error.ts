import { errorMessage, errorName } from '../errors.js';

/**
 * Whether an AWS error carries one of these codes. Query services give `Code`; modelled errors of the SDK carry the
 * same name with `Exception` behind it.
 */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  const name = errorName(error).replace(/Exception$/u, '');
  return codes.includes(name);
}

/** Whether an error's message holds the text, in any case. */
export function saysText(error: unknown, text: string): boolean {
  return errorMessage(error).toLowerCase().includes(text.toLowerCase());
}
