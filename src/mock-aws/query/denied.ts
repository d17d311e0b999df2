import type { Denial, ServiceErrors } from '../service.js';
import type { ErrorText } from '../settings.js';

/**
 * The sentence with which most services refuse, as in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html.
 */
export function deniedMessage({ principalArn, action, resource, reason }: Denial): string {
  return `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** How IAM and STS word what any service can answer. `internal` differs between the two. */
export function queryErrors(internal: ErrorText): ServiceErrors {
  return {
    throttle: { status: 400, code: 'Throttling', message: 'Rate exceeded' },
    internal,
    unavailable: {
      status: 503,
      code: 'ServiceUnavailable',
      message: 'The request has failed due to a temporary failure of the server.',
    },
    expiredToken: {
      status: 403,
      code: 'ExpiredToken',
      message: 'The security token included in the request is expired',
    },
    unknownKey: {
      status: 403,
      code: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    },
    missingCredentials: {
      status: 403,
      code: 'MissingAuthenticationToken',
      message: 'Request is missing Authentication Token',
    },
    clockSkew: (times) => ({ status: 403, code: 'SignatureDoesNotMatch', message: skewMessage(times) }),
    denied: (denial) => ({ status: 403, code: 'AccessDenied', message: deniedMessage(denial) }),
  };
}

/** The words for a request whose date is too far from the server's. */
export function skewMessage({ request, server }: { request: string; server: string }): string {
  return request < server
    ? `Signature expired: ${request} is now earlier than ${server} (${server} - 5 min.)`
    : `Signature not yet current: ${request} is still later than ${server} (${server} + 5 min.)`;
}
