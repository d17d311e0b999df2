import type { ChangeResult } from '../../core/change-result.js';
import type { Finding } from '../../core/finding.js';
import { proofOf } from '../../core/finding.js';
import type { Report } from '../../core/report.js';
import { thousands } from '../../core/text/thousands.js';
import type { Paint } from './style.js';
import type { HumanOptions } from './error-text.js';
import { shorten, titled } from './error-text.js';
import { fold, paragraph } from './fold.js';

/** The head line: account, region, instance; in lines below each other where they do not fit beside each other. */
export function headText(report: Report, options: Omit<HumanOptions, 'paint'>): string {
  const [instance, other] = report.instances;
  const name = instance?.name === null || instance === undefined ? '' : ` (${instance.name})`;
  const one = instance === undefined ? null : `instance ${instance.id}${name}`;
  const parts = [
    report.account === null ? null : `account ${report.account}`,
    report.region === null ? null : `region ${report.region}`,
    other === undefined ? one : `${thousands(report.instances.length)} instances`,
    report.mock ? 'embedded AWS' : null,
  ];
  const shown = parts.flatMap((part) => (part === null ? [] : [shorten(part, options)]));
  const line = shown.join('   ');
  return line.length <= options.columns ? line : shown.join('\n');
}

/** A finding in full: what, why, who and how it is mended. */
export function explanation(finding: Finding, options: HumanOptions): readonly string[] {
  const { home, columns } = options;
  const style = finding.status === 'fail' ? 'red' : 'yellow';
  const word = finding.status === 'fail' ? 'failed' : 'warning';
  const lines = [
    ['why', finding.cause, options],
    ['who', finding.who, options],
    ['fix', finding.fix, { home }],
  ] as const;
  return [
    ...titled(`${word} ${finding.code ?? finding.id}`, shorten(finding.message, options), style, options),
    ...lines.flatMap(([name, text, how]) =>
      text === undefined ? [] : paragraph(`  ${name}  `, shorten(text, how), columns),
    ),
  ];
}

/** `6 changes, 1 in place.` with what became of them. */
export function countText(changes: readonly ChangeResult[]): string {
  const count = (status: ChangeResult['status']): number =>
    changes.filter((change) => change.status === status).length;
  const planned = count('planned');
  const parts = [
    planned > 0 ? `${planned} ${planned === 1 ? 'change' : 'changes'}` : null,
    count('applied') > 0 ? `${count('applied')} applied` : null,
    count('in-place') > 0 || changes.every(({ status }) => status === 'in-place')
      ? `${count('in-place')} in place`
      : null,
    count('failed') > 0 ? `${count('failed')} failed` : null,
    count('skipped') > 0 ? `${count('skipped')} left out` : null,
  ];
  return `${parts.filter((part) => part !== null).join(', ')}.`;
}

/** The last lines: what was proved, where the receipt is, how it is undone. */
export function lastText(report: Report, undo: string | null, options: HumanOptions): readonly string[] {
  const proof = proofOf(report.checks);
  const name = (word: string): string => options.paint('bold', `${word}:`);
  const proved = proof === null ? [] : fold(shorten(proof, options), options.columns - 'proved: '.length);
  const receipt = report.receipt === null ? [] : [shorten(report.receipt, { home: options.home })];
  return [
    ...proved.map((line, index) => (index === 0 ? `${name('proved')} ${line}` : `        ${line}`)),
    ...receipt.map((path) => `${name('receipt')} ${path}`),
    ...(undo === null ? [] : [`${name('undo')} ${undo}`]),
  ];
}

/** The lines that name the commands to run next. */
export function nextText(next: readonly string[], paint: Paint): string {
  return next.map((command) => `${paint('bold', 'next:')} ${command}`).join('\n');
}
