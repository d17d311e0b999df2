import { arnName } from '../../core/policy/arn.js';
import type { Change } from '../../core/change.js';
import { inlinePolicyName } from '../../core/policy/policies.js';
import { namedIn } from '../../core/policy/policy-document.js';
import type { JsonObject } from '../../ports/json.js';
import type { PolicyOp } from './permission-policy-ops.js';

/** The role that is edited, and the instance profile by which instances have it. */
export interface Place {
  readonly role: string;
  readonly profile: { readonly name: string };
}

/** What our inline policy says now, `null` for none, and the instances that hold the profile meanwhile. */
export interface Before {
  readonly inline: JsonObject | null;
  readonly users: readonly string[];
}

/** Attaching a managed policy. */
export function attachChange({ role, profile }: Place, policyArn: string, detail: string): Change<PolicyOp> {
  return {
    action: 'create',
    target: `${arnName(policyArn)} on ${role}`,
    detail,
    op: { kind: 'attach', role, policyArn },
    undo: { kind: 'detach', role, policyArn, profile: profile.name },
  };
}

/** Writing our inline policy. */
export function putChange(
  { role, profile }: Place,
  document: JsonObject,
  { inline: before, users }: Before,
  detail: string,
): Change<PolicyOp> {
  const heldBy = before === null ? {} : { heldBy: users };
  const undo = {
    kind: 'restore',
    role,
    document: before,
    expected: document,
    profile: profile.name,
  } as const;
  return {
    action: before === null ? 'create' : 'update',
    target: `${inlinePolicyName} on ${role}`,
    detail,
    op: { kind: 'put', role, document },
    undo: { ...undo, ...heldBy },
    body: document,
  };
}

/** A policy in a few words: `6 actions, 3 resource patterns`. */
export function describeDocument(document: JsonObject): string {
  return `${namedIn(document, 'Action').length} actions, ${namedIn(document, 'Resource').length} resource patterns`;
}
