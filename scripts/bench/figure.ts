/** One measured number beside what it may be at most. */
export interface Figure {
  readonly name: string;
  /** `null` where it cannot be measured on this machine; `detail` says why. */
  readonly value: number | null;
  /** `x` is a ratio. */
  readonly unit: 'x' | 'calls' | 'processes' | 'MiB' | 'KiB' | 'files';
  readonly bar: number;
  /** What the number was made from, e.g. both times of a ratio. */
  readonly detail: string;
  /**
   * What `--gate` takes at most, where that is not the bar: the bar or what was reached, whichever is more, and slack for a
   * busy machine.
   */
  readonly gate?: number;
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

/** A figure that this machine cannot give. */
export function notMeasured(figure: Pick<Figure, 'name' | 'unit' | 'bar'>, why: string): Figure {
  return { ...figure, value: null, detail: `not measured: ${why}` };
}

/** Whether a figure is within its bar, or was not measured. */
export function holds({ value, bar }: Figure): boolean {
  return value === null || value <= bar;
}

/** Whether a figure has not got worse than the gate takes. */
export function passes({ value, bar, gate = bar }: Figure): boolean {
  return value === null || value <= gate;
}

/** A number of a figure in its unit. */
export function shown({ unit }: Pick<Figure, 'unit'>, number: number): string {
  if (unit === 'x') return `${number.toFixed(number < 0.2 ? 3 : 2)} x`;
  return `${Number.isInteger(number) ? number : number.toFixed(1)} ${unit}`;
}

/** Figures as a table, one a line. */
export function figureTable(figures: readonly Figure[]): string {
  const cells = figures.map((figure) => [
    figure.value === null ? '-' : holds(figure) ? 'ok' : 'OVER',
    figure.name,
    figure.value === null ? '' : shown(figure, figure.value),
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
