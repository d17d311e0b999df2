/** Tags by key. */
export type Tags = Record<string, string>;
