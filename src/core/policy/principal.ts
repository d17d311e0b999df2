import { parseArn } from './arn.js';

/** Whose policies decide about a caller. */
export interface PolicySource {
  /** ARN of the user or role, as far as it can be told from the caller's. */
  readonly arn: string;
  /** The role's name where its path is not known: a session's ARN does not tell it. */
  readonly roleName: string | null;
}

/** Roles of IAM Identity Center; they lie under a path that their sessions do not tell. */
const singleSignOn = 'AWSReservedSSO_';

/**
 * The user or role behind a caller; `null` for whom policies cannot be looked at: the root user, a federated user, an
 * ARN of another kind (IAM API reference, SimulatePrincipalPolicy: PolicySourceArn).
 */
export function policySource(callerArn: string): PolicySource | null {
  const arn = parseArn(callerArn);
  if (arn === null) return null;
  const { partition, service, account, resource } = arn;
  if (service === 'iam' && /^(?:user|role)\/./u.test(resource)) return { arn: callerArn, roleName: null };
  const name = /^assumed-role\/([^/]+)\//u.exec(resource)?.[1];
  if (service !== 'sts' || name === undefined) return null;
  return { arn: `arn:${partition}:iam::${account}:role/${name}`, roleName: name };
}

/** Whether the role certainly lies under a path, so that the ARN made of its name is wrong. */
export function hasHiddenPath({ roleName }: PolicySource): boolean {
  return roleName?.startsWith(singleSignOn) === true;
}
