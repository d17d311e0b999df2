import { authorise } from '../authorisation.js';
import { AwsError } from '../errors.js';
import { jsonReply, type MockReply } from '../http/reply.js';
import type { MockRequest } from '../http/request.js';
import type { Context, MatchedCall, Service, ServiceErrors } from '../service.js';

/** A request to a REST operation, its path parameter decoded. */
export interface RestInput {
  readonly parameter: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** One operation of a REST JSON service. */
export interface RestOperation {
  readonly method: 'GET' | 'POST';
  /** Matches the still encoded path; its first group is the path parameter. */
  readonly path: RegExp;
  readonly mutating: boolean;
  /** What the caller needs the permission on; left out: `*`. `null`: the operation authorises by itself. */
  readonly resource?: ((input: RestInput, context: Context) => string) | null;
  readonly run: (input: RestInput, context: Context) => MockReply | Promise<MockReply>;
}

/** A service of the REST JSON protocol (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html). */
export function restService(
  name: string,
  errors: ServiceErrors,
  operations: Readonly<Record<string, RestOperation>>,
): Service {
  return {
    name,
    errors,
    bearer: true,
    match: (request) => match(request, errors, operations),
    refuse: (error, requestId) =>
      jsonReply(
        error.status,
        { message: error.message },
        { 'x-amzn-errortype': error.code, 'x-amzn-requestid': requestId },
      ),
  };
}

function match(
  request: MockRequest,
  errors: ServiceErrors,
  operations: Readonly<Record<string, RestOperation>>,
): MatchedCall | undefined {
  for (const [name, operation] of Object.entries(operations)) {
    const found = operation.method === request.method ? operation.path.exec(request.path) : null;
    if (found === null) continue;
    const { query, body } = request;
    return {
      operation: name,
      mutating: operation.mutating,
      respond: async (context) => {
        const input = { parameter: decode(found[1] ?? ''), query, body };
        if (operation.resource !== null) {
          authorise(context, errors, `bedrock:${name}`, operation.resource?.(input, context) ?? '*');
        }
        const reply = await operation.run(input, context);
        return { ...reply, headers: { ...reply.headers, 'x-amzn-requestid': context.requestId } };
      },
    };
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('ValidationException', 'The request path is not valid.');
  }
}
