import { usageError } from '../../core/errors.js';
import type { ValueFlag } from './flag.js';
import type { ValueFlagName } from './flags.js';
import { valueFlags } from './flags.js';
import type { SwitchName } from './switches.js';
import { WrongValue } from './validate/wrong-value.js';

/** Values of flags by their names, not yet looked at: what parseArgs gives, and what stands in other places. */
export type RawValues = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>;

/** Where a value stands, and how a right one would stand there. */
export interface Place {
  readonly subject: string;
  readonly example: (right: string) => string;
}

/** A value as its flag takes it. Throws BAD_VALUE, told of the place where it stands. */
export function parsed<Value>(flag: ValueFlag<Value>, text: string, { subject, example }: Place): Value {
  try {
    return flag.parse(text);
  } catch (error) {
    if (!(error instanceof WrongValue)) throw error;
    const message = `${subject} ${JSON.stringify(text)} is not valid`;
    throw usageError('BAD_VALUE', message, error.why, `for example: ${example(error.right)}`);
  }
}

type Parsed<Name extends ValueFlagName> = ReturnType<(typeof valueFlags)[Name]['parse']>;

function onCommandLine<Name extends ValueFlagName>(name: Name, text: string): Parsed<Name> {
  const flag: ValueFlag<unknown> = valueFlags[name];
  const place = { subject: `--${name}`, example: (right: string) => `--${name} ${right}` };
  return parsed(flag, text, place) as Parsed<Name>;
}

/** Looks at every value of a command line for the error alone. Throws BAD_VALUE. */
export function checkValues(given: RawValues): void {
  for (const [name, value] of Object.entries(given)) {
    if (!isValueFlag(name)) continue;
    for (const text of Array.isArray(value) ? value : [value]) onCommandLine(name, String(text));
  }
}

function isValueFlag(name: string): name is ValueFlagName {
  return Object.hasOwn(valueFlags, name);
}

/** Reads typed values out of raw ones. */
export class Values {
  readonly #values: RawValues;

  constructor(values: RawValues) {
    this.#values = values;
  }

  one<Name extends ValueFlagName>(name: Name): Parsed<Name> | null {
    const value = this.#values[name];
    return typeof value === 'string' ? onCommandLine(name, value) : null;
  }

  all<Name extends ValueFlagName>(name: Name): readonly Parsed<Name>[] {
    const values = this.#values[name];
    return Array.isArray(values) ? values.map((value) => onCommandLine(name, String(value))) : [];
  }

  has(name: SwitchName): boolean {
    return this.#values[name] === true && this.#values[`no-${name}`] !== true;
  }

  either(name: SwitchName): boolean | null {
    if (this.#values[`no-${name}`] === true) return false;
    return this.has(name) ? true : null;
  }
}
