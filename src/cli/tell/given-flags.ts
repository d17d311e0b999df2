/** A flag on a command line, with its value where it takes one. */
export type GivenFlag = readonly [flag: string, value?: string];

/** A flag with a value; none where there is no value, or `otherwise` holds without it. */
export function valued(
  flag: string,
  value: string | number | null | undefined,
  otherwise: string | number | null = null,
): readonly GivenFlag[] {
  return value === null || value === undefined || value === otherwise ? [] : [[flag, String(value)]];
}

/** A flag that is given where `on` holds. */
export function switched(flag: string, on: boolean): readonly GivenFlag[] {
  return on ? [[flag]] : [];
}

/** Flags as words, as a shell takes them. */
export function wordsOf(flags: readonly GivenFlag[]): readonly string[] {
  return flags.flatMap(([flag, value]) => (value === undefined ? [flag] : [flag, value]));
}
