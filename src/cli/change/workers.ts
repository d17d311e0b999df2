import type { Worker } from '../../core/apply.js';
import type { StepId } from '../../core/change.js';
import type { BoundStep, DescribeStep } from '../../core/step.js';
import { describeSteps } from '../../core/step.js';
import type { Joins } from '../../core/undo-join.js';
import { joinsOf } from '../../core/undo-join.js';
import type { CloudWriters, HostWriters } from '../../ports/lanes.js';

/** The workers of steps whose ports are closed over. */
export function workersOf<Read, Write extends Read>(
  steps: readonly BoundStep<Read, Write>[],
  ports: Write,
): readonly (readonly [StepId, Worker])[] {
  return steps.map((step) => [step.id, async (op, context) => step.apply(op, ports, context)]);
}

/** The steps' workers with their ports closed over; a half without ports has none, and its steps are not even loaded. */
export async function makeWorkers(
  cloud: CloudWriters | null,
  host: HostWriters | null,
): Promise<ReadonlyMap<StepId, Worker>> {
  const ofCloud =
    cloud === null ? [] : workersOf((await import('../../steps/cloud/index.js')).cloudSteps, cloud);
  const ofHost = host === null ? [] : workersOf((await import('../../steps/host/index.js')).hostSteps, host);
  return new Map([...ofCloud, ...ofHost]);
}

/** What an undo has to know of all steps: title and lane, where one that is not known counts as the host's, and how they are joined. */
export async function lookUpSteps(): Promise<{ readonly describe: DescribeStep; readonly joins: Joins }> {
  const [{ cloudSteps }, { hostSteps }] = await Promise.all([
    import('../../steps/cloud/index.js'),
    import('../../steps/host/index.js'),
  ]);
  const steps = [...cloudSteps, ...hostSteps];
  return { describe: describeSteps(steps, 'host'), joins: joinsOf(steps) };
}
