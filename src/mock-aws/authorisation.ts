import { awsError } from './errors.js';
import { requestContext } from './policy/condition.js';
import { readStatements } from './policy/document.js';
import { type AccessRequest, evaluate } from './policy/evaluate.js';
import { decideForOrganisation, decideForRole, type Verdict } from './policy/role-access.js';
import { matchesAction } from './policy/wildcard.js';
import type { Context, ServiceErrors } from './service.js';
import type { MockSettings } from './settings.js';

/** Whether the caller may do `action` on `resource`; `keys` are the condition keys beyond the global ones. */
export function decide(
  context: Context,
  action: string,
  resource: string,
  keys: Readonly<Record<string, string>> = {},
): Verdict {
  const { principal, settings, state } = context;
  const request = {
    action,
    resource,
    context: requestContext({
      'aws:RequestedRegion': context.region,
      'aws:PrincipalArn': principal.arn,
      'aws:PrincipalAccount': settings.account,
      ...keys,
    }),
  };
  const role = principal.roleName === undefined ? undefined : state.roles[principal.roleName];
  if (role !== undefined) return decideForRole(role, request, state, settings);
  const organisation = decideForOrganisation(request, settings);
  if (!organisation.allowed) return organisation;
  return decideForOperator(request, settings);
}

/** Needs no permission (STS API reference, GetCallerIdentity). */
const free = 'sts:GetCallerIdentity';

/** The operator may do what their policies allow, everything where there are none, and `deny` does not name. */
export function decideForOperator(
  request: AccessRequest,
  { deny, operatorPolicies }: Pick<MockSettings, 'deny' | 'operatorPolicies'>,
): Verdict {
  const { action } = request;
  const isDenied = deny.some((pattern) => matchesAction(pattern, action));
  const isAllowed =
    operatorPolicies === undefined ||
    action === free ||
    evaluate(operatorPolicies.flatMap(readStatements), request) === 'allowed';
  if (isAllowed && !isDenied) return { allowed: true };
  return {
    allowed: false,
    explicit: false,
    reason: `because no identity-based policy allows the ${action} action`,
  };
}

/** Throws AwsError in the service's words when {@link decide} says no. */
export function authorise(
  context: Context,
  errors: ServiceErrors,
  action: string,
  resource: string,
  keys: Readonly<Record<string, string>> = {},
): void {
  const verdict = decide(context, action, resource, keys);
  if (verdict.allowed) return;
  const { arn, userId } = context.principal;
  const { explicit, reason } = verdict;
  throw awsError(
    errors.denied({ principalArn: arn, principalId: userId, action, resource, reason, explicit }),
  );
}
