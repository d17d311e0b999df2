import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.js';
import { holds, shown } from './figure.js';
import { benchRows } from './rows/index.js';

const file = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));
const marks = { from: '<!-- figures -->', to: '<!-- /figures -->' } as const;

function line(row: string, figure: Figure): string {
  const value = figure.value === null ? '–' : shown(figure, figure.value);
  const verdict = figure.value === null ? 'not measured' : holds(figure) ? 'held' : '**missed**';
  const command = `\`npm run bench -- --only ${row}\``;
  return `| ${figure.name} | ≤ ${shown(figure, figure.bar)} | ${value} | ${verdict} | ${figure.detail} | ${command} |`;
}

/** The lines of each row as they stand in the page. */
function linesIn(text: string): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>();
  for (const one of text.split('\n')) {
    const [, row] = /--only ([\w-]+)` \|$/u.exec(one) ?? [];
    if (row !== undefined) lines.set(row, [...(lines.get(row) ?? []), one]);
  }
  return lines;
}

function table(figures: ReadonlyMap<string, readonly Figure[]>, before: string): string {
  const machine = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.`;
  const known = linesIn(before);
  const rows = benchRows.flatMap(
    ({ name }) => figures.get(name)?.map((figure) => line(name, figure)) ?? known.get(name) ?? [],
  );
  const head = '| figure | bar | measured | | from | again with |\n|---|---|---|---|---|---|';
  return `${machine}\n\n${head}\n${rows.join('\n')}`;
}

/** Writes figures, by the row that they come from, into the table of docs/performance.md; other rows stay as they are. */
export function writeFigures(figures: ReadonlyMap<string, readonly Figure[]>): void {
  const text = readFileSync(file, 'utf8');
  const [before, rest = ''] = text.split(marks.from);
  const [old = '', after] = rest.split(marks.to);
  if (before === undefined || after === undefined) throw new Error(`${file} has no place for the figures`);
  writeFileSync(file, `${before}${marks.from}\n${table(figures, old)}\n${marks.to}${after}`);
}
