import { decideForOperator } from '../authorisation.js';
import { AwsError } from '../errors.js';
import { requestContext } from '../policy/condition.js';
import { type Decision, evaluate } from '../policy/evaluate.js';
import { decideForOrganisation, roleStatements } from '../policy/role-access.js';
import { findManagedPolicy } from '../policy/managed.js';
import { readStatements } from '../policy/document.js';
import type { Parameters } from '../query/parameters.js';
import type { QueryOperation } from '../query/query-service.js';
import type { XmlObject } from '../query/xml.js';
import type { Context } from '../service.js';
import type { Role } from './state.js';
import { requiredParameter } from './limits.js';
import { noSuchEntity } from './lookup.js';

/** SimulatePrincipalPolicy: answers as authorisation would. */
export const simulateOperations: Readonly<Record<string, QueryOperation>> = {
  SimulatePrincipalPolicy: {
    mutating: false,
    resource: (parameters) => parameters.get('PolicySourceArn') ?? '*',
    run: simulatePrincipalPolicy,
  },
};

interface Simulated {
  readonly resource: string;
  readonly decision: Decision;
  readonly byOrganisation: boolean;
  readonly byBoundary: boolean | undefined;
}

function simulatePrincipalPolicy(parameters: Parameters, context: Context): XmlObject {
  const subject = findSubject(requiredParameter(parameters, 'PolicySourceArn'), context);
  const resources = parameters.list('ResourceArns');
  const keys = readKeys(parameters);
  const results = parameters.list('ActionNames').map((action) =>
    actionView(
      action,
      (resources.length > 0 ? resources : ['*']).map((resource) =>
        simulate(subject, action, resource, keys, context),
      ),
    ),
  );
  return { EvaluationResults: { member: results }, IsTruncated: false };
}

function findSubject(arn: string, context: Context): Role | 'operator' {
  if (!/^arn:[a-z-]+:iam::\d{12}:(?:user|role|group)\/.+$/.test(arn)) {
    throw new AwsError(
      'InvalidInput',
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
    );
  }
  if (isOperator(arn, context.settings.operator.arn)) return 'operator';
  const role = Object.values(context.state.roles).find((candidate) => candidate.arn === arn);
  if (role === undefined) throw noSuchEntity(`The entity with the Arn ${arn} cannot be found.`);
  return role;
}

// A session's ARN (sts, assumed-role/NAME/SESSION) stands for its role, whose path it does not tell.
function isOperator(arn: string, operatorArn: string): boolean {
  if (arn === operatorArn) return true;
  const session = /:assumed-role\/([^/]+)\//.exec(operatorArn)?.[1];
  return session !== undefined && arn.includes(':role/') && arn.endsWith(`/${session}`);
}

function readKeys(parameters: Parameters): Record<string, string> {
  const entries = parameters.structures('ContextEntries');
  return Object.fromEntries(
    entries.map((entry) => [entry.get('ContextKeyName') ?? '', entry.list('ContextKeyValues')[0] ?? '']),
  );
}

function simulate(
  subject: Role | 'operator',
  action: string,
  resource: string,
  keys: Record<string, string>,
  context: Context,
): Simulated {
  const { settings, state } = context;
  const request = { action, resource, context: requestContext(keys) };
  const byOrganisation = decideForOrganisation(request, settings).allowed;
  if (subject === 'operator') {
    const decision =
      decideForOperator(request, settings).allowed && byOrganisation ? 'allowed' : 'implicitDeny';
    return { resource, decision, byOrganisation, byBoundary: undefined };
  }
  const identity = evaluate(roleStatements(subject, state, settings), request);
  const boundary = subject.permissionsBoundary;
  const document =
    boundary === undefined ? undefined : findManagedPolicy(boundary, state, settings)?.document;
  const byBoundary =
    boundary === undefined ? undefined : evaluate(readStatements(document ?? '{}'), request) === 'allowed';
  const blocked = !byOrganisation || byBoundary === false;
  return {
    resource,
    decision: identity === 'allowed' && blocked ? 'implicitDeny' : identity,
    byOrganisation,
    byBoundary,
  };
}

const severity: Readonly<Record<Decision, number>> = { allowed: 0, implicitDeny: 1, explicitDeny: 2 };

function actionView(action: string, results: readonly Simulated[]): XmlObject {
  const worst = results.reduce((one, other) =>
    severity[other.decision] > severity[one.decision] ? other : one,
  );
  return {
    EvalActionName: action,
    EvalResourceName: worst.resource,
    EvalDecision: worst.decision,
    MatchedStatements: {},
    MissingContextValues: {},
    OrganizationsDecisionDetail: { AllowedByOrganizations: worst.byOrganisation },
    PermissionsBoundaryDecisionDetail: boundaryView(worst),
    ResourceSpecificResults: {
      member: results.map((result) => ({
        EvalResourceName: result.resource,
        EvalResourceDecision: result.decision,
        MatchedStatements: {},
        MissingContextValues: {},
        PermissionsBoundaryDecisionDetail: boundaryView(result),
      })),
    },
  };
}

function boundaryView({ byBoundary }: Simulated): XmlObject | undefined {
  return byBoundary === undefined ? undefined : { AllowedByPermissionsBoundary: byBoundary };
}
