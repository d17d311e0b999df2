import type { CommandName } from '../../core/settings.js';
import type { ValueFlag } from './value-flag.js';
import type { Switch } from './switches.js';
import { valueFlags } from './flags.js';
import { switches } from './switches.js';

/** Any flag, whatever it takes. */
export type AnyFlag = ValueFlag<unknown> | Switch;

const table: Readonly<Record<string, AnyFlag>> = { ...valueFlags, ...switches };

/** Names of all flags, without the dashes, in the order of the help. */
export const flagNames: readonly string[] = Object.keys(table);

/** The flag of a name, or `null`. */
export function flagOf(name: string): AnyFlag | null {
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}

/** Whether a flag takes no value. */
export function isSwitch(flag: AnyFlag): flag is Switch {
  return flag.kind === 'switch';
}

/** Name and flag of everything that a command takes. */
export function flagsOf(command: CommandName): readonly (readonly [string, AnyFlag])[] {
  return Object.entries(table).filter(([, flag]) => flag.commands.includes(command));
}
