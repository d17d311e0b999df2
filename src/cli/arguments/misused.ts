import type { SetupError } from '../../core/errors.js';
import { errorMessage, usageError } from '../../core/errors.js';
import { valueFlags } from './flags.js';

/** What `parseArgs` says of a flag whose value is missing, or is there where none belongs; one that it does not know else. */
export function misused(error: unknown, argv: readonly string[]): SetupError | null {
  const [, flag, name] = /^Option '(?:-\w, )?(--([\w-]+))/u.exec(errorMessage(error)) ?? [];
  if (flag === undefined || name === undefined) return null;
  const given = argv[argv.indexOf(flag) + 1];
  if (!Object.hasOwn(valueFlags, name)) {
    const why = 'it is on where it is given and off where it is not';
    return usageError('BAD_ARGUMENTS', `${flag} takes no value`, why, `leave the value out: ${flag}`);
  }
  const follows =
    argv.includes(flag) && given !== undefined ? `, and ${JSON.stringify(given)} follows it` : '';
  return usageError(
    'BAD_ARGUMENTS',
    `${flag} has no value${follows}`,
    'a word that begins with a dash is taken for the next flag',
    `give one; if it is to begin with a dash: ${flag}=-…`,
  );
}

/** A negative number is a value, wrong as it may be, and no flag: so it is named by the flag whose value it is. */
export function withNumbers(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of argv) {
    const flag = /^--(.+)$/u.exec(joined.at(-1) ?? '')?.[1] ?? '';
    if (/^-\d/u.test(word) && Object.hasOwn(valueFlags, flag)) joined.push(`${joined.pop() ?? ''}=${word}`);
    else joined.push(word);
  }
  return joined;
}
