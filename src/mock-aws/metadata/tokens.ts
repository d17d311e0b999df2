import { AwsError } from '../errors.js';
import { type MockReply, textReply } from '../http/reply.js';
import { header, type MockRequest } from '../http/request.js';
import type { Context } from '../service.js';
import type { Instance } from '../ec2/state.js';

const MAXIMUM_SECONDS = 21_600;

/** Issues a session token, as PUT /latest/api/token does; 400 for a lifetime out of 1 to 21,600 seconds. */
export function issueToken(request: MockRequest, context: Context): MockReply {
  const lifetime = header(request, 'x-aws-ec2-metadata-token-ttl-seconds') ?? '';
  const seconds = /^\d{1,5}$/.test(lifetime) ? Number(lifetime) : 0;
  if (seconds < 1 || seconds > MAXIMUM_SECONDS) throw new AwsError('BadRequest', 'Bad Request', 400);
  // IMDSv2 refuses to hand a token through a proxy.
  if (header(request, 'x-forwarded-for') !== undefined) throw new AwsError('Forbidden', 'Forbidden', 403);
  const token = `${context.ids.secret()}==`;
  context.state.metadataTokens[token] = context.now() + seconds * 1000;
  const reply = textReply(200, token);
  return { ...reply, headers: { ...reply.headers, 'x-aws-ec2-metadata-token-ttl-seconds': String(seconds) } };
}

/** Throws 401 for a token that is unknown or expired, and for none where the instance requires one. */
export function checkToken(request: MockRequest, instance: Instance, context: Context): void {
  const token = header(request, 'x-aws-ec2-metadata-token');
  if (token === undefined && instance.metadataOptions.httpTokens === 'optional') return;
  const tokens = context.state.metadataTokens;
  const expiry = token !== undefined && Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  if (expiry === undefined || expiry <= context.now())
    throw new AwsError('Unauthorized', 'Unauthorized', 401);
}
