import type { ChangeResult } from '../../core/change-result.js';
import { actionSymbols } from '../../core/change-result.js';
import type { Finding } from '../../core/finding.js';
import type { HumanOptions } from './error-text.js';
import { shorten } from './error-text.js';
import { explanation } from './human.js';
import { pad } from './fit.js';
import { fold } from './fold.js';
import { displayWidth } from './width.js';

const changeStyles = {
  create: 'green',
  update: 'yellow',
  replace: 'yellow',
  delete: 'red',
  none: 'dim',
} as const;
const findingMarks = {
  ok: ['=', 'green'],
  warn: ['!', 'yellow'],
  fail: ['!', 'red'],
  skip: ['-', 'dim'],
} as const;

/** Columns that a text needs for its lines to be readable; with less it goes below the heading. */
const leastText = 30;

function widest(texts: readonly string[], most: number): number {
  return Math.min(most, Math.max(0, ...texts.map(displayWidth)));
}

interface Row {
  readonly mark: string;
  readonly title: string;
  readonly action: string;
  readonly target: string;
  readonly detail: string;
}

function rowOf(change: ChangeResult, options: HumanOptions): Row {
  const stopped = change.status === 'failed' || change.status === 'skipped';
  const symbol = stopped ? '!' : actionSymbols[change.action];
  return {
    mark: options.paint(stopped ? 'red' : changeStyles[change.action], symbol),
    title: change.title,
    action: change.action === 'none' ? '' : change.action,
    target: shorten(change.target, options),
    detail: shorten(change.detail, options),
  };
}

/** A heading and texts below each other beside it, or below it where there is little room. */
function beside(heading: string, texts: readonly string[], columns: number): readonly string[] {
  const start = displayWidth(heading) + 2;
  const narrow = columns - start < leastText;
  const indent = narrow ? 4 : start;
  const lines = texts.filter((text) => text !== '').flatMap((text) => fold(text, columns - indent));
  const below = lines.map((line) => ' '.repeat(indent) + line);
  if (narrow) return [heading.trimEnd(), ...below];
  return [`${heading}  ${lines[0] ?? ''}`.trimEnd(), ...below.slice(1)];
}

/** How rows are laid out: in one line each where all fit, else the detail below the target. */
function layout(rows: readonly Row[], columns: number): (row: Row) => readonly string[] {
  const title = widest(
    rows.map((row) => row.title),
    40,
  );
  const action = widest(
    rows.map((row) => row.action),
    40,
  );
  const target = widest(
    rows.map((row) => row.target),
    48,
  );
  const detail = widest(
    rows.map((row) => row.detail),
    Number.POSITIVE_INFINITY,
  );
  const overlong = rows.some((row) => displayWidth(row.target) > target);
  const head = (row: Row): string => `${pad(row.title, title)}  ${pad(row.action, action)}`;
  const whole = 2 + title + 2 + action + 2 + target + 2 + detail;
  if (!Number.isFinite(columns) || (whole <= columns && !overlong))
    return (row) => [`${head(row)}  ${pad(row.target, target)}  ${row.detail}`.trimEnd()];
  return (row) => beside(head(row), [row.target, row.detail], columns - 2);
}

/** The changes as a table, by lane; no line is wider than the columns. Empty without changes. */
export function changesText(changes: readonly ChangeResult[], options: HumanOptions): string {
  const rows = changes.map((change) => ({ lane: change.lane, row: rowOf(change, options) }));
  const lines = layout(
    rows.map(({ row }) => row),
    options.columns,
  );
  return (['cloud', 'host'] as const)
    .flatMap((lane) => {
      const own = rows.filter((row) => row.lane === lane);
      const shown = own.flatMap(({ row }) =>
        lines(row).map((line, index) => `${index === 0 ? row.mark : ' '} ${line}`),
      );
      return own.length === 0 ? [] : [`  ${options.paint('bold', lane)}`, ...shown];
    })
    .join('\n');
}

function findingLines(finding: Finding, width: number, options: HumanOptions): readonly string[] {
  const { paint, columns } = options;
  const [symbol, style] = findingMarks[finding.status];
  const heading = `${finding.id.padEnd(width)}  ${finding.status.padEnd(4)}`;
  const painted = `${finding.id.padEnd(width)}  ${paint(style, finding.status.padEnd(4))}`;
  const [first = '', ...rest] = beside(heading, [shorten(finding.message, options)], columns - 2);
  return [`${paint(style, symbol)} ${first.replace(heading, painted)}`, ...rest.map((line) => `  ${line}`)];
}

/** What is told in full: the failures, else the warnings; what has one cause once. */
function worthExplaining(findings: readonly Finding[]): readonly Finding[] {
  const failed = findings.filter(({ status }) => status === 'fail');
  const told = failed.length > 0 ? failed : findings.filter(({ status }) => status === 'warn');
  const first = new Map(told.toReversed().map((finding) => [finding.code ?? finding.id, finding]));
  return told.filter((finding) => first.get(finding.code ?? finding.id) === finding);
}

/** So many checks that were skipped for the same reason, one after the other, are one row. */
const alike = 8;

function folded(findings: readonly Finding[]): readonly Finding[] {
  const rows: Finding[] = [];
  for (let start = 0; start < findings.length; ) {
    const rest = findings.slice(start);
    const [first] = rest;
    if (first === undefined) break;
    const other = rest.findIndex(({ status, message }) => status !== 'skip' || message !== first.message);
    const length = other === -1 ? rest.length : Math.max(other, 1);
    rows.push(length < alike ? first : { ...first, id: `${length} checks` });
    start += length < alike ? 1 : length;
  }
  return rows;
}

/** The findings as a table; what failed follows in full. */
export function findingsText(findings: readonly Finding[], options: HumanOptions, told?: string): string {
  const [first] = findings;
  if (
    first !== undefined &&
    findings.every(({ status, message }) => status === 'skip' && message === first.message)
  ) {
    return `${options.paint('dim', '-')} ${findings.length} checks are left for the host: ${shorten(first.message, options)}`;
  }
  const shown = folded(findings);
  const width = Math.max(0, ...shown.map((finding) => finding.id.length));
  const rows = shown.flatMap((finding) => findingLines(finding, width, options));
  const explained = worthExplaining(findings).flatMap((finding) =>
    finding.code !== undefined && finding.code === told ? [] : ['', ...explanation(finding, options)],
  );
  return [...rows, ...explained].join('\n');
}
