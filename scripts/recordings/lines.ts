import type { Screen } from '../../test/support/screen.js';

/** A piece of a line that is painted in one way. */
export interface Segment {
  readonly text: string;
  readonly style: string;
}

/** A line of a picture. */
export type Line = readonly Segment[];

/** What differs from run to run and from machine to machine, and what stands for it in a picture. */
const chance: readonly (readonly [RegExp, string])[] = [
  [/http:\/\/127\.0\.0\.1:\d+/gu, 'http://169.254.169.254'],
  [/\d{4}-\d{2}-\d{2}T[\d:.]+Z/gu, '2026-11-22T18:30:00.000Z'],
  [/\b\d+ ms/gu, '412 ms'],
  [/\br-[0-9a-f]{12}\b/gu, 'r-3f9c0a1b2d4e'],
  [/^user {6}.*$/gu, 'user      ubuntu, /bin/bash'],
  [/; (?:in a container \(.*\)|runs containers)$/gu, ''],
  [/^ {2}\d+\.\d s$/gu, ''],
];

function withoutChance(text: string): string {
  return chance.reduce((result, [pattern, instead]) => result.replace(pattern, instead), text);
}

function textOf(line: Line): string {
  return line.map(({ text }) => text).join('');
}

/** What a screen shows, line by line, without what is there by chance. */
export function linesOf(screen: Screen): readonly Line[] {
  return screen.cells.map((cells) => {
    const segments: { text: string; style: string }[] = [];
    for (const { character, style } of cells) {
      const last = segments.at(-1);
      if (last !== undefined && last.style === style) last.text += character;
      else segments.push({ text: character, style });
    }
    return segments.map(({ text, style }) => ({ text: withoutChance(text), style }));
  });
}

/** The lines from the last one that a pattern fits to the end, empty ones at the end left out. */
export function from(lines: readonly Line[], pattern: RegExp): readonly Line[] {
  const start = lines.findLastIndex((line) => pattern.test(textOf(line)));
  if (start === -1) throw new Error(`no line is like ${String(pattern)}:\n${lines.map(textOf).join('\n')}`);
  const end = lines.findLastIndex((line) => textOf(line).trim() !== '');
  return lines.slice(start, end + 1);
}
