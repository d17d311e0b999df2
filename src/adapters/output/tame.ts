import type { ErrorDetails } from '../../core/errors.js';
import type { Report } from '../../core/report.js';
import { latePattern } from '../../core/text/late-pattern.js';
import { oneLine, scrub } from '../../core/text/scrub.js';

function everyText(value: unknown): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map(everyText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, everyText(inner)]));
}

/** An error whose texts steer no terminal, show no secret, and whose message is one line. */
export function tameError(error: ErrorDetails): ErrorDetails {
  const { message, why, fix } = error;
  return { ...error, message: oneLine(message), why: scrub(why), fix: scrub(fix) };
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

/** A text of several lines below a heading: what follows the first is set in, so that it is seen to belong to it. */
export function setIn(text: string, columns: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(columns)}`);
}

const escape = '\u001B';
const own = latePattern(String.raw`^(?:${escape}\[(?:\d+(?:;\d+)*)?m|\r${escape}\[2K)$`, 'u');
const controls = latePattern(
  String.raw`${escape}\[(?:\d+(?:;\d+)*)?m|\r${escape}\[2K|(?![\n\t])[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]`,
  'gu',
);

/** The last lock before a terminal: colours and the wiping of a line, which this tool writes itself, and no other control. */
export function forTerminal(text: string): string {
  return text.replace(controls(), (found) => (own().test(found) ? found : ''));
}
