// oxlint-disable no-control-regex -- a terminal is driven by control characters
const sequence = /^\u001B\[(\??)([0-9;]*)([A-Za-z])/u;
const unfinished = /^\u001B(?:\[\??[0-9;]*)?$/u;

/** A character and how it is painted: the SGR parameters in force, e.g. `1;32`. */
export interface Cell {
  readonly character: string;
  readonly style: string;
}

/**
 * What a terminal shows: enough of ECMA-48 for prompts (cursor movement, erasing, cursor visibility, colours, wrapping and
 * scrolling). What scrolls off the top is kept.
 */
export class Screen {
  cursorVisible = true;
  columns: number;
  rows: number;
  #lines: Cell[][] = [[]];
  #style: readonly string[] = [];
  #row = 0;
  #column = 0;
  #pending = '';

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Everything that was shown, line by line, without spaces at the ends. */
  get text(): string {
    return this.#lines
      .map((line) =>
        Array.from(line, (cell) => cell?.character ?? ' ')
          .join('')
          .trimEnd(),
      )
      .join('\n')
      .trimEnd();
  }

  /** The same with its colours, holes as spaces. */
  get cells(): readonly (readonly Cell[])[] {
    return this.#lines.map((line) => Array.from(line, (cell) => cell ?? { character: ' ', style: '' }));
  }

  write(data: string): void {
    let rest = this.#pending + data;
    this.#pending = '';
    while (rest !== '') {
      const found = sequence.exec(rest);
      if (found !== null) {
        this.#control(found[1] === '?', found[2] ?? '', found[3] ?? '');
        rest = rest.slice(found[0].length);
      } else if (unfinished.test(rest)) {
        this.#pending = rest;
        return;
      } else {
        const [character = ''] = rest;
        this.#put(character);
        rest = rest.slice(character.length);
      }
    }
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0;
    else if (character === '\n') this.#down();
    else if (character === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (character >= ' ') {
      if (this.#column >= this.columns) {
        this.#column = 0;
        this.#down();
      }
      this.#line()[this.#column] = { character, style: this.#style.join(';') };
      this.#column += 1;
    }
  }

  #control(isPrivate: boolean, parameters: string, final: string): void {
    const count = Number(parameters === '' ? 1 : parameters.split(';')[0]);
    if (isPrivate && parameters === '25') this.cursorVisible = final === 'h';
    else if (final === 'm') this.#paint(parameters);
    else if (final === 'A') this.#row = Math.max(this.#top(), this.#row - count);
    else if (final === 'B') for (let step = 0; step < count; step += 1) this.#down();
    else if (final === 'C') this.#column = Math.min(this.columns - 1, this.#column + count);
    else if (final === 'D') this.#column = Math.max(0, this.#column - count);
    else if (final === 'G') this.#column = count - 1;
    else if (final === 'K') this.#eraseLine(parameters);
    else if (final === 'J') {
      this.#eraseLine('');
      this.#lines.length = this.#row + 1;
    }
  }

  #eraseLine(parameters: string): void {
    if (parameters === '2') this.#lines[this.#row] = [];
    else this.#line().length = Math.min(this.#line().length, this.#column);
  }

  #down(): void {
    this.#row += 1;
    this.#line();
  }

  /** 39 takes the colour back, 22 bold and dim, 27 inverse; 0 and nothing take back everything. */
  #paint(parameters: string): void {
    const without = (ends: RegExp): readonly string[] => this.#style.filter((code) => !ends.test(code));
    for (const code of parameters === '' ? ['0'] : parameters.split(';')) {
      if (code === '0') this.#style = [];
      else if (code === '22') this.#style = without(/^[12]$/u);
      else if (code === '39') this.#style = without(/^(?:3[0-7]|9[0-7])$/u);
      else if (/^2[3-9]$/u.test(code)) this.#style = without(new RegExp(`^${code.slice(1)}$`, 'u'));
      else this.#style = [...this.#style, code];
    }
  }

  #line(): Cell[] {
    const line = this.#lines[this.#row] ?? [];
    this.#lines[this.#row] = line;
    return line;
  }

  /** The first line that the cursor can still reach. */
  #top(): number {
    return Math.max(0, this.#lines.length - this.rows);
  }
}
