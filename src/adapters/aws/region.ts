import { usageError } from '../../core/errors.js';
import type { Environment } from '../../ports/environment.js';

/** Where a region may be said, each asked only when those before it are silent. */
export interface RegionSources {
  /** `--region`. */
  readonly flag: string | null;
  readonly environment: Environment;
  /** The `region` of the operator's profile in the shared config. */
  fromSharedConfig(): Promise<string | null>;
  /** The instance's own region from its metadata; `null` where this is no EC2 instance. */
  fromMetadata(): Promise<string | null>;
}

/**
 * The region as the AWS CLI finds it (AWS CLI User Guide, "Configuration settings and precedence"): option, AWS_REGION,
 * AWS_DEFAULT_REGION, shared config, instance metadata. Throws BAD_REGION for what has not the form of one, naming where
 * it was said, and REGION_NEEDED where nothing says one.
 */
export async function resolveRegion(sources: RegionSources): Promise<string> {
  const { flag, environment } = sources;
  const candidates: readonly (readonly [string, () => Promise<string | null>])[] = [
    ['--region', async () => flag],
    ['AWS_REGION', async () => environment['AWS_REGION'] ?? null],
    ['AWS_DEFAULT_REGION', async () => environment['AWS_DEFAULT_REGION'] ?? null],
    ['the shared AWS config', async () => sources.fromSharedConfig()],
    ["the instance's metadata", async () => sources.fromMetadata()],
  ];
  for (const [source, ask] of candidates) {
    const region = (await ask())?.trim() ?? '';
    if (region !== '') return checked(region, source);
  }
  throw usageError(
    'REGION_NEEDED',
    'no AWS region is set',
    'instances and models belong to a region, and nothing says which one is meant',
    'add --region, e.g. --region us-east-1, or set AWS_REGION',
  );
}

function checked(region: string, source: string): string {
  if (/^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/u.test(region)) return region;
  throw usageError(
    'BAD_REGION',
    `${source} says ${JSON.stringify(region)}, which is not the name of a region`,
    'a region is needed to find the instance, and its name becomes part of host names',
    'use a name such as us-east-1 or eu-central-1',
  );
}
