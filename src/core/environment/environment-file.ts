import { lineNumbers } from '../text/lines.js';
import type { Assignment } from './assignment.js';

/** What stands in quotes, up to the end of the file where nothing closes them. */
const quotes = /'([^']*)(?:'|$(?![\s\S]))|"((?:[^"\\]|\\[\s\S])*)(?:"|\\?$(?![\s\S]))/gmu;

/** A name, then what stands in quotes, then what does not: in that quotes are nothing special. A backslash takes the next character along. */
const line = new RegExp(
  String.raw`^[ \t]*(?<name>[^\s#;=][^=\r\n]*)=[ \t]*(?<quoted>(?:(?:${quotes.source})[ \t]*)*)(?<bare>(?:[^\\\r\n]|\\[\s\S]?)*)`,
  'gmu',
);

/**
 * The variables of a file as systemd reads it for `EnvironmentFile=` and environment.d (systemd.exec(5)): only whole lines are
 * comments, single quotes keep everything, `export` is no part of the format. Nothing is expanded.
 */
export function parseEnvironmentFile(text: string): readonly Assignment[] {
  const numberOf = lineNumbers(text);
  return [...text.matchAll(line)].flatMap((match): Assignment[] => {
    const { name = '', quoted = '', bare = '' } = match.groups ?? {};
    if (!/^[A-Za-z_]\w*$/u.test(name.trimEnd())) return [];
    return [{ name: name.trimEnd(), value: unquoted(quoted) + unescaped(bare), line: numberOf(match.index) }];
  });
}

function unquoted(text: string): string {
  return [...text.matchAll(quotes)]
    .map(([, single, double = '']) => single ?? double.replaceAll(/\\(?:\n|(["\\`$]))/gu, '$1'))
    .join('');
}

/** White space at the end goes, but for what a backslash has kept. */
function unescaped(text: string): string {
  const [kept = ''] = /^(?:[^\\]*\\[\s\S]?)*/u.exec(text) ?? [];
  return (kept + text.slice(kept.length).trimEnd()).replaceAll(/\\(?:[\r\n]|([\s\S])|$)/gu, '$1');
}
