/** A variable that a file sets. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  /** From 1; `null` where the source has no lines. */
  readonly line: number | null;
}

/** Assignments out of one place, with the place's name. */
export interface EnvironmentLayer {
  readonly file: string;
  readonly assignments: readonly Assignment[];
}
