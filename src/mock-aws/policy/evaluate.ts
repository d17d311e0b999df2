import { conditionsHold, type RequestContext } from './condition.js';
import type { Statement } from './document.js';
import { matchesAction, matchesWildcard } from './wildcard.js';

/** One question to policies. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

/** The answer of a set of statements, in the words of SimulatePrincipalPolicy. */
export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** A Deny that applies wins, then an Allow; nothing that applies is an implicit deny. */
export function evaluate(statements: readonly Statement[], request: AccessRequest): Decision {
  const applying = statements.filter((statement) => applies(statement, request));
  if (applying.some((statement) => statement.effect === 'Deny')) return 'explicitDeny';
  return applying.length > 0 ? 'allowed' : 'implicitDeny';
}

function applies(statement: Statement, request: AccessRequest): boolean {
  return (
    covers(statement.actions, statement.notActions, (pattern) => matchesAction(pattern, request.action)) &&
    covers(statement.resources, statement.notResources, (pattern) =>
      matchesWildcard(pattern, request.resource),
    ) &&
    conditionsHold(statement.conditions, request.context)
  );
}

function covers(
  wanted: readonly string[],
  unwanted: readonly string[],
  matches: (pattern: string) => boolean,
): boolean {
  return unwanted.length > 0 ? !unwanted.some(matches) : wanted.some(matches);
}
