import type { SetupError } from '../../../core/errors.js';
import { usageError } from '../../../core/errors.js';

/** BAD_VALUE: the flag, its wrong value, what it should be, and an example. */
export function bad(flag: string, value: string, why: string, right: string): SetupError {
  return usageError(
    'BAD_VALUE',
    `--${flag} ${JSON.stringify(value)} is not valid`,
    why,
    `for example: --${flag} ${right}`,
  );
}
