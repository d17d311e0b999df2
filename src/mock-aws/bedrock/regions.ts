interface Geography {
  /** Where requests may be answered, besides the region that they come from. */
  readonly destinations: readonly string[];
  /** Regions that can call the profile without being one of the destinations. */
  readonly alsoFrom?: readonly string[];
}

const GEOGRAPHIES: Readonly<Record<string, Geography>> = {
  us: { destinations: ['us-east-1', 'us-east-2', 'us-west-2'], alsoFrom: ['us-west-1'] },
  eu: {
    destinations: ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'],
    alsoFrom: ['eu-south-1', 'eu-south-2'],
  },
  apac: {
    destinations: ['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  },
  jp: { destinations: ['ap-northeast-1', 'ap-northeast-3'] },
  au: { destinations: ['ap-southeast-2', 'ap-southeast-4'] },
  'us-gov': { destinations: ['us-gov-east-1', 'us-gov-west-1'] },
};

const GLOBAL = 'global';

/** Whether profiles with this prefix can be called from `region`. */
export function reaches(prefix: string, region: string): boolean {
  if (prefix === GLOBAL) return /^(?:af|ap|ca|eu|il|me|mx|sa|us)-(?!gov-|iso)/.test(region);
  const geography = GEOGRAPHIES[prefix];
  return [...(geography?.destinations ?? []), ...(geography?.alsoFrom ?? [])].includes(region);
}

/** Where a profile with this prefix routes requests from `region`; a global one: there, and to an empty region. */
export function destinationsOf(prefix: string, region: string): readonly string[] {
  if (prefix === GLOBAL) return [region, ''];
  return [...new Set([region, ...(GEOGRAPHIES[prefix]?.destinations ?? [])])].toSorted();
}
