import { AwsError } from '../errors.js';
import { type MockReply, textReply } from '../http/reply.js';
import type { MockRequest } from '../http/request.js';
import type { Context, Service, ServiceErrors } from '../service.js';
import type { ErrorText } from '../settings.js';
import { ownInstance } from './seen-profile.js';
import { checkToken, issueToken } from './tokens.js';
import { readTree } from './tree.js';

const TOKEN_PATH = '/latest/api/token';

const plain = (status: number, message: string): ErrorText => ({ status, code: message, message });

const errors: ServiceErrors = {
  throttle: plain(503, 'Service Unavailable'),
  internal: plain(500, 'Internal Server Error'),
  unavailable: plain(503, 'Service Unavailable'),
  expiredToken: plain(401, 'Unauthorized'),
  unknownKey: plain(401, 'Unauthorized'),
  missingCredentials: plain(401, 'Unauthorized'),
  clockSkew: () => plain(400, 'Bad Request'),
  denied: () => plain(403, 'Forbidden'),
};

/** Instance metadata (IMDSv2, and version 1 where tokens are optional). An operation's name is its path. */
export const metadata: Service = {
  name: 'metadata',
  errors,
  unsigned: true,
  match: (request) => {
    if (request.path !== '/latest' && !request.path.startsWith('/latest/')) return undefined;
    return { operation: request.path, mutating: false, respond: (context) => respond(request, context) };
  },
  refuse: (error) => textReply(error.status, error.message),
};

function respond(request: MockRequest, context: Context): MockReply {
  const instance = ownInstance(context);
  if (instance === undefined) throw notFound();
  if (instance.metadataOptions.httpEndpoint === 'disabled') throw new AwsError('Forbidden', 'Forbidden', 403);
  if (request.method === 'PUT' && request.path === TOKEN_PATH) {
    if (context.settings.hopLimitExceeded) return { ...textReply(200, ''), delivery: { kind: 'never' } };
    return issueToken(request, context);
  }
  if (request.method !== 'GET') throw new AwsError('MethodNotAllowed', 'Method Not Allowed', 405);
  checkToken(request, instance, context);
  const text = readTree(request.path.slice('/latest/'.length), instance, context);
  if (text === undefined) throw notFound();
  return textReply(200, text);
}

function notFound(): AwsError {
  return new AwsError('NotFound', 'Not Found', 404);
}
