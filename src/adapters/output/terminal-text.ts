import { latePattern } from '../../core/text/late-pattern.js';

/** A text of several lines below a heading: what follows the first is set in, so that it is seen to belong to it. */
export function setIn(text: string, columns: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(columns)}`);
}

const escape = '\u001B';
const own = latePattern(String.raw`^(?:${escape}\[(?:\d+(?:;\d+)*)?m|\r${escape}\[2K)$`, 'u');
const controls = latePattern(
  String.raw`${escape}\[(?:\d+(?:;\d+)*)?m|\r${escape}\[2K|(?![\n\t])[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]`,
  'gu',
);

/** The last lock before a terminal: colours and the wiping of a line, which this tool writes itself, and no other control. */
export function forTerminal(text: string): string {
  return text.replace(controls(), (found) => (own().test(found) ? found : ''));
}
