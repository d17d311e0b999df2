import type { Finding } from './finding.js';
import { firstFailure } from './finding.js';
import type { Report } from './report.js';
import { shareable } from './text/shareable.js';

/** What a report for an issue needs besides the report itself. */
export interface MarkdownOptions {
  /** Home folder, shown as `~`. */
  readonly home: string | null;
  readonly toolVersion: string;
  /** E.g. `linux 6.1, Node.js 24.16.0`. */
  readonly platform: string;
}

const meanings: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '\\|' };

/** Words on one line that mean nothing but themselves: no markup, no fence of code, no link and no picture. */
function cell(text: string): string {
  return text
    .replace(/[`[\]\\]/gu, (found) => `\\${found}`)
    .replace(/[&<>|]/gu, (found) => meanings[found] ?? found)
    .replace(/\s*\n\s*/gu, '<br>');
}

/** A fence that is longer than any within the text. */
function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...(text.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [fence, text, fence];
}

function row({ id, status, code, message }: Finding): string {
  return `| ${id} | ${status} | ${code ?? ''} | ${cell(message)} |`;
}

function explanation(finding: Finding): readonly string[] {
  const { code, id, message, cause, who, fix } = finding;
  const parts = [
    ['why', cause],
    ['who', who],
    ['fix', fix],
  ] as const;
  return [
    '',
    `### ${code ?? id}`,
    '',
    cell(message),
    '',
    ...parts.flatMap(([name, text]) => (text === undefined ? [] : [`- **${name}**: ${cell(text)}`])),
  ];
}

function details(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ id, detail }) =>
    detail === undefined
      ? []
      : ['', `<details><summary>${id}</summary>`, '', ...fenced(detail), '</details>'],
  );
}

/**
 * The findings as Markdown to attach to an issue, safe to post: a table in stable order, the details, and last the first
 * failure in full.
 */
export function reportMarkdown(report: Report, options: MarkdownOptions): string {
  const { checks, command, region } = report;
  const failure = firstFailure(checks);
  const text = [
    `## openclaw-bedrock-setup ${options.toolVersion}: ${command}`,
    '',
    `${options.platform}, region ${region ?? 'unknown'}`,
    '',
    '| check | status | code | message |',
    '|---|---|---|---|',
    ...checks.map(row),
    ...details(checks),
    ...(failure === null ? [] : explanation(failure)),
    '',
  ].join('\n');
  return shareable(text, options.home);
}
