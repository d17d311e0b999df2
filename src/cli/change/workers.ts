import type { Worker } from '../../core/apply.js';
import type { Lane, StepId } from '../../core/change.js';
import type { BoundStep } from '../../core/step.js';
import type { CloudWriters, HostWriters } from '../../ports/lanes.js';

/** The workers of steps whose ports are closed over. */
export function workersOf<Read, Write extends Read>(
  steps: readonly BoundStep<Read, Write>[],
  ports: Write,
): readonly (readonly [StepId, Worker])[] {
  return steps.map((step) => [step.id, async (op, context) => step.apply(op, ports, context)]);
}

/** The steps' workers with their ports closed over; a half without ports has none. */
export async function makeWorkers(
  cloud: CloudWriters | null,
  host: HostWriters | null,
): Promise<ReadonlyMap<StepId, Worker>> {
  const [{ cloudSteps }, { hostSteps }] = await Promise.all([
    import('../../steps/cloud/index.js'),
    import('../../steps/host/index.js'),
  ]);
  return new Map([
    ...(cloud === null ? [] : workersOf(cloudSteps, cloud)),
    ...(host === null ? [] : workersOf(hostSteps, host)),
  ]);
}

/** Title and lane of every step. */
export async function describeSteps(): Promise<
  ReadonlyMap<StepId, { readonly title: string; readonly lane: Lane }>
> {
  const [{ cloudSteps }, { hostSteps }] = await Promise.all([
    import('../../steps/cloud/index.js'),
    import('../../steps/host/index.js'),
  ]);
  return new Map([...cloudSteps, ...hostSteps].map(({ id, title, lane }) => [id, { title, lane }]));
}
