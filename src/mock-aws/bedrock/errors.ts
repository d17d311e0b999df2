import { deniedMessage, skewMessage } from '../query/denied.js';
import type { ServiceErrors } from '../service.js';

/**
 * How Bedrock words what any operation can answer:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html.
 */
export const bedrockErrors: ServiceErrors = {
  throttle: {
    status: 429,
    code: 'ThrottlingException',
    message: 'Too many requests, please wait before trying again.',
  },
  internal: {
    status: 500,
    code: 'InternalServerException',
    message: 'The system encountered an unexpected error during processing. Try your request again.',
  },
  unavailable: {
    status: 503,
    code: 'ServiceUnavailableException',
    message: 'Bedrock is unable to process your request.',
  },
  expiredToken: {
    status: 403,
    code: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  },
  unknownKey: {
    status: 403,
    code: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  },
  missingCredentials: {
    status: 403,
    code: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  },
  clockSkew: (times) => ({ status: 403, code: 'InvalidSignatureException', message: skewMessage(times) }),
  denied: (denial) => ({ status: 403, code: 'AccessDeniedException', message: deniedMessage(denial) }),
};
