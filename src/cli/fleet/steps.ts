import type { Worker } from '../../core/apply.js';
import type { StepId } from '../../core/change.js';
import type { DescribeStep } from '../../core/step.js';
import { describeSteps } from '../../core/step.js';
import type { Joins } from '../../core/undo-join.js';
import { joinsOf } from '../../core/undo-join.js';
import type { FleetWriters } from '../../ports/lanes.js';
import { cloudSteps } from '../../steps/cloud/index.js';
import { fleetSteps } from '../../steps/fleet/launch-template.js';
import { workersOf } from '../change/workers.js';

/** Title and lane of the steps of the account, those of a group of instances among them. */
export const describeFleetStep: DescribeStep = describeSteps([...cloudSteps, ...fleetSteps], 'cloud');

/** How the undos of these steps are joined. */
export const fleetJoins: Joins = joinsOf(cloudSteps);

/** The workers of all steps of the account, those of a group of instances among them. */
export function fleetWorkers(account: FleetWriters): ReadonlyMap<StepId, Worker> {
  return new Map([...workersOf(cloudSteps, account), ...workersOf(fleetSteps, account)]);
}
