import type { ValueFlagName } from './flags.js';
import { valueFlags } from './flags.js';
import type { SwitchName } from './switches.js';

/** Values of flags by their names, not yet looked at: what parseArgs gives, and what stands in other places. */
export type RawValues = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>;

/** Reads typed values out of raw ones. */
export class Values {
  readonly #values: RawValues;

  constructor(values: RawValues) {
    this.#values = values;
  }

  one<Name extends ValueFlagName>(name: Name): ReturnType<(typeof valueFlags)[Name]['parse']> | null {
    const value = this.#values[name];
    if (typeof value !== 'string') return null;
    return valueFlags[name].parse(value) as ReturnType<(typeof valueFlags)[Name]['parse']>;
  }

  all<Name extends ValueFlagName>(name: Name): readonly ReturnType<(typeof valueFlags)[Name]['parse']>[] {
    const values = this.#values[name];
    if (!Array.isArray(values)) return [];
    return values.map(
      (value) => valueFlags[name].parse(String(value)) as ReturnType<(typeof valueFlags)[Name]['parse']>,
    );
  }

  has(name: SwitchName): boolean {
    return this.#values[name] === true && this.#values[`no-${name}`] !== true;
  }

  either(name: SwitchName): boolean | null {
    if (this.#values[`no-${name}`] === true) return false;
    return this.has(name) ? true : null;
  }
}
