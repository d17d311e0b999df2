import { asList, parseJson } from '../policy/document.js';
import { isRecord } from '../record.js';
import { malformed } from './trust-policy.js';

const ACTION = /^(?:\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/;

/** Checks an inline policy as IAM does when it is written. Throws `MalformedPolicyDocument` in AWS's words. */
export function validatePermissionPolicy(text: string): void {
  const document = parseJson(text);
  if (!isRecord(document)) throw malformed('Syntax errors in policy.');
  const version = document['Version'];
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    throw malformed('The policy failed legacy parsing');
  }
  const statements: unknown[] = Array.isArray(document['Statement'])
    ? document['Statement']
    : [document['Statement']];
  for (const statement of statements) validateStatement(statement);
}

/** A document whose keys and lists come in reverse, for clients that must compare meaning. */
export function reorderDocument(text: string): string {
  return JSON.stringify(reverse(parseJson(text)));
}

function validateStatement(statement: unknown): void {
  if (!isRecord(statement)) throw malformed('Syntax errors in policy.');
  if (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny')
    throw malformed('Syntax errors in policy.');
  if (statement['Principal'] !== undefined)
    throw malformed('Policy document should not specify a principal.');
  const actions = [...asList(statement['Action']), ...asList(statement['NotAction'])];
  if (actions.length === 0) throw malformed('Policy statement must contain actions.');
  if (!actions.every((action) => ACTION.test(action))) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  }
  const resources = [...asList(statement['Resource']), ...asList(statement['NotResource'])];
  if (resources.length === 0) throw malformed('Policy statement must contain resources.');
  const bad = resources.find((resource) => resource !== '*' && resource.split(':').length < 6);
  if (bad !== undefined) throw malformed(`Resource ${bad} must be in ARN format or "*".`);
}

function reverse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverse).toReversed();
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reverse(inner)]),
  );
}
