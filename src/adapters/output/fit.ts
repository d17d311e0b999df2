import { stripVTControlCharacters } from 'node:util';
import { latePattern } from '../../core/text/late-pattern.js';
import { neutralize } from '../../core/text/scrub.js';
import { inLines } from './fold.js';
import { columnsOf, displayWidth, graphemes } from './width.js';

const controls = latePattern(String.raw`\p{Cc}+`, 'gu');

const spelled: Readonly<Record<string, string>> = {
  '\u2026': '...',
  '\u2013': '-',
  '\u2014': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u00B7': '-',
};

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

/** A text in lines of at most so many columns, broken at spaces; a longer word is cut. */
export function wrap(text: string, columns: number): readonly string[] {
  return inLines(text, columns, (word) => [fit(word, columns)]);
}
