import { thousands } from './thousands.js';

/** How many ids stand for all. */
const examples = 3;

/** A few ids in place of all. */
export function idsText(ids: readonly string[]): string {
  const more = ids.length - examples;
  const shown = ids.slice(0, more > 1 ? examples : examples + 1).join(', ');
  return more > 1 ? `${shown} and ${thousands(more)} more` : shown;
}

/** `1 instance`, `2 instances`. */
export function instanceCount(number: number): string {
  return `${thousands(number)} instance${number === 1 ? '' : 's'}`;
}

/** One id by itself, of several how many. */
export function instancesText(ids: readonly string[]): string {
  return ids.length === 1 ? (ids[0] ?? '') : instanceCount(ids.length);
}
