import { stripVTControlCharacters } from 'node:util';
import { latePattern } from '../../core/text/late-pattern.js';
import { neutralize } from '../../core/text/scrub.js';

const wide = latePattern(
  String.raw`[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]`,
  'u',
);
const zero = latePattern(String.raw`[\p{Mn}\p{Me}\p{Cf}]`, 'u');
const controls = latePattern(String.raw`\p{Cc}+`, 'gu');

const spelled: Readonly<Record<string, string>> = {
  '\u2026': '...',
  '\u2013': '-',
  '\u2014': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u00B7': '-',
};

function columnsOf(character: string): number {
  if (zero().test(character)) return 0;
  return wide().test(character) ? 2 : 1;
}

// Made when it is first needed: it takes ten milliseconds, and most texts are ASCII.
let segmenter: Intl.Segmenter | null = null;

/** A text's characters as a reader counts them. */
export function graphemes(text: string): readonly string[] {
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How many columns a text takes up on a terminal (Unicode East Asian Width), control sequences left out. */
export function displayWidth(text: string): number {
  if (/^[\u0020-\u007E]*$/u.test(text)) return text.length;
  let width = 0;
  for (const character of stripVTControlCharacters(text)) width += columnsOf(character);
  return width;
}

/** A text on one line and without control characters; outside of a Unicode locale also without anything but ASCII. */
export function printable(text: string, unicode: boolean): string {
  const bare = stripVTControlCharacters(text).replaceAll(controls(), ' ');
  const plain = neutralize(bare);
  if (unicode) return plain;
  return plain.replaceAll(/[^\u0020-\u007E]/gu, (character) => spelled[character] ?? '?');
}

/** The beginning of a text that fits into so many columns; `..` stands for what is cut off. */
export function fit(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  const mark = columns < 4 ? '' : '..';
  let left = Math.max(0, columns - mark.length);
  let kept = '';
  for (const character of text) {
    left -= columnsOf(character);
    if (left < 0) break;
    kept += character;
  }
  return kept + mark;
}

/** The end of a text that fits into so many columns. */
export function fitEnd(text: string, columns: number): string {
  let left = columns;
  let kept = '';
  for (const character of graphemes(text).toReversed()) {
    left -= displayWidth(character);
    if (left < 0) break;
    kept = character + kept;
  }
  return kept;
}

/** A text with spaces behind it, so that it takes up so many columns. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

/** A text in lines of at most so many columns, broken at spaces; a word that is longer becomes what `pieces` makes of it. */
function inLines(
  text: string,
  columns: number,
  pieces: (word: string) => readonly string[],
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = pieces(word);
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? '';
  }
  return [...lines, line];
}

/** A word in pieces of at most so many columns. */
function broken(word: string, columns: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of graphemes(word)) {
    if (piece !== '' && displayWidth(piece + character) > columns) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** A text in lines of at most so many columns, broken at spaces; a longer word is cut. */
export function wrap(text: string, columns: number): readonly string[] {
  return inLines(text, columns, (word) => [fit(word, columns)]);
}

/** A text in lines of at most so many columns, broken at spaces; a longer word is broken, and nothing is lost. */
export function fold(text: string, columns: number): readonly string[] {
  if (displayWidth(text) <= columns) return [text];
  return inLines(text, columns, (word) => broken(word, columns));
}

/** Where a text begins to be a command that somebody will paste, with which it ends: no sentence goes on behind it. */
const commandStart =
  /(?:^|: |, )(?=(?:npx|aws|openclaw|openclaw-bedrock-setup|sudo|systemctl|curl|npm) [a-z-](?!.*(?:[,;.] | \()))/u;

/**
 * A sentence behind a head of its own, in lines of at most so many columns, the later ones indented like the first. A command at its
 * end stays whole on a line of its own: a terminal wraps it, and it can still be copied.
 */
export function paragraph(head: string, text: string, columns: number): readonly string[] {
  const indent = ' '.repeat(displayWidth(head));
  const [first = '', ...others] = text.split('\n');
  if (others.length > 0)
    return [
      ...paragraph(head, first, columns),
      ...others.flatMap((line) => {
        const text = line.trimStart();
        return paragraph(indent + line.slice(0, line.length - text.length), text, columns);
      }),
    ];
  const left = columns - indent.length;
  if (displayWidth(text) <= left || left < 16) return [`${head}${text}`];
  const found = commandStart.exec(text);
  const start = found === null ? text.length : found.index + found[0].length;
  const prose = text.slice(0, start).trimEnd();
  const command = text.slice(start);
  // An address or a statement in JSON is copied too, so that it stays whole as well.
  const whole = inLines(prose, left, (word) => (/:\/\/|^\{/u.test(word) ? [word] : broken(word, left)));
  const lines = [...(prose === '' ? [] : whole), ...(command === '' ? [] : [command])];
  return lines.map((line, index) => `${index === 0 ? head : indent}${line}`);
}
