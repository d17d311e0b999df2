import type { SimulatedRight, SimulationRequest } from '../../ports/rights.js';
import type { Right } from './operator-rights.js';

/** A right that is certainly missing, and what denies it. */
export interface MissingRight {
  readonly right: Right;
  readonly deniedBy: string;
  /** Whether a Deny or a boundary stands in the way, so that a further Allow does not help. */
  readonly explicit: boolean;
}

/** Keys that are left out here are those whose value differs between the calls of one run, such as the region. */
function merge(
  known: SimulationRequest['context'],
  more: SimulationRequest['context'],
): SimulationRequest['context'] | null {
  const clash = Object.entries(more).some(([key, value]) => (known[key] ?? value) !== value);
  return clash ? null : { ...known, ...more };
}

/** The rights in as few questions as their condition keys allow: nearly always one. */
export function simulations(rights: readonly Right[], principalArn: string): readonly SimulationRequest[] {
  const requests: SimulationRequest[] = [];
  for (const { action, resource, context } of rights) {
    const index = requests.findIndex((request) => merge(request.context, context) !== null);
    const found = requests[index] ?? { principalArn, actions: [], resources: [], context: {} };
    requests[index === -1 ? requests.length : index] = {
      principalArn,
      actions: [...new Set([...found.actions, action])],
      resources: [...new Set([...found.resources, resource])],
      context: merge(found.context, context) ?? context,
    };
  }
  return requests;
}

function same({ action, resource }: SimulatedRight, right: Right): boolean {
  return action.toLowerCase() === right.action.toLowerCase() && resource === right.resource;
}

/**
 * Whether a refusal can be believed. Not where a policy asks for a condition key that was not given, and not where only
 * the organisation refuses: the simulator does not evaluate conditions of service control policies (aws/aws-sdk#102).
 */
function isCertain({ decision, missingKeys, byOrganization }: SimulatedRight): boolean {
  return decision !== 'allowed' && missingKeys.length === 0 && byOrganization !== false;
}

function deniedBy({ decision, byBoundary, policies }: SimulatedRight): string {
  if (byBoundary === false) return 'the permissions boundary of the caller';
  if (decision === 'implicitDeny') return 'no policy of the caller allows it';
  return policies.length === 0 ? 'a Deny in a policy of the caller' : `a Deny in ${policies.join(', ')}`;
}

/**
 * The rights that are certainly missing. What the simulator was silent about, or cannot know, counts as there: a right
 * that is there is never reported. It sees no session policies, resource control policies and VPC endpoint policies.
 */
export function missingRights(
  rights: readonly Right[],
  simulated: readonly SimulatedRight[],
): readonly MissingRight[] {
  return rights.flatMap((right) => {
    const answers = simulated.filter((one) => same(one, right));
    const refused = answers.find(isCertain);
    if (refused === undefined || !answers.every(isCertain)) return [];
    const explicit = refused.decision === 'explicitDeny' || refused.byBoundary === false;
    return [{ right, deniedBy: deniedBy(refused), explicit }];
  });
}
