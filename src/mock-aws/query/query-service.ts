import { authorise } from '../authorisation.js';
import { AwsError } from '../errors.js';
import type { MockReply } from '../http/reply.js';
import type { MockRequest } from '../http/request.js';
import type { Context, MatchedCall, Service, ServiceErrors } from '../service.js';
import { Parameters } from './parameters.js';
import { xmlDocument, type XmlObject } from './xml.js';

/** One operation of a Query service (IAM, STS). */
export interface QueryOperation {
  readonly mutating: boolean;
  /** What the caller needs the permission on; left out: `*`. `null`: no permission is needed. */
  readonly resource?: ((parameters: Parameters, context: Context) => string) | null;
  /** Returns the result's elements; undefined for an operation without a result. */
  readonly run: (parameters: Parameters, context: Context) => XmlObject | undefined;
}

/** What tells one Query service from another. */
export interface QueryDescription {
  readonly name: string;
  readonly version: string;
  readonly namespace: string;
  readonly errors: ServiceErrors;
  readonly operations: Readonly<Record<string, QueryOperation>>;
}

/**
 * A service of the AWS Query protocol
 * (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html): form parameters in, XML out.
 */
export function queryService(description: QueryDescription): Service {
  const { name, version, namespace, errors } = description;
  return {
    name,
    errors,
    match: (request) => {
      if (!isQueryFor(request, version)) return undefined;
      return matchOperation(description, Parameters.parse(request.body.toString(), '.member.'));
    },
    refuse: (error, requestId) =>
      xmlReply(
        error.status,
        xmlDocument('ErrorResponse', namespace, {
          Error: {
            Type: error.status < 500 ? 'Sender' : 'Receiver',
            Code: error.code,
            Message: error.message,
          },
          RequestId: requestId,
        }),
        requestId,
      ),
  };
}

/** Whether a request is a Query request of this API version. */
export function isQueryFor(request: MockRequest, version: string): boolean {
  if (request.method !== 'POST' || request.path !== '/') return false;
  return new URLSearchParams(request.body.toString()).get('Version') === version;
}

/** A reply with an XML document. */
export function xmlReply(status: number, body: string, requestId: string): MockReply {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

function matchOperation(description: QueryDescription, parameters: Parameters): MatchedCall {
  const name = parameters.get('Action') ?? '';
  const operation = Object.hasOwn(description.operations, name) ? description.operations[name] : undefined;
  if (operation === undefined) {
    return {
      operation: name,
      mutating: false,
      respond: () => {
        throw new AwsError(
          'InvalidAction',
          `Could not find operation ${name} for version ${description.version}`,
        );
      },
    };
  }
  return {
    operation: name,
    mutating: operation.mutating,
    respond: (context) => respond(description, name, operation, parameters, context),
  };
}

function respond(
  description: QueryDescription,
  name: string,
  operation: QueryOperation,
  parameters: Parameters,
  context: Context,
): MockReply {
  if (operation.resource !== null) {
    const resource = operation.resource?.(parameters, context) ?? '*';
    authorise(context, description.errors, `${description.name}:${name}`, resource);
  }
  const result = operation.run(parameters, context);
  const content = {
    ...(result === undefined ? {} : { [`${name}Result`]: result }),
    ResponseMetadata: { RequestId: context.requestId },
  };
  return xmlReply(200, xmlDocument(`${name}Response`, description.namespace, content), context.requestId);
}
