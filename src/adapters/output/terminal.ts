import type { Paint } from './style.js';

/** What a terminal tells while it is open. */
export interface TerminalListener {
  /** What was typed, as the terminal sends it. */
  data(text: string): void;
  /** Nobody can type any more: end of input, or the terminal is gone. */
  end(): void;
  resize(): void;
  /** The process is asked to stop, e.g. `SIGINT`. */
  signal(name: string): void;
}

/** Columns and rows; 80 by 24 where the terminal does not say. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The terminal at which a person sits. Questions are drawn beside the results, on standard error. */
export interface Terminal {
  readonly paint: Paint;
  /** Whether characters outside of ASCII can be shown. */
  readonly unicode: boolean;
  /** Whether nothing that was written can be rewritten (`TERM=dumb`). */
  readonly dumb: boolean;
  size(): TerminalSize;
  write(text: string): void;
  /**
   * Begins to listen: to single keys (`keys`, nothing is echoed), or to what the terminal's own line editor gives
   * (`lines`). Returns what ends it and puts the terminal's mode back; calling that twice is harmless.
   */
  open(mode: 'keys' | 'lines', listener: TerminalListener): () => void;
}
