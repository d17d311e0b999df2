import { authorise } from '../authorisation.js';
import { AwsError } from '../errors.js';
import type { MockReply } from '../http/reply.js';
import { header, type MockRequest } from '../http/request.js';
import type { Context, MatchedCall, Service, ServiceErrors } from '../service.js';

/** The members of a request. */
export type JsonInput = Readonly<Record<string, unknown>>;

/** One operation of a JSON service. */
export interface JsonOperation {
  readonly mutating: boolean;
  /** Returns the members of the answer. Throws AwsError to refuse. */
  readonly run: (input: JsonInput, context: Context) => Readonly<Record<string, unknown>>;
}

/** What tells one JSON service from another. */
export interface JsonDescription {
  /** As IAM's actions have it. */
  readonly name: string;
  /** What stands before the operation in `X-Amz-Target`. */
  readonly target: string;
  readonly errors: ServiceErrors;
  readonly operations: Readonly<Record<string, JsonOperation>>;
}

/** A service of the AWS JSON 1.1 protocol (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). */
export function jsonService(description: JsonDescription): Service {
  const { name, target, errors, operations } = description;
  return {
    name,
    errors,
    match: (request) => {
      const [service, operation = ''] = (header(request, 'x-amz-target') ?? '').split('.', 2);
      if (request.method !== 'POST' || service !== target) return undefined;
      const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      return found === undefined ? unknown(operation) : matched(description, operation, found, request);
    },
    refuse: ({ code, message, status }, requestId) => reply(status, { __type: code, message }, requestId),
  };
}

function matched(
  { name, errors }: JsonDescription,
  operation: string,
  { mutating, run }: JsonOperation,
  { body }: MockRequest,
): MatchedCall {
  return {
    operation,
    mutating,
    respond: (context) => {
      authorise(context, errors, `${name}:${operation}`, '*');
      return reply(200, run(parse(body.toString()), context), context.requestId);
    },
  };
}

function unknown(operation: string): MatchedCall {
  return {
    operation,
    mutating: false,
    respond: () => {
      throw new AwsError('UnknownOperationException', '');
    },
  };
}

function parse(text: string): JsonInput {
  try {
    const parsed: unknown = JSON.parse(text === '' ? '{}' : text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as JsonInput;
  } catch {
    // Told below, as what is no object.
  }
  throw new AwsError('SerializationException', '');
}

function reply(status: number, members: JsonInput, requestId: string): MockReply {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId };
  return { status, headers, body: JSON.stringify(members) };
}
