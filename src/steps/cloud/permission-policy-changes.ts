import { arnName } from '../../core/policy/arn.js';
import type { Change } from '../../core/change.js';
import type { PolicyGoal } from '../../core/goal.js';
import { namedIn } from '../../core/policy/policy-document.js';
import type { JsonObject } from '../../ports/json.js';
import type { PolicyOp } from './permission-policy-ops.js';

/** Attaching a managed policy. */
export function attachChange(role: string, policyArn: string, detail: string): Change<PolicyOp> {
  return {
    action: 'create',
    target: `${arnName(policyArn)} on ${role}`,
    detail,
    op: { kind: 'attach', role, policyArn },
    undo: { kind: 'detach', role, policyArn },
  };
}

/** Writing our inline policy; `before` is what it says now. */
export function putChange(
  role: string,
  { name, document }: Extract<PolicyGoal, { kind: 'inline' }>,
  before: JsonObject | null,
  detail: string,
): Change<PolicyOp> {
  return {
    action: before === null ? 'create' : 'update',
    target: `${name} on ${role}`,
    detail,
    op: { kind: 'put', role, document },
    undo: { kind: 'restore', role, document: before, expected: document },
    body: document,
  };
}

/** A policy in a few words: `6 actions, 3 resource patterns`. */
export function describeDocument(document: JsonObject): string {
  return `${namedIn(document, 'Action').length} actions, ${namedIn(document, 'Resource').length} resource patterns`;
}
