import { skewMessage } from '../query/denied.js';
import type { ServiceErrors } from '../service.js';
import { encodeAuthorizationMessage } from '../sts/authorization-message.js';

/**
 * How EC2 words what any operation can answer:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html.
 */
export const ec2Errors: ServiceErrors = {
  throttle: { status: 503, code: 'RequestLimitExceeded', message: 'Request limit exceeded.' },
  internal: { status: 500, code: 'InternalError', message: 'An internal error has occurred' },
  unavailable: {
    status: 503,
    code: 'Unavailable',
    message: 'The server is overloaded and cannot handle the request.',
  },
  expiredToken: { status: 400, code: 'RequestExpired', message: 'Request has expired.' },
  unknownKey: {
    status: 401,
    code: 'AuthFailure',
    message: 'AWS was not able to validate the provided access credentials',
  },
  missingCredentials: {
    status: 400,
    code: 'MissingParameter',
    message: 'The request must contain the parameter AWSAccessKeyId',
  },
  clockSkew: (times) => ({ status: 403, code: 'SignatureDoesNotMatch', message: skewMessage(times) }),
  denied: (denial) => ({
    status: 403,
    code: 'UnauthorizedOperation',
    message:
      'You are not authorized to perform this operation. ' +
      `User: ${denial.principalArn} is not authorized to perform: ${denial.action} ` +
      `on resource: ${denial.resource} ${denial.reason}. ` +
      `Encoded authorization failure message: ${encodeAuthorizationMessage(denial)}`,
  }),
};
