import type { Json } from '../ports/json.js';
import type { ErrorDetails } from './errors.js';

/** The units that can be read, changed and put back. */
export type StepId =
  | 'iam-role'
  | 'permission-policy'
  | 'instance-profile'
  | 'profile-membership'
  | 'association'
  | 'metadata-options'
  | 'enrollment'
  | 'launch-template'
  | 'shell-profile'
  | 'gateway-env'
  | 'aws-config'
  | 'bedrock-plugin'
  | 'openclaw-discovery'
  | 'primary-model';

/** The two lanes that run beside each other. */
export type Lane = 'cloud' | 'host';

/** What a change does to its target. */
export type Action = 'create' | 'update' | 'replace' | 'delete';

/**
 * One edit. `undo` is the edit that takes it back, as far as it is known before acting; `null` where there is nothing
 * to take back. Both are JSON, so that they can be kept in a receipt.
 */
export interface Change<Op = unknown> {
  readonly action: Action;
  /** What is edited, as a person would name it: a role's name, a file's path. */
  readonly target: string;
  readonly detail: string;
  readonly op: Op;
  readonly undo: Op | null;
  /** What `explain` shows beneath the change, e.g. a policy's JSON. */
  readonly body?: Json;
}

/**
 * Something is there that this tool does not change. `run`: nothing at all is done; `step`: the other steps are done and
 * the run fails; `notice`: it is named and the run goes on.
 */
export interface Conflict {
  readonly conflict: ErrorDetails;
  readonly scope: 'run' | 'step' | 'notice';
}

/** Whether a diff ended in a conflict. */
export function isConflict<Op>(diff: readonly Change<Op>[] | Conflict): diff is Conflict {
  return !Array.isArray(diff);
}
