import type { ChangeResult } from '../../core/apply.js';
import { actionSymbols } from '../../core/apply.js';
import type { ErrorDetails } from '../../core/errors.js';
import type { Finding } from '../../core/finding.js';
import type { Report } from '../../core/report.js';
import { shareable } from '../../core/shareable.js';
import type { Paint } from './style.js';

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

/** What the texts need to know of the reader. */
export interface HumanOptions {
  readonly paint: Paint;
  /** Home folder, shown as `~`. */
  readonly home: string | null;
  /** Account and resource ids are shortened, but for commands that are meant to be pasted. */
  readonly shareable?: boolean;
}

function shorten(text: string, { home, shareable: short }: Pick<HumanOptions, 'home' | 'shareable'>): string {
  if (short === true) return shareable(text, home);
  if (home === null || home === '/') return text;
  return text.replaceAll(`${home}/`, '~/');
}

function column(results: readonly ChangeResult[], pick: (result: ChangeResult) => string): number {
  return Math.min(40, Math.max(0, ...results.map((result) => pick(result).length)));
}

/** The head line: account, region, instance. */
export function headText(report: Report, options: Pick<HumanOptions, 'home' | 'shareable'>): string {
  const [instance] = report.instances;
  const name = instance?.name === null || instance === undefined ? '' : ` (${instance.name})`;
  const parts = [
    report.account === null ? null : `account ${report.account}`,
    report.region === null ? null : `region ${report.region}`,
    instance === undefined ? null : `instance ${instance.id}${name}`,
    report.mock ? 'embedded AWS' : null,
  ];
  return shorten(parts.filter((part) => part !== null).join('   '), options);
}

/** The changes as a table, by lane. Empty without changes. */
export function changesText(changes: readonly ChangeResult[], options: HumanOptions): string {
  const { paint } = options;
  const shown = changes.map((change) => ({
    ...change,
    target: shorten(change.target, options),
    detail: shorten(change.detail, options),
  }));
  const widths = {
    title: column(shown, (change) => change.title),
    action: column(shown, (change) => (change.action === 'none' ? '' : change.action)),
    target: column(shown, (change) => change.target),
  };
  const line = (change: ChangeResult): string => {
    const stopped = change.status === 'failed' || change.status === 'skipped';
    const symbol = stopped ? '!' : actionSymbols[change.action];
    const action = (change.action === 'none' ? '' : change.action).padEnd(widths.action);
    const text = `${change.title.padEnd(widths.title)}  ${action}  ${change.target.padEnd(widths.target)}  ${change.detail}`;
    return `${paint(stopped ? 'red' : changeStyles[change.action], symbol)} ${text.trimEnd()}`;
  };
  return (['cloud', 'host'] as const)
    .flatMap((lane) => {
      const rows = shown.filter((change) => change.lane === lane);
      return rows.length === 0 ? [] : [`  ${paint('bold', lane)}`, ...rows.map(line)];
    })
    .join('\n');
}

/** The findings as a table; the first failure follows in full. */
export function findingsText(findings: readonly Finding[], options: HumanOptions): string {
  const { paint } = options;
  const [first] = findings;
  if (
    first !== undefined &&
    findings.every(({ status, message }) => status === 'skip' && message === first.message)
  ) {
    return `${paint('dim', '-')} ${findings.length} checks are left for the host: ${shorten(first.message, options)}`;
  }
  const width = Math.max(0, ...findings.map((finding) => finding.id.length));
  const rows = findings.map((finding) => {
    const [symbol, style] = findingMarks[finding.status];
    const status = finding.status === 'ok' ? 'ok  ' : finding.status.padEnd(4);
    return `${paint(style, symbol)} ${finding.id.padEnd(width)}  ${paint(style, status)}  ${shorten(finding.message, options)}`;
  });
  const explained =
    findings.find((finding) => finding.status === 'fail') ??
    findings.find((finding) => finding.status === 'warn');
  return [...rows, ...(explained === undefined ? [] : ['', ...explanation(explained, options)])].join('\n');
}

function explanation(finding: Finding, options: HumanOptions): readonly string[] {
  const { paint, home } = options;
  const style = finding.status === 'fail' ? 'red' : 'yellow';
  const word = finding.status === 'fail' ? 'failed' : 'warning';
  const lines = [
    ['why', finding.cause, options],
    ['who', finding.who, options],
    ['fix', finding.fix, { home }],
  ] as const;
  return [
    `${paint(style, `${word} ${finding.code ?? finding.id}`)}: ${shorten(finding.message, options)}`,
    ...lines.flatMap(([name, text, how]) => (text === undefined ? [] : [`  ${name}  ${shorten(text, how)}`])),
  ];
}

/** An error in the form `error CODE: what / why / fix`. */
export function errorText(error: ErrorDetails, options: HumanOptions): string {
  const { paint, home } = options;
  return [
    `${paint('red', `error ${error.code}`)}: ${shorten(error.message, options)}`,
    `  why  ${shorten(error.why, options)}`,
    `  fix  ${shorten(error.fix, { home })}`,
  ].join('\n');
}

/** `6 changes, 1 in place.` with what became of them. */
export function countText(changes: readonly ChangeResult[]): string {
  const count = (status: ChangeResult['status']): number =>
    changes.filter((change) => change.status === status).length;
  const planned = count('planned');
  const parts = [
    planned > 0 ? `${planned} ${planned === 1 ? 'change' : 'changes'}` : null,
    count('applied') > 0 ? `${count('applied')} applied` : null,
    `${count('in-place')} in place`,
    count('failed') > 0 ? `${count('failed')} failed` : null,
    count('skipped') > 0 ? `${count('skipped')} left out` : null,
  ];
  return `${parts.filter((part) => part !== null).join(', ')}.`;
}

/** The lines that name the commands to run next. */
export function nextText(next: readonly string[], paint: Paint): string {
  return next.map((command) => `${paint('bold', 'next:')} ${command}`).join('\n');
}
