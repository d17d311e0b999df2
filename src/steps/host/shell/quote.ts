import { usageError } from '../../../core/errors.js';
import { latePattern } from '../../../core/text/late-pattern.js';
import { singleQuoted } from '../../../core/text/shell-word.js';
import type { ShellName } from '../../../ports/host.js';

/** Characters that mean nothing to any of the shells, so that the value needs no quotes. */
const plain = /^[\w./:@+-]+$/u;

/** What cannot stand on one line. */
const unfit = latePattern(String.raw`[\p{Cc}\p{Cs}\u2028\u2029]`, 'u');

/** Throws VALUE_UNSAFE for a value that cannot stand on one line: one with control characters or half a surrogate pair. */
export function assertOneLine(name: string, value: string): void {
  if (!unfit().test(value)) return;
  throw usageError(
    'VALUE_UNSAFE',
    `the value of ${name} has a control character in it`,
    'it is written to files that are read line by line',
    `give ${name} a value of printable characters, such as default or us-east-1`,
  );
}

/** The line by which a shell exports a variable; whatever the value, the shell sees exactly it. Throws VALUE_UNSAFE. */
export function exportLine(shell: ShellName, name: string, value: string): string {
  assertOneLine(name, value);
  return shell === 'fish'
    ? `set -gx ${name} ${quoteFish(value)}`
    : `export ${name}=${plain.test(value) ? value : singleQuoted(value)}`;
}

/** In fish's single quotes a backslash escapes itself and the quote (fish documentation, "Quotes"). */
function quoteFish(value: string): string {
  return plain.test(value) ? value : `'${value.replaceAll(/[\\']/gu, String.raw`\$&`)}'`;
}
