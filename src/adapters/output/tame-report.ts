import type { Report } from '../../core/report.js';
import { oneLine, scrub } from '../../core/text/scrub.js';
import { tameError } from './tame-error.js';

function everyText(value: unknown): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map(everyText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, everyText(inner)]));
}

/**
 * A report of which no text steers a terminal or shows a secret, wherever it came from; names and targets are one line each,
 * so that none of them passes itself off as a line of this tool.
 */
export function tameReport(report: Report): Report {
  const { instances, changes, error, checks } = report;
  return {
    ...report,
    account: report.account === null ? null : oneLine(report.account),
    receipt: report.receipt === null ? null : oneLine(report.receipt),
    instances: instances.map((one) => ({
      ...one,
      id: oneLine(one.id),
      name: one.name === null ? null : oneLine(one.name),
      profile: one.profile === null ? null : oneLine(one.profile),
    })),
    changes: changes.map((change) => ({
      ...change,
      target: oneLine(change.target),
      detail: oneLine(change.detail),
    })),
    checks: checks.map((check) => ({
      ...(everyText(check) as typeof check),
      message: oneLine(check.message),
    })),
    next: report.next.map(scrub),
    ...(error === undefined ? {} : { error: tameError(error) }),
  };
}
