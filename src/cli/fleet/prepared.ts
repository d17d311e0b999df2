import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { CloudGoal, Goal } from '../../core/goal.js';
import type { PlannedStep, StepEdits } from '../../core/plan.js';
import { stoppingConflict } from '../../core/plan.js';
import type { Receipt } from '../../core/receipt.js';
import type { Association, Instance } from '../../ports/ec2.js';
import type { Identity } from '../../ports/identity.js';
import type { FleetWriters } from '../../ports/lanes.js';
import type { FleetTarget } from './targets.js';

/** An instance and what it needs for itself; nothing where it is in place. */
export interface Member {
  readonly instance: Instance;
  readonly association: Association | null;
  readonly steps: readonly StepEdits[];
}

/** Instances that get the same role through the same profile, and what they need together. */
export interface FleetGroup {
  readonly goal: Goal & { readonly cloud: CloudGoal };
  readonly shared: readonly PlannedStep[];
  readonly members: readonly Member[];
}

/** An instance for which nothing can be done, and why. */
export interface Refused {
  readonly id: string;
  readonly instance: Instance | null;
  readonly error: ErrorDetails;
}

/** Everything that is known once all instances have been looked at. Nothing has been changed. */
export interface PreparedFleet {
  readonly fleet: FleetTarget;
  readonly identity: Identity;
  readonly groups: readonly FleetGroup[];
  readonly refused: readonly Refused[];
  readonly receipt: Receipt | null;
  readonly receiptId: string;
  readonly account: FleetWriters;
}

/** Why nothing at all may be done, or `null`. */
export function stoppingError({ groups, refused }: PreparedFleet): ErrorDetails | null {
  const stopping = stoppingConflict({ steps: groups.flatMap(({ shared }) => shared) });
  if (stopping !== null) return stopping;
  const [first, ...others] = refused;
  if (groups.length > 0 || first === undefined) return null;
  return others.length === 0 ? first.error : allRefused(first.error, refused);
}

/** The first refusal stands for all; its code only where they have no other. */
function allRefused(first: ErrorDetails, refused: readonly Refused[]): ErrorDetails {
  const codes = [...new Set(refused.map(({ error }) => error.code))];
  return {
    code: codes.length === 1 ? first.code : 'NO_INSTANCE_LEFT',
    message: `none of the ${refused.length} instances can be set up: ${codes.join(', ')}`,
    why: first.why,
    fix: first.fix,
    exitCode: ExitCode.failed,
  };
}
