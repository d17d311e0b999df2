import { readStatements } from '../policy/document.js';
import type { Context } from '../service.js';
import type { Instance } from '../ec2/state.js';
import type { Role } from '../iam/state.js';
import type { IssuedCredentials } from '../state.js';

const SIX_HOURS = 6 * 60 * 60 * 1000;

/**
 * The body at `iam/security-credentials/ROLE`: credentials, or the `AssumeRoleUnauthorizedAccess` that tells of a trust
 * policy without ec2.amazonaws.com.
 */
export function credentialsDocument(
  role: Role,
  instance: Instance,
  context: Context,
): Record<string, string> {
  const LastUpdated = isoSeconds(context.now());
  if (!trustsEc2(role)) {
    return {
      Code: 'AssumeRoleUnauthorizedAccess',
      Message:
        `EC2 cannot assume the role ${role.roleName}. ` +
        'Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html.',
      LastUpdated,
    };
  }
  const issued = currentCredentials(role, instance, context);
  return {
    Code: 'Success',
    LastUpdated,
    Type: 'AWS-HMAC',
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    Token: issued.token,
    Expiration: isoSeconds(issued.expiresAt),
  };
}

/** Metadata's times have no fraction of a second. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function trustsEc2(role: Role): boolean {
  return readStatements(role.trustPolicy).some(
    (statement) =>
      statement.effect === 'Allow' &&
      (statement.principals?.['Service'] ?? []).some((name) => /^ec2\.amazonaws\.com(?:\.cn)?$/.test(name)) &&
      statement.actions.some((action) => action === 'sts:AssumeRole' || action === 'sts:*'),
  );
}

function currentCredentials(role: Role, instance: Instance, context: Context): IssuedCredentials {
  const current = Object.values(context.state.credentials).find(
    (issued) =>
      issued.instanceId === instance.instanceId &&
      issued.roleId === role.roleId &&
      issued.expiresAt - context.now() > SIX_HOURS / 6,
  );
  if (current !== undefined) return current;
  const issued: IssuedCredentials = {
    accessKeyId: context.ids.unique('ASIA').slice(0, 20),
    secretAccessKey: context.ids.secret(),
    token: `IQoJ${context.ids.secret()}${context.ids.secret()}`,
    instanceId: instance.instanceId,
    roleName: role.roleName,
    roleId: role.roleId,
    expiresAt: context.now() + SIX_HOURS,
  };
  context.state.credentials[issued.accessKeyId] = issued;
  return issued;
}
