import type { Streams } from './streams.js';
import { fit } from './fit.js';

const clearLine = '\r\u001B[2K';

/** The line at the bottom of a terminal that says what is going on, below all that stays. On a log there is none. */
export class BottomLine {
  readonly #streams: Streams;
  #shown = '';

  constructor(streams: Streams) {
    this.#streams = streams;
  }

  /** Writes the line anew where it has changed; none for an empty text. */
  show(words: string): void {
    const { rewritable, columns, paintAside } = this.#streams;
    if (!rewritable) return;
    const text = words === '' ? '' : fit(`... ${words}`, Math.max(4, columns() - 1));
    if (text === this.#shown) return;
    this.#shown = text;
    this.#streams.aside(`${clearLine}${text === '' ? '' : paintAside('dim', text)}`);
  }

  /** Writes a line that stays, in this one's place. */
  print(line: string): void {
    const clear = this.#shown === '' ? '' : clearLine;
    this.#shown = '';
    this.#streams.aside(`${clear}${line}\n`);
  }
}
