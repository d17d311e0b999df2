import type { Condition } from './document.js';
import { matchesWildcard } from './wildcard.js';

/** Request context by lower-case key, such as `aws:requestedregion`. */
export type RequestContext = Readonly<Record<string, string>>;

/** Context keys are compared without regard to case. */
export function requestContext(entries: Readonly<Record<string, string>>): RequestContext {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key.toLowerCase(), value]));
}

/**
 * Whether every test holds. Knows StringEquals, StringLike, ArnEquals, ArnLike, their negations, the IgnoreCase kinds,
 * Bool, Null and the IfExists suffix; a test with any other operator never holds.
 */
export function conditionsHold(conditions: readonly Condition[], context: RequestContext): boolean {
  return conditions.every((condition) => conditionHolds(condition, context));
}

function conditionHolds(condition: Condition, context: RequestContext): boolean {
  const actual = context[condition.key.toLowerCase()];
  const ifExists = condition.operator.endsWith('IfExists');
  const operator = condition.operator.replace(/^ForA(?:ny|ll)Values?:/, '').replace(/IfExists$/, '');
  if (operator === 'Null') return condition.values.includes(String(actual === undefined));
  const negated = operator.includes('Not');
  if (actual === undefined) return ifExists || negated || condition.operator.startsWith('ForAllValues:');
  const matches = comparisons[operator.replace('Not', '')];
  if (matches === undefined) return false;
  const some = condition.values.some((value) => matches(value, actual));
  return negated ? !some : some;
}

const comparisons: Readonly<Record<string, (wanted: string, actual: string) => boolean>> = {
  StringEquals: (wanted, actual) => wanted === actual,
  StringEqualsIgnoreCase: (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase(),
  StringLike: matchesWildcard,
  ArnEquals: matchesWildcard,
  ArnLike: matchesWildcard,
  Bool: (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase(),
};
