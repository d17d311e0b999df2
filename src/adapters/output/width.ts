import { stripVTControlCharacters } from 'node:util';
import { latePattern } from '../../core/text/late-pattern.js';

const wide = latePattern(
  String.raw`[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]`,
  'u',
);
const zero = latePattern(String.raw`[\p{Mn}\p{Me}\p{Cf}]`, 'u');

/** How many columns a character takes up. */
export function columnsOf(character: string): number {
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
