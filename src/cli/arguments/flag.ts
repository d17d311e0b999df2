import type { CommandName } from '../../core/settings.js';

/** A flag that takes a value; `parse` throws WrongValue for a wrong one. */
export interface ValueFlag<Value> {
  readonly kind: 'value' | 'list';
  readonly placeholder: string;
  readonly help: string;
  readonly commands: readonly CommandName[];
  readonly parse: (value: string) => Value;
  /** Words that it takes, for those who complete it; others may be right too. */
  readonly words?: readonly string[];
  /** It names a file or a folder. */
  readonly path?: 'file' | 'folder';
}

/** A flag that is there or not; one that is `negatable` has a `--no-` form. */
export interface Switch {
  readonly kind: 'switch';
  readonly help: string;
  readonly commands: readonly CommandName[];
  readonly negatable?: boolean;
}

/** Any flag, whatever it takes. */
export type AnyFlag = ValueFlag<unknown> | Switch;
