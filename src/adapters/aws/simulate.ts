import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { EvaluationResult, IAMClient, ResourceSpecificResult, Statement } from '@aws-sdk/client-iam';
import type { RightsReader, SimulatedRight } from '../../ports/rights.js';

/** The largest page of the simulator (IAM API reference, SimulatePrincipalPolicy: MaxItems). */
const pageSize = 1000;

function decisionOf(text: string | undefined): SimulatedRight['decision'] {
  return text === 'allowed' || text === 'explicitDeny' ? text : 'implicitDeny';
}

function policiesOf(statements: readonly Statement[] | undefined): readonly string[] {
  return [...new Set((statements ?? []).flatMap(({ SourcePolicyId: id }) => id ?? []))];
}

function specific(result: EvaluationResult, one: ResourceSpecificResult): SimulatedRight {
  return {
    action: result.EvalActionName ?? '',
    resource: one.EvalResourceName ?? '',
    decision: decisionOf(one.EvalResourceDecision),
    missingKeys: [...new Set([...(result.MissingContextValues ?? []), ...(one.MissingContextValues ?? [])])],
    byOrganization: result.OrganizationsDecisionDetail?.AllowedByOrganizations ?? null,
    byBoundary:
      one.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary ??
      result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary ??
      null,
    policies: policiesOf(one.MatchedStatements),
  };
}

function general(result: EvaluationResult): SimulatedRight {
  return {
    action: result.EvalActionName ?? '',
    resource: result.EvalResourceName ?? '*',
    decision: decisionOf(result.EvalDecision),
    missingKeys: result.MissingContextValues ?? [],
    byOrganization: result.OrganizationsDecisionDetail?.AllowedByOrganizations ?? null,
    byBoundary: result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary ?? null,
    policies: policiesOf(result.MatchedStatements),
  };
}

/**
 * The IAM policy simulator through the SDK. An answer holds one result an action, the most restrictive of its resources,
 * so each resource's own is read where there is one (API reference, EvaluationResult).
 */
export function makeRightsReader(client: IAMClient): RightsReader {
  return {
    async simulatePrincipalPolicy({ principalArn, actions, resources, context }) {
      const { EvaluationResults: results } = await client.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: principalArn,
          ActionNames: [...actions],
          ResourceArns: [...resources],
          ContextEntries: Object.entries(context).map(([key, value]) => ({
            ContextKeyName: key,
            ContextKeyType: 'string',
            ContextKeyValues: [value],
          })),
          MaxItems: pageSize,
        }),
      );
      return (results ?? []).flatMap((result) => {
        const own = result.ResourceSpecificResults ?? [];
        return own.length === 0 ? [general(result)] : own.map((one) => specific(result, one));
      });
    },
  };
}
