import { authorise } from '../authorisation.js';
import { AwsError } from '../errors.js';
import type { MockReply } from '../http/reply.js';
import { Parameters } from '../query/parameters.js';
import { isQueryFor, xmlReply } from '../query/query-service.js';
import { xmlDocument, type XmlObject } from '../query/xml.js';
import type { Context, MatchedCall, Service } from '../service.js';
import { ec2Errors } from './errors.js';

const VERSION = '2016-11-15';
const NAMESPACE = `http://ec2.amazonaws.com/doc/${VERSION}/`;

/** One operation of EC2. */
export interface Ec2Operation {
  readonly mutating: boolean;
  /** Whether the operation has a DryRun parameter; where it has none EC2 refuses it as unknown. */
  readonly dryRun: boolean;
  /** What the caller needs the permission on; left out: `*`. */
  readonly resource?: (parameters: Parameters, context: Context) => string;
  readonly run: (parameters: Parameters, context: Context) => XmlObject;
}

/**
 * A service of the EC2 Query protocol (https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html), which differs
 * from that of IAM in its lists and in its errors.
 */
export function ec2Service(operations: Readonly<Record<string, Ec2Operation>>): Service {
  return {
    name: 'ec2',
    errors: ec2Errors,
    match: (request) => {
      if (!isQueryFor(request, VERSION)) return undefined;
      return matchOperation(operations, Parameters.parse(request.body.toString(), '.'));
    },
    refuse: (error, requestId) =>
      xmlReply(
        error.status,
        xmlDocument('Response', '', {
          Errors: { Error: { Code: error.code, Message: error.message } },
          RequestID: requestId,
        }),
        requestId,
      ),
  };
}

function matchOperation(
  operations: Readonly<Record<string, Ec2Operation>>,
  parameters: Parameters,
): MatchedCall {
  const name = parameters.get('Action') ?? '';
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) {
    return {
      operation: name,
      mutating: false,
      respond: () => {
        throw new AwsError('InvalidAction', `The action ${name} is not valid for this web service.`);
      },
    };
  }
  const dryRun = operation.dryRun && parameters.get('DryRun') === 'true';
  return {
    operation: name,
    mutating: operation.mutating && !dryRun,
    respond: (context) => respond(name, operation, parameters, context),
  };
}

function respond(name: string, operation: Ec2Operation, parameters: Parameters, context: Context): MockReply {
  if (!operation.dryRun && parameters.get('DryRun') !== undefined) {
    throw new AwsError('UnknownParameter', 'The parameter DryRun is not recognized');
  }
  authorise(context, ec2Errors, `ec2:${name}`, operation.resource?.(parameters, context) ?? '*');
  if (parameters.get('DryRun') === 'true') {
    throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  }
  const content = { requestId: context.requestId, ...operation.run(parameters, context) };
  return xmlReply(200, xmlDocument(`${name}Response`, NAMESPACE, content), context.requestId);
}
