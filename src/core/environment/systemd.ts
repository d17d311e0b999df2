import type { Assignment } from './assignment.js';

/** What a unit file or drop-in says about the service's environment. */
export interface UnitEnvironment {
  readonly assignments: readonly Assignment[];
  /** Paths of `EnvironmentFile=`, without the `-` that makes them optional. */
  readonly files: readonly string[];
  /** `UnsetEnvironment=`: names, or names with the value that they must have. */
  readonly unset: readonly string[];
  /** Which of these begin anew here, so that nothing counts of the files before this one. */
  readonly resets: readonly Setting[];
}

/** What a unit file may say more than once. */
type Setting = 'assignments' | 'files' | 'unset';

/** Words of a systemd setting: parted by white space, quotes and escapes resolved (systemd.syntax(7)). */
export function splitWords(text: string): readonly string[] {
  const words = text.match(/(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\\.|[^\s"'])+/gu) ?? [];
  return words.map((word) =>
    word
      .replace(
        /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/gu,
        (_, double?: string, single?: string) => double ?? single ?? '',
      )
      .replace(/\\(.)/gu, '$1'),
  );
}

/** `NAME=value` words. */
export function parseWords(text: string, line: number | null): readonly Assignment[] {
  return splitWords(text).flatMap((word): Assignment[] => {
    const at = word.indexOf('=');
    return at <= 0 ? [] : [{ name: word.slice(0, at), value: word.slice(at + 1), line }];
  });
}

/** Logical lines: those that end in a backslash go on in the next one. */
function logicalLines(text: string): readonly { readonly text: string; readonly line: number }[] {
  const result: { text: string; line: number }[] = [];
  let open = false;
  for (const [index, row] of text.split(/\r?\n/u).entries()) {
    const last = result.at(-1);
    const piece = row.replace(/\\$/u, ' ');
    if (open && last !== undefined) last.text += piece;
    else result.push({ text: piece, line: index + 1 });
    open = row.endsWith('\\');
  }
  return result;
}

/** `%h` is the user's home, `%%` a percent sign; other specifiers are left as they stand. */
function expand(text: string, home: string): string {
  return text.replaceAll(/%[%h]/gu, (specifier) => (specifier === '%%' ? '%' : home));
}

const settings: ReadonlyMap<string, Setting> = new Map([
  ['Environment', 'assignments'],
  ['EnvironmentFile', 'files'],
  ['UnsetEnvironment', 'unset'],
]);

/**
 * The environment that a unit file sets in its [Service] section (systemd.exec(5)). An empty setting drops what stood
 * before it, in the file and in those that are read earlier.
 */
export function parseUnit(text: string, home: string): UnitEnvironment {
  let section = '';
  const found: { assignments: Assignment[]; files: string[]; unset: string[] } = {
    assignments: [],
    files: [],
    unset: [],
  };
  const resets: Setting[] = [];
  for (const { text: row, line } of logicalLines(text)) {
    section = /^\s*\[(.+)\]\s*$/u.exec(row)?.[1] ?? section;
    const [, key = '', raw = ''] = /^\s*(\w+)\s*=\s*(.*)$/u.exec(row) ?? [];
    const setting = settings.get(key);
    if (section !== 'Service' || setting === undefined) continue;
    const value = expand(raw.trim(), home);
    if (value === '') {
      found[setting] = [];
      resets.push(setting);
    } else if (setting === 'unset') found.unset.push(...splitWords(value));
    else if (setting === 'assignments') found.assignments.push(...parseWords(value, line));
    else found.files.push(value.replace(/^-/u, ''));
  }
  return { ...found, resets };
}

/** A unit's files in the order in which systemd reads them, without what a later one of them drops. */
export function withoutDropped<File extends UnitEnvironment>(units: readonly File[]): readonly File[] {
  return units.map((unit, index) => {
    const dropped = units.slice(index + 1).flatMap(({ resets }) => resets);
    return { ...unit, ...Object.fromEntries(dropped.map((setting) => [setting, []])) };
  });
}

/** What is left of a variable's assignments where the unit has it unset: `UnsetEnvironment=` comes last (systemd.exec(5)). */
export function withoutUnset(
  assignments: readonly Assignment[],
  units: readonly UnitEnvironment[],
): readonly Assignment[] {
  const unset = new Set(units.flatMap((unit) => unit.unset));
  return assignments.filter(({ name, value }) => !unset.has(name) && !unset.has(`${name}=${value}`));
}

/** The properties that `systemctl show` prints, one `Name=value` a line. */
export function parseProperties(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split('\n').flatMap((row): [string, string][] => {
      const at = row.indexOf('=');
      return at <= 0 ? [] : [[row.slice(0, at), row.slice(at + 1)]];
    }),
  );
}

/** What `systemctl --user show-environment` prints: `NAME=value`, as `$'…'` where the value has what means something to a shell. */
export function parseManagerEnvironment(text: string): readonly Assignment[] {
  return text.split('\n').flatMap((row): Assignment[] => {
    const [, name, value] = /^(\w+)=(.*)$/u.exec(row) ?? [];
    if (name === undefined || value === undefined) return [];
    const quoted = /^\$'(.*)'$/u.exec(value)?.[1];
    return [{ name, value: quoted === undefined ? value : unescaped(quoted), line: null }];
  });
}

/** Text in bash's `$'…'`, whose escapes systemd uses (bash(1), "Quoting"). */
function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
  return text.replaceAll(/\\(.)/gu, (_escape, character: string) => named[character] ?? character);
}
