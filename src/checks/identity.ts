import { parseArn } from '../core/policy/arn.js';
import type { Finding } from '../core/finding.js';
import type { Explanation } from '../failures/index.js';
import { explainCode, explainFailure } from '../failures/index.js';
import type { GatewayProbe } from '../ports/gateway-probe.js';
import type { CheckContext } from './context.js';
import { failureContext, wantsRole } from './context.js';
import { explained, passed } from './finding.js';

/** Failures after which Bedrock may still be reached: STS has an endpoint of its own, which a private subnet may lack. */
const ofStsAlone = new Set(['NO_ROUTE', 'THROTTLED', 'AWS_TROUBLE', 'NOT_ALLOWED']);

/** Name of the role behind an assumed-role ARN, or `null`. */
function assumedRole(arn: string): string | null {
  return /^assumed-role\/([^/]+)\//u.exec(parseArn(arn)?.resource ?? '')?.[1] ?? null;
}

/** The failure as one of the source that hides the role, where there is one: AWS's words stay. */
function blame(seen: Explanation, shadow: Explanation | null): Explanation {
  if (shadow === null || ofStsAlone.has(seen.code)) return seen;
  return { ...shadow, message: `${shadow.message}; AWS says: ${seen.message}` };
}

function explainOther(
  arn: string,
  expected: string,
  context: CheckContext,
  shadow: Explanation | null,
): Explanation {
  if (shadow !== null) return { ...shadow, message: `${shadow.message}; the calls are made as ${arn}` };
  const known = failureContext({ ...context, roleName: expected }, { actualRole: arn });
  return explainCode('WRONG_ROLE', `the calls are made as ${arn}`, known);
}

/**
 * Asks STS who the gateway is: it must be the role of the instance where that is what is wanted, and may be anybody where
 * not. `metadataRole` is what the instance hands out, `shadow` the source that is known to stand before it.
 */
export async function checkIdentity(
  context: CheckContext,
  probe: GatewayProbe,
  metadataRole: string | null,
  shadow: Explanation | null,
): Promise<Finding> {
  const answer = await probe.identity();
  if (!answer.ok) {
    const explanation = blame(
      explainFailure(answer.failure, failureContext(context, { service: 'sts' })),
      shadow,
    );
    return explained('identity', ofStsAlone.has(explanation.code) ? 'warn' : 'fail', explanation);
  }
  const { arn } = answer.value;
  if (!wantsRole(context)) return passed('identity', `the gateway is ${arn}`);
  const expected = context.roleName ?? metadataRole;
  const actual = assumedRole(arn);
  if (actual !== null && (expected === null || actual === expected))
    return passed('identity', `the gateway is the role ${actual}`, arn);
  const shadowed = actual !== null && actual === metadataRole ? null : shadow;
  return explained('identity', 'fail', explainOther(arn, expected ?? 'of the instance', context, shadowed));
}
