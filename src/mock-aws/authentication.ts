import { AwsError, awsError } from './errors.js';
import { header, type MockRequest } from './http/request.js';
import type { Principal } from './principal.js';
import type { Service } from './service.js';
import type { MockSettings } from './settings.js';
import type { IssuedCredentials, MockState } from './state.js';

/** What a Signature Version 4 `Authorization` header says of itself. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const SCOPE = /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;

/** The credential scope of a signed request; undefined when it is not signed. */
export function credentialScope(request: MockRequest): CredentialScope | undefined {
  const match = SCOPE.exec(header(request, 'authorization') ?? '');
  const [, accessKeyId, region, service] = match ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  return { accessKeyId, region, service };
}

/**
 * Finds who signed a request. The signature itself is not checked; the access key must be one that is known and its
 * session token the one issued with it. Throws AwsError in the service's words otherwise.
 */
export function authenticate(
  request: MockRequest,
  service: Service,
  state: MockState,
  settings: MockSettings,
): Principal {
  const bearer = /^Bearer\s+(.+)$/.exec(header(request, 'authorization') ?? '')?.[1];
  if (bearer !== undefined && service.bearer === true) return apiKeyPrincipal(bearer, settings);
  const scope = credentialScope(request);
  if (scope === undefined) throw awsError(service.errors.missingCredentials);
  if (scope.accessKeyId === settings.operator.accessKeyId) {
    return { kind: 'operator', arn: settings.operator.arn, userId: settings.operator.userId };
  }
  const issued = state.credentials[scope.accessKeyId];
  if (issued === undefined || header(request, 'x-amz-security-token') !== issued.token) {
    throw awsError(service.errors.unknownKey);
  }
  if (issued.expiresAt <= settings.now()) throw awsError(service.errors.expiredToken);
  return rolePrincipal(issued, service, state, settings);
}

function rolePrincipal(
  issued: IssuedCredentials,
  service: Service,
  state: MockState,
  settings: MockSettings,
): Principal {
  // A role made anew under the same name is another role to AWS: credentials of the old one are worth nothing.
  if (state.roles[issued.roleName]?.roleId !== issued.roleId) throw awsError(service.errors.unknownKey);
  return {
    kind: 'instance-role',
    arn: `arn:${settings.partition}:sts::${settings.account}:assumed-role/${issued.roleName}/${issued.instanceId}`,
    userId: `${issued.roleId}:${issued.instanceId}`,
    roleName: issued.roleName,
  };
}

function apiKeyPrincipal(token: string, settings: MockSettings): Principal {
  if (!settings.bearerTokens.includes(token)) {
    throw new AwsError(
      'AccessDeniedException',
      'Authentication failed: Please make sure your API Key is valid.',
      403,
    );
  }
  const arn = `arn:${settings.partition}:iam::${settings.account}:user/BedrockAPIKey-mock`;
  return { kind: 'api-key', arn, userId: 'AIDABEDROCKAPIKEYMOCK' };
}
