/** What the person at the terminal is told while something happens. All of it goes to standard error. */
export interface Progress {
  /** A step begins; `waiting` says later what it waits for. Returns the handle that ends it. */
  begin(title: string): ProgressLine;
  /** Says what is going on while `work` runs, and leaves no line behind unless it takes long. */
  during<Value>(what: string, work: (waiting: Waiting) => Promise<Value>): Promise<Value>;
  /** A line of its own. */
  note(text: string): void;
  /** A line that only `--verbose` shows. */
  detail(text: string): void;
  /** A line that must be seen. */
  warn(text: string): void;
}

/** Says what is waited for and for how long at most (seconds). */
export type Waiting = (what: string, atMostSeconds: number) => void;

/** One step in progress. */
export interface ProgressLine {
  readonly waiting: Waiting;
  done(symbol: '+' | '~' | '=' | '-' | '!', text: string): void;
}
