import type { ErrorDetails } from '../errors.js';
import { ExitCode } from '../errors.js';
import type { MissingRight } from './judge-rights.js';
import type { JsonObject } from '../../ports/json.js';

function named({ right, deniedBy }: MissingRight): string {
  return `${right.action} on ${right.resource} (${deniedBy})`;
}

/** What to do: a statement where none allows it, the policy in the way where one forbids it. */
function remedies(
  missing: readonly MissingRight[],
  statements: readonly JsonObject[],
  policyCommand: string,
): readonly string[] {
  const forbidden = missing.filter(({ explicit }) => explicit).map(named);
  const add = statements.map((statement) => JSON.stringify(statement));
  return [
    ...(add.length === 0 ? [] : ['add to a policy of the caller:', ...add]),
    ...(forbidden.length === 0 ? [] : [`take what forbids it out of the way: ${forbidden.join('; ')}`]),
    `the whole policy for an administrator: ${policyCommand}`,
  ];
}

/**
 * The error for rights that are certainly missing: NOT_ALLOWED, exit 5. `statements` allow those that nothing forbids.
 * `null` where none is missing. `policyCommand` prints the policy that the whole plan needs.
 */
export function rightsRefusal(
  callerArn: string,
  missing: readonly MissingRight[],
  statements: readonly JsonObject[],
  policyCommand: string,
): ErrorDetails | null {
  const [first] = missing;
  if (first === undefined) return null;
  const others = missing.length - 1;
  const more = others === 0 ? '' : ` and ${others} more ${others === 1 ? 'right' : 'rights'}`;
  return {
    code: 'NOT_ALLOWED',
    message: `${callerArn} lacks ${first.right.action} on ${first.right.resource}${more}, which this plan needs`,
    why: `IAM's policy simulator says: ${missing.map(named).join('; ')}`,
    fix: remedies(missing, statements, policyCommand).join('\n'),
    exitCode: ExitCode.blocked,
  };
}
