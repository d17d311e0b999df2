import { deniedMessage, skewMessage } from '../query/denied.js';
import type { ServiceErrors } from '../service.js';
import type { ErrorText } from '../settings.js';

/**
 * How services of the JSON protocol word what any operation can answer:
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html. `throttle` differs between them.
 */
export function jsonErrors(throttle: ErrorText): ServiceErrors {
  return {
    throttle,
    internal: { status: 500, code: 'InternalServerError', message: 'An error occurred on the server side.' },
    unavailable: {
      status: 503,
      code: 'ServiceUnavailable',
      message: 'The request has failed due to a temporary failure of the server.',
    },
    expiredToken: {
      status: 400,
      code: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    },
    unknownKey: {
      status: 400,
      code: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    },
    missingCredentials: {
      status: 400,
      code: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    },
    clockSkew: (times) => ({ status: 400, code: 'InvalidSignatureException', message: skewMessage(times) }),
    denied: (denial) => ({ status: 400, code: 'AccessDeniedException', message: deniedMessage(denial) }),
  };
}
