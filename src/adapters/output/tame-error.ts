import type { ErrorDetails } from '../../core/errors.js';
import { oneLine, scrub } from '../../core/text/scrub.js';

/** An error whose texts steer no terminal, show no secret, and whose message is one line. */
export function tameError(error: ErrorDetails): ErrorDetails {
  const { message, why, fix } = error;
  return { ...error, message: oneLine(message), why: scrub(why), fix: scrub(fix) };
}
