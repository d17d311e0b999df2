import { thousands } from './thousands.js';

/** How many ids stand for all. */
const examples = 3;

/** A few ids in place of all. */
export function idsText(ids: readonly string[]): string {
  const more = ids.length - examples;
  const shown = ids.slice(0, more > 1 ? examples : examples + 1).join(', ');
  return more > 1 ? `${shown} and ${thousands(more)} more` : shown;
}

/** One id by itself, of several how many. */
export function instancesText(ids: readonly string[]): string {
  return ids.length === 1 ? (ids[0] ?? '') : `${thousands(ids.length)} instances`;
}
