import type { MockSettings } from '../settings.js';
import type { Role } from '../iam/state.js';
import type { MockState } from '../state.js';
import { readStatements, type Statement } from './document.js';
import { type AccessRequest, evaluate } from './evaluate.js';
import { findManagedPolicy } from './managed.js';

/** Whether a call is allowed; if not, AWS's tail that says which kind of policy is to blame. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly explicit: boolean; readonly reason: string };

const ORGANIZATION_POLICY =
  'organizations::999999999999:policy/o-exampleorgid/service_control_policy/p-examplepolicy';

/**
 * Decides a role's call as AWS does: service control policies, then the role's own policies, then its permissions
 * boundary. The tails follow
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html.
 */
export function decideForRole(
  role: Role,
  request: AccessRequest,
  state: MockState,
  settings: MockSettings,
): Verdict {
  const organisation = decideForOrganisation(request, settings);
  if (!organisation.allowed) return organisation;
  const identity = evaluate(roleStatements(role, state, settings), request);
  if (identity === 'explicitDeny') return refused('with an explicit deny in an identity-based policy', true);
  if (identity === 'implicitDeny') {
    return refused(`because no identity-based policy allows the ${request.action} action`, false);
  }
  return decideForBoundary(role, request, state, settings);
}

/** The service control policies' verdict, which binds every principal of the account. */
export function decideForOrganisation(request: AccessRequest, settings: MockSettings): Verdict {
  const denials = settings.serviceControlPolicies.flatMap(readStatements);
  if (evaluate(denials, request) !== 'explicitDeny') return { allowed: true };
  const arn = `arn:${settings.partition}:${ORGANIZATION_POLICY}`;
  return refused(`with an explicit deny in a service control policy: ${arn}`, true);
}

/** Everything that a role is allowed and denied by its own policies, as far as it has propagated. */
export function roleStatements(role: Role, state: MockState, settings: MockSettings): readonly Statement[] {
  const seen = settings.now() - settings.propagation.iamToBedrockMilliseconds;
  const inline = Object.values(role.inlinePolicies).flatMap((policy) =>
    policy.updatedAt <= seen ? [policy.document] : policy.previous === undefined ? [] : [policy.previous],
  );
  const attached = role.attachedPolicies
    .filter(({ attachedAt }) => attachedAt <= seen)
    .flatMap(({ arn }) => findManagedPolicy(arn, state, settings)?.document ?? []);
  return [...inline, ...attached].flatMap(readStatements);
}

function decideForBoundary(
  role: Role,
  request: AccessRequest,
  state: MockState,
  settings: MockSettings,
): Verdict {
  if (role.permissionsBoundary === undefined) return { allowed: true };
  const boundary = findManagedPolicy(role.permissionsBoundary, state, settings)?.document ?? '{}';
  const decision = evaluate(readStatements(boundary), request);
  if (decision === 'allowed') return { allowed: true };
  if (decision === 'explicitDeny') return refused('with an explicit deny in a permissions boundary', true);
  return refused(`because no permissions boundary allows the ${request.action} action`, false);
}

function refused(reason: string, explicit: boolean): Verdict {
  return { allowed: false, explicit, reason };
}
