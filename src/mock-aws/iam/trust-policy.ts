import { AwsError } from '../errors.js';
import { asList, parseJson } from '../policy/document.js';
import { isRecord } from '../record.js';

const SERVICE_PRINCIPAL =
  /^[a-z0-9.-]+\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|amazon\.com|aws\.internal)$/;

/**
 * Checks a role's trust policy and returns it as IAM keeps it: compact, keys in IAM's order, lists of one as text.
 * Throws `MalformedPolicyDocument` in AWS's words.
 */
export function normaliseTrustPolicy(text: string): string {
  const document = parseJson(text);
  if (!isRecord(document)) throw malformed('This policy contains invalid Json');
  const statements: unknown[] = Array.isArray(document['Statement'])
    ? document['Statement']
    : [document['Statement']];
  const normalised = statements.map(normaliseStatement);
  return JSON.stringify({ Version: document['Version'] ?? '2008-10-17', Statement: normalised });
}

/** IAM's refusal of a document. */
export function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message, 400);
}

function normaliseStatement(statement: unknown): Record<string, unknown> {
  if (!isRecord(statement)) throw malformed('Syntax errors in policy.');
  const { Sid, Effect, Principal, Action, Condition, Resource, NotResource } = statement;
  if (Resource !== undefined || NotResource !== undefined) throw malformed('Has prohibited field Resource');
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed('Missing required field Effect');
  if (Action === undefined) throw malformed('Missing required field Action');
  if (!asList(Action).every((action) => action.startsWith('sts:'))) {
    throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
  }
  return {
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    Principal: normalisePrincipal(Principal),
    Action: collapse(Action),
    ...(Condition === undefined ? {} : { Condition }),
  };
}

function normalisePrincipal(principal: unknown): unknown {
  if (principal === '*') return principal;
  if (!isRecord(principal))
    throw malformed('AssumeRolepolicy contained an invalid principal: missing or not an object');
  for (const name of asList(principal['Service'])) {
    if (!SERVICE_PRINCIPAL.test(name)) throw malformed(`Invalid principal in policy: "SERVICE":"${name}"`);
  }
  return Object.fromEntries(Object.entries(principal).map(([type, names]) => [type, collapse(names)]));
}

function collapse(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}
