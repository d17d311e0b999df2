import type { RemoteFailure } from '../ports/gateway-probe.js';
import type { Matcher, Place } from './entry.js';

/** One form for texts that mean the same: apostrophes, doubled full stops, runs of white space, amounts of time. */
export function fold(text: string): string {
  return text
    .replace(/[\u2018\u2019\u02BC]/gu, "'")
    .replace(/[\u201C\u201D]/gu, '"')
    .replace(/\s+/gu, ' ')
    .replace(/\.{2,}/gu, '.')
    .replace(/\b\d+ (minute|day)s?\b/giu, 'N $1s')
    .trim();
}

const compiled = new Map<string, RegExp>();

/** `…` becomes anything, `{name}` a named group; the rest is literal. */
function compile(text: string): RegExp {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const source = fold(text)
    .split(/(…|\{[a-zA-Z]+\})/u)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '…') return '.*?';
      if (/^\{[a-zA-Z]+\}$/u.test(part)) return `(?<${part.slice(1, -1)}>\\S+)`;
      return part.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
    })
    .join('');
  const pattern = new RegExp(source, 'iu');
  compiled.set(text, pattern);
  return pattern;
}

/** Error names without service prefixes and the suffix that some protocols add. */
function foldName(name: string): string {
  return name
    .replace(/^.*#/u, '')
    .replace(/(?:Exception|Fault)$/u, '')
    .toLowerCase();
}

/**
 * The values that the matcher's text names when the failure fits, else `null`. A status of 0 (no answer, or an error
 * inside a stream) is no contradiction.
 */
export function matchFailure(
  matcher: Matcher,
  failure: RemoteFailure,
  place: Place | undefined,
): Readonly<Record<string, string>> | null {
  const { names, statuses, text } = matcher;
  if (matcher.place !== undefined && matcher.place !== (place ?? 'operator')) return null;
  if (names !== undefined && !names.some((name) => foldName(name) === foldName(failure.name))) return null;
  if (statuses !== undefined && failure.status !== 0 && !statuses.includes(failure.status)) return null;
  if (text === undefined) return {};
  const found = compile(text).exec(fold(failure.message));
  if (found === null) return null;
  const named = Object.entries(found.groups ?? {});
  return Object.fromEntries(named.map(([key, value]) => [key, value.replace(/[.,;:'"]+$/u, '')]));
}
