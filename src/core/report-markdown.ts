import type { Finding } from './finding.js';
import { firstFailure } from './finding.js';
import type { Report } from './report.js';
import { shareable } from './shareable.js';

/** What a report for an issue needs besides the report itself. */
export interface MarkdownOptions {
  /** Home folder, shown as `~`. */
  readonly home: string | null;
  readonly toolVersion: string;
  /** E.g. `linux 6.1, Node.js 24.16.0`. */
  readonly platform: string;
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replace(/\s*\n\s*/gu, '<br>');
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
    message,
    '',
    ...parts.flatMap(([name, text]) => (text === undefined ? [] : [`- **${name}**: ${cell(text)}`])),
  ];
}

function details(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ id, detail }) =>
    detail === undefined
      ? []
      : ['', `<details><summary>${id}</summary>`, '', '```', detail, '```', '</details>'],
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
