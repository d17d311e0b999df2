import type { Worker } from '../core/apply.js';
import type { Lane, StepId } from '../core/change.js';
import type { CloudWriters, HostWriters } from '../ports/lanes.js';

/** The steps' workers with their ports closed over; a half without ports has none. */
export async function makeWorkers(
  cloud: CloudWriters | null,
  host: HostWriters | null,
): Promise<ReadonlyMap<StepId, Worker>> {
  const workers = new Map<StepId, Worker>();
  const [{ cloudSteps }, { hostSteps }] = await Promise.all([
    import('../steps/cloud/index.js'),
    import('../steps/host/index.js'),
  ]);
  if (cloud !== null) {
    for (const step of cloudSteps)
      workers.set(step.id, async (op, context) => step.apply(op, cloud, context));
  }
  if (host !== null) {
    for (const step of hostSteps) workers.set(step.id, async (op, context) => step.apply(op, host, context));
  }
  return workers;
}

/** Title and lane of every step. */
export async function describeSteps(): Promise<
  ReadonlyMap<StepId, { readonly title: string; readonly lane: Lane }>
> {
  const [{ cloudSteps }, { hostSteps }] = await Promise.all([
    import('../steps/cloud/index.js'),
    import('../steps/host/index.js'),
  ]);
  return new Map([...cloudSteps, ...hostSteps].map(({ id, title, lane }) => [id, { title, lane }]));
}
