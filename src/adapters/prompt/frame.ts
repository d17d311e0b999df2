import type { Terminal } from '../output/terminal.js';
import { displayWidth } from '../output/width.js';

/** A place in the lines of a frame, counted from 0. */
export interface Caret {
  readonly row: number;
  readonly column: number;
}

/** Lines to be shown, none wider than the terminal; without a caret the cursor is hidden. */
export interface Picture {
  readonly lines: readonly string[];
  readonly caret?: Caret;
}

const escape = '\u001B[';
const hide = `${escape}?25l`;
const show = `${escape}?25h`;

/** Some lines at the bottom of a terminal that can be drawn again in place. */
export class Frame {
  readonly #terminal: Terminal;
  #shown: Picture | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  draw(picture: Picture): void {
    const { lines, caret } = picture;
    const up = caret === undefined ? 0 : lines.length - 1 - caret.row;
    const moves = caret === undefined ? '' : `\r${up > 0 ? `${escape}${up}A` : ''}${right(caret.column)}`;
    this.#terminal.write(
      `${this.#erasure()}${lines.join('\r\n')}${moves}${caret === undefined ? hide : show}`,
    );
    this.#shown = picture;
  }

  /** Replaces the frame by lines that stay, and shows the cursor behind them. */
  finish(lines: readonly string[]): void {
    this.#terminal.write(`${this.#erasure()}${lines.map((line) => `${line}\r\n`).join('')}${show}`);
    this.#shown = null;
  }

  /** Most terminals wrap what stands on them anew when they get narrower, so the way up depends on the width now. */
  #erasure(): string {
    if (this.#shown === null) return '';
    const { columns, rows } = this.#terminal.size();
    const { lines, caret } = this.#shown;
    const row = caret?.row ?? lines.length - 1;
    const above = lines.slice(0, row).reduce((sum, line) => sum + height(displayWidth(line), columns), 0);
    const within = height(caret?.column ?? displayWidth(lines[row] ?? ''), columns) - 1;
    const up = Math.min(above + within, rows - 1);
    return `\r${up > 0 ? `${escape}${up}A` : ''}${escape}J`;
  }
}

function height(width: number, columns: number): number {
  return Math.max(1, Math.ceil(width / columns));
}

function right(columns: number): string {
  return columns > 0 ? `${escape}${columns}C` : '';
}
