/** What the person at the terminal is told while something happens. All of it goes to standard error. */
export interface Progress {
  /** A step begins; `waiting` says later what it waits for. Returns the handle that ends it. */
  begin(title: string): ProgressLine;
  /** A line of its own. */
  note(text: string): void;
  /** A line that only `--verbose` shows. */
  detail(text: string): void;
  /** A line that must be seen. */
  warn(text: string): void;
}

/** One step in progress. */
export interface ProgressLine {
  /** Says what is waited for and for how long at most (seconds). */
  waiting(what: string, atMostSeconds: number): void;
  done(symbol: '+' | '~' | '=' | '-' | '!', text: string): void;
}
