import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';
import type { QueryOperation } from '../query/query-service.js';
import type { Context } from '../service.js';
import { noSuchEntity } from './lookup.js';

/** GetUser, which knows one user: the operator. */
export const userOperations: Readonly<Record<string, QueryOperation>> = {
  GetUser: { mutating: false, run: getUser },
};

function getUser(parameters: Parameters, context: Context) {
  const { arn, userId } = context.settings.operator;
  const operatorName = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  const wanted = parameters.get('UserName') ?? operatorName;
  if (wanted === undefined)
    throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials');
  if (wanted !== operatorName) throw noSuchEntity(`The user with name ${wanted} cannot be found.`);
  const User = {
    Path: '/',
    UserName: wanted,
    UserId: userId,
    Arn: arn,
    CreateDate: '2024-01-01T00:00:00Z',
  };
  return { User };
}
