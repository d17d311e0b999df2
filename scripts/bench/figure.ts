/** One measured number beside what it may be at most. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `x` is a ratio. */
  readonly unit: 'x' | 'calls' | 'MiB' | 'KiB' | 'files';
  readonly bar: number;
  /** What the number was made from, e.g. both times of a ratio. */
  readonly detail: string;
}

/** How a row is measured. */
export interface BenchOptions {
  /** How often each side of a comparison is run; the sides take turns, and the median counts. */
  readonly rounds: number;
}

/** A part of the bench that can be run by itself. */
export interface BenchRow {
  readonly name: string;
  run(options: BenchOptions): Promise<readonly Figure[]>;
}

/** Whether a figure is within its bar. */
export function holds({ value, bar }: Figure): boolean {
  return value <= bar;
}

function shown({ value, unit }: Figure, number: number): string {
  const digits = unit === 'x' ? 3 : Number.isInteger(value) ? 0 : 1;
  return `${number.toFixed(unit === 'x' ? Math.max(2, digits) : digits)} ${unit}`;
}

/** Figures as a table, one a line. */
export function figureTable(figures: readonly Figure[]): string {
  const cells = figures.map((figure) => [
    holds(figure) ? 'ok' : 'OVER',
    figure.name,
    shown(figure, figure.value),
    `<= ${shown(figure, figure.bar)}`,
    figure.detail,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column < 4 ? cell.padEnd(widths[column] ?? 0) : cell))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
