import { queryErrors } from '../query/denied.js';

/** How IAM words what any service can answer. */
export const iamErrors = queryErrors({
  status: 500,
  code: 'ServiceFailure',
  message: 'The request processing has failed because of an unknown error, exception or failure.',
});
