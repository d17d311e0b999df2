import { AwsError } from '../errors.js';
import { queryErrors } from '../query/denied.js';
import { queryService } from '../query/query-service.js';
import { decodeAuthorizationMessage } from './authorization-message.js';

/** AWS Security Token Service. */
export const sts = queryService({
  name: 'sts',
  version: '2011-06-15',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  errors: queryErrors({
    status: 500,
    code: 'InternalFailure',
    message: 'The request processing has failed because of an unknown error, exception or failure.',
  }),
  operations: {
    GetCallerIdentity: {
      mutating: false,
      resource: null,
      run: (_parameters, { principal, settings }) => ({
        Arn: principal.arn,
        UserId: principal.userId,
        Account: settings.account,
      }),
    },
    DecodeAuthorizationMessage: {
      mutating: false,
      run: (parameters) => {
        const DecodedMessage = decodeAuthorizationMessage(parameters.get('EncodedMessage') ?? '');
        if (DecodedMessage === undefined) {
          throw new AwsError('InvalidAuthorizationMessageException', 'Message is not valid');
        }
        return { DecodedMessage };
      },
    },
  },
});
