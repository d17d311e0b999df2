import type { CommandName } from '../../core/settings.js';
import type { AnyFlag } from './flag.js';
import { valueFlags } from './flags.js';
import { switches } from './switches.js';

const table: Readonly<Record<string, AnyFlag>> = { ...valueFlags, ...switches };

/** Name, without the dashes, and flag of all that there are, in the order of the help. */
export const flags: readonly (readonly [string, AnyFlag])[] = Object.entries(table);

/** Names of all flags, without the dashes, in the order of the help. */
export const flagNames: readonly string[] = Object.keys(table);

/** The flag of a name, or `null`. */
export function flagOf(name: string): AnyFlag | null {
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}

/** The name of the flag that a word means: `dry-run` for `no-dry-run`, but `no-input` for itself. */
export function flagNamed(word: string): string {
  return flagOf(word) === null ? word.replace(/^no-/u, '') : word;
}

/** Name and flag of everything that a command takes. */
export function flagsOf(command: CommandName): readonly (readonly [string, AnyFlag])[] {
  return flags.filter(([, flag]) => flag.commands.includes(command));
}
