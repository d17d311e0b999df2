import { isShare } from '../../../core/remote/share.js';
import { WrongValue } from './wrong-value.js';

/** A whole number within bounds; `right` is one that makes sense. Throws WrongValue. */
export function parseInteger(least: number, most: number, right: number): (value: string) => number {
  return (value) => {
    const number = /^\d{1,15}$/u.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new WrongValue(`it is a whole number from ${least} to ${most}`, String(right));
  };
}

/** One of several words. Throws WrongValue. */
export function parseWord<const Word extends string>(words: readonly Word[]): (value: string) => Word {
  return (value) => {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    throw new WrongValue(`it is one of ${words.join(', ')}`, words[0] ?? '');
  };
}

/** A code of the catalogue of failures, in capitals whatever was typed. Throws WrongValue. */
export function parseFaultCode(value: string): string {
  if (/^[a-z][a-z_]{1,40}$/iu.test(value)) return value.toUpperCase();
  throw new WrongValue('it is a code of a failure, as a report shows it', 'GATEWAY_ENV');
}

/** A number or a percentage, as AWS writes it; `right` is one. Throws WrongValue. */
export function parseShare(right: string): (value: string) => string {
  return (value) => {
    if (isShare(value)) return value;
    throw new WrongValue('it is a number or a percentage', right);
  };
}

/**
 * Where hosts get the packed tool from: an https address without query or password, since Systems Manager keeps what it is sent,
 * or an absolute path. Throws WrongValue.
 */
export function parseToolSource(value: string): string {
  if (/^(?:https:\/\/[\w.:-]+)?\/[\w.@/+-]+\.tgz$/u.test(value)) return value;
  throw new WrongValue(
    'it is the https address, or the path on the hosts, of a file that npm pack made; no query, which might hold a secret',
    'https://example.com/openclaw-bedrock-setup-1.0.0.tgz',
  );
}
