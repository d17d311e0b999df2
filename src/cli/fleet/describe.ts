import type { Lane, StepId } from '../../core/change.js';
import { cloudSteps } from '../../steps/cloud/index.js';
import { fleetSteps } from '../../steps/fleet/launch-template.js';

/** Title and lane of the steps of the account, those of a group of instances among them. */
export function describeFleetSteps(): (step: StepId) => { readonly title: string; readonly lane: Lane } {
  const known = new Map([...cloudSteps, ...fleetSteps].map(({ id, title, lane }) => [id, { title, lane }]));
  return (step) => known.get(step) ?? { title: step, lane: 'cloud' };
}
