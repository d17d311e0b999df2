import type { CheckId, Finding } from '../core/finding.js';
import { scrub } from '../core/text/scrub.js';
import type { Explanation } from '../failures/index.js';

function optional(detail: string | undefined): { readonly detail?: string } {
  return detail === undefined || detail === '' ? {} : { detail: scrub(detail) };
}

/** A check that passed. */
export function passed(id: CheckId, message: string, detail?: string): Finding {
  return { id, status: 'ok', message: scrub(message), ...optional(detail) };
}

/** A check that could not or need not be made, and why. */
export function skipped(id: CheckId, message: string, fix?: string): Finding {
  return { id, status: 'skip', message: scrub(message), ...(fix === undefined ? {} : { fix }) };
}

/** A check that failed, or that passed with something to be said, in the words of the catalogue. */
export function explained(
  id: CheckId,
  status: 'fail' | 'warn',
  explanation: Explanation,
  detail?: string,
): Finding {
  const { code, message, cause, who, fix } = explanation;
  return { id, status, message: scrub(message), code, cause, who, fix, ...optional(detail) };
}

/** Whether the checks that need this one can be made. */
export function isGood({ status }: Finding): boolean {
  return status === 'ok' || status === 'warn';
}
