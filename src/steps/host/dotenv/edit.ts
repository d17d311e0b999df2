import { usageError } from '../../../core/errors.js';
import { jointOf, newlineOf } from '../text.js';
import { lastEntry } from './last-entry.js';

/** A value as it is written to a `.env` file. Throws VALUE_UNSAFE where the format has no way to write it. */
export function writtenValue(key: string, value: string): string {
  if (/^[\w./:@+-]+$/u.test(value)) return value;
  const quote = ["'", '`', '"'].find((candidate) => !value.includes(candidate));
  const isSafe = quote !== undefined && !value.endsWith('\\') && !(quote === '"' && value.includes('\\'));
  if (isSafe) return `${quote}${value}${quote}`;
  throw usageError(
    'VALUE_UNSAFE',
    `the value of ${key} cannot be written to a .env file`,
    'the format has no way to write a value with all three kinds of quotes, or with a backslash at its end',
    `give ${key} another value`,
  );
}

/** Text in which `key` has what is written as `written`: in place where the key is, else on a line at the end. */
export function setEntry(text: string, key: string, written: string): string {
  const entry = lastEntry(text, key);
  if (entry !== null) return text.slice(0, entry.start) + written + text.slice(entry.end);
  const newline = newlineOf(text);
  return `${text}${jointOf(text) === 'none' ? '' : newline}${key}=${written}${newline}`;
}

/** Text without the line `key=written`; `null` when there is no such line, or something else stands on it too. */
export function removeLine(text: string, key: string, written: string): string | null {
  const entry = lastEntry(text, key);
  if (entry === null) return null;
  const start = text.lastIndexOf('\n', entry.start) + 1;
  const newline = text.indexOf('\n', entry.end);
  const end = newline === -1 ? text.length : newline + 1;
  const line = text.slice(start, end).replace(/\r?\n$/u, '');
  return line === `${key}=${written}` ? text.slice(0, start) + text.slice(end) : null;
}
