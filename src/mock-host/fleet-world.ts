import type { InstanceSeed, World } from '../mock-aws/index.js';

/** The many instances that a rehearsal is about: by name, or some that carry these tags and belong to this group. */
export interface RehearsalFleet {
  readonly instanceIds: readonly string[];
  readonly tags: readonly (readonly [string, string])[];
  readonly group: string | null;
  readonly region: string;
}

/** One of each kind that a fleet may hold: most without a profile, one that is stopped, one with a profile of its own. */
const kinds: readonly Partial<InstanceSeed>[] = [
  {},
  {},
  {},
  { state: 'stopped' },
  { instanceProfile: 'web-server' },
];

function foundId(index: number): string {
  return `i-0fee${index.toString(16).padStart(13, '0')}`;
}

/** The ids of a rehearsal's many instances. */
export function fleetIds({ instanceIds, tags, group }: RehearsalFleet): readonly string[] {
  const found = tags.length > 0 || group !== null ? kinds.map((_, index) => foundId(index)) : [];
  return [...instanceIds, ...found];
}

/** A world with a fleet in it besides what it holds. */
export function withFleet(world: World, { instanceIds, tags, group, region }: RehearsalFleet): World {
  const groupTag = group === null ? [] : [['aws:autoscaling:groupName', group] as const];
  const known = new Set(world.instances.map(({ instanceId }) => instanceId));
  const named = instanceIds
    .filter((id) => !known.has(id))
    .map((instanceId): InstanceSeed => ({ instanceId }));
  const found = kinds.map(
    (kind, index): InstanceSeed => ({
      ...kind,
      instanceId: foundId(index),
      name: `fleet-${index + 1}`,
      tags: Object.fromEntries([...tags, ...groupTag]),
    }),
  );
  const template = {
    id: 'lt-0fee0000000000000',
    name: `${group ?? ''}-template`,
    region,
    createdAt: 0,
    defaultVersion: 1,
    versions: [{ number: 1, createdAt: 0, data: { imageId: 'ami-0abcdef1234567890' } }],
  };
  const asked = { id: template.id, version: '$Default' };
  return {
    ...world,
    instances: [...world.instances, ...named, ...(tags.length > 0 || group !== null ? found : [])],
    launchTemplates: group === null ? [] : [template],
    autoScalingGroups: group === null ? [] : [{ name: group, region, createdAt: 0, template: asked }],
  };
}
