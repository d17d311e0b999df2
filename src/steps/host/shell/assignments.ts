import { linesWith } from '../../../core/text/lines.js';
import type { ShellName } from '../../../ports/host.js';

/** A line of a shell profile that gives a variable a value, or takes it away. */
export interface Assignment {
  readonly name: string;
  /** `null` where only the shell itself could tell. */
  readonly value: string | null;
  /** Counted from 1. */
  readonly line: number;
  /** Where in the text the line begins. */
  readonly start: number;
}

const word = String.raw`(?:'[^'\\]*'|"[^"$\x60\\]*"|[\w./:@%+,-]+)`;
const posix = new RegExp(String.raw`^export((?:[ \t]+\w+=${word})+)[ \t]*(?:;|[ \t]#.*)?$`, 'u');
const posixPair = new RegExp(String.raw`(\w+)=(${word})`, 'gu');
const fish = new RegExp(
  String.raw`^set[ \t]+(?:-gx|-xg|-Ux|-xU|-g[ \t]+-x|-x[ \t]+-g)[ \t]+(\w+)[ \t]+(${word})[ \t]*(?:;|[ \t]#.*)?$`,
  'u',
);

/** The assignments of some variables in a profile, in order. Only plain top-level lines have a value. */
export function assignmentsOf(
  text: string,
  shell: ShellName,
  names: readonly string[],
): readonly Assignment[] {
  return linesWith(text, names).flatMap(({ text: line, start, number }) => {
    const sure = shell === 'fish' ? fishPairs(line) : posixPairs(line);
    return names
      .filter((name) => sure.has(name) || touches(line, shell, name))
      .map((name) => ({ name, value: sure.get(name) ?? null, line: number, start }));
  });
}

function posixPairs(line: string): ReadonlyMap<string, string> {
  const pairs = posix.exec(line)?.[1] ?? '';
  return new Map([...pairs.matchAll(posixPair)].map(([, name = '', value = '']) => [name, unquoted(value)]));
}

function fishPairs(line: string): ReadonlyMap<string, string> {
  const [, name, value] = fish.exec(line) ?? [];
  return new Map(name === undefined || value === undefined ? [] : [[name, unquoted(value)]]);
}

function unquoted(value: string): string {
  return /^["']/u.test(value) ? value.slice(1, -1) : value;
}

/** Whether a line may set or unset the variable for the shell itself, not only for one command. */
function touches(line: string, shell: ShellName, name: string): boolean {
  const patterns =
    shell === 'fish'
      ? [String.raw`^\s*(?:set|export)\b.*\b${name}\b`]
      : [
          String.raw`^\s*(?:export|declare|typeset)\b.*\b${name}=`,
          String.raw`^\s*${name}=\S*\s*$`,
          String.raw`^\s*unset\b.*\b${name}\b`,
        ];
  return patterns.some((pattern) => new RegExp(pattern, 'u').test(line));
}
