import { parseArn } from '../core/policy/arn.js';
import type { Place } from './entry.js';
import { fold } from './match.js';

/** Which kind of policy refused a call. */
export type DenialTail =
  | 'identity policy'
  | 'service control policy'
  | 'resource control policy'
  | 'permissions boundary'
  | 'session policy'
  | 'VPC endpoint policy'
  | 'resource policy'
  | 'unknown';

/** An access-denied message taken apart. */
export interface Denial {
  readonly principal: string | null;
  /** E.g. `iam:CreateRole`. */
  readonly action: string;
  /** The ARN that AWS quotes, or `null` where it quotes none. */
  readonly resource: string | null;
  readonly tail: DenialTail;
  /** A Deny statement matched; adding an Allow does not help. */
  readonly explicit: boolean;
}

const shape =
  /(?:user: (?<principal>\S+) )?is not authorized to perform: (?<action>[a-z0-9-]+:[A-Za-z0-9*]+)(?: on resource: (?<resource>\S+))?(?<rest>.*)$/isu;

const tails: readonly (readonly [RegExp, DenialTail])[] = [
  [/service control polic/iu, 'service control policy'],
  [/resource control polic/iu, 'resource control policy'],
  [/permissions boundar/iu, 'permissions boundary'],
  [/session polic/iu, 'session policy'],
  [/vpc endpoint polic/iu, 'VPC endpoint policy'],
  [/resource-based polic/iu, 'resource policy'],
  [/identity-based polic/iu, 'identity policy'],
];

/**
 * Takes AWS's access-denied message apart; `null` when it is none. The wording is that of "Troubleshoot access denied
 * error messages" in the IAM user guide.
 */
export function parseDenial(message: string): Denial | null {
  const groups = shape.exec(fold(message))?.groups;
  if (groups === undefined) return null;
  const { principal, action = '', resource, rest = '' } = groups;
  const tail = tails.find(([pattern]) => pattern.test(rest))?.[1] ?? 'unknown';
  return {
    principal: principal ?? null,
    action,
    resource: resource?.replace(/[.,;]$/u, '') ?? null,
    tail,
    explicit: /explicit deny/iu.test(rest),
  };
}

/** The statement that would allow what was refused, ready to be pasted into a policy. */
function allowingStatement(denial: Denial): string {
  return JSON.stringify({ Effect: 'Allow', Action: denial.action, Resource: denial.resource ?? '*' });
}

/** The role of an instance as its own: EC2 names the session by the instance. */
const ofInstance = /:assumed-role\/[^/]+\/i-[0-9a-f]+$/u;

/** What to do about a denial, by the kind of policy that refused it; `place` says whose call it was. */
export function denialFix(denial: Denial, place: Place): string {
  if (place === 'operator' && ofInstance.test(denial.principal ?? ''))
    return 'these are the rights of the instance, which need no more: sign in as an operator (aws sso login, --profile NAME), or paste this where you are signed in: {signedInCommand}';
  const where = denial.principal === null ? 'the caller' : principalName(denial.principal);
  const { action, resource } = denial;
  const target = resource === null ? action : `${action} on ${resource}`;
  if (denial.tail === 'identity policy' || denial.tail === 'unknown') {
    return denial.explicit
      ? `remove the Deny for ${target} from the policies of ${where}`
      : `add this statement to a policy of ${where}: ${allowingStatement(denial)}`;
  }
  const verb = denial.explicit ? `exempt ${target} from the Deny in` : `allow ${target} in`;
  return `ask whoever owns the ${denial.tail} to ${verb} it; a change to the policies of ${where} does not help`;
}

function principalName(arn: string): string {
  const resource = parseArn(arn)?.resource ?? arn;
  const role = /^assumed-role\/([^/]+)/u.exec(resource)?.[1];
  if (role !== undefined) return `the role ${role}`;
  return resource.startsWith('user/') ? `the user ${resource.slice('user/'.length)}` : arn;
}
