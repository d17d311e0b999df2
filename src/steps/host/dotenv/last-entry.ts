import type { DotenvEntry } from '../../../core/environment/dotenv.js';
import { parseDotenv } from '../../../core/environment/dotenv.js';
import { binaryToUtf8, utf8ToBinary } from '../text.js';

/**
 * The entry of a variable that counts, the last, in a `.env` text in binary form. Its value is as OpenClaw sees it, `start` and `end`
 * are places in the binary form.
 */
export function lastEntry(binary: string, name: string): DotenvEntry | null {
  const decoded = binaryToUtf8(binary);
  const isUtf8 = utf8ToBinary(decoded) === binary;
  const found = parseDotenv(isUtf8 ? decoded : binary).findLast((entry) => entry.name === name);
  if (found === undefined) return null;
  if (!isUtf8) return { ...found, value: binaryToUtf8(found.value) };
  const placeOf = (place: number): number => utf8ToBinary(decoded.slice(0, place)).length;
  return { ...found, start: placeOf(found.start), end: placeOf(found.end) };
}
