import type { Settings } from '../../core/settings.js';
import type { Machine } from '../../ports/machine.js';
import type { MetadataReader } from '../../ports/metadata.js';
import type { Environment } from '../../ports/environment.js';
import type { Here } from '../runtime.js';

/** The EC2 instance that this process runs on; `null` where it runs on none, or the metadata service does not answer. */
export async function findHere(
  machine: () => Promise<Machine>,
  metadata: MetadataReader,
): Promise<Here | null> {
  if (!(await machine()).ec2) return null;
  const { readInstanceDocument } = await import('../../adapters/metadata/index.js');
  return readInstanceDocument(metadata);
}

/**
 * The region as the AWS CLI finds it; `here` is asked last. Throws REGION_NEEDED where nothing says one, BAD_REGION for what
 * is none.
 */
export async function findRegion(
  settings: Settings,
  environment: Environment,
  here: () => Promise<Here | null>,
): Promise<string> {
  const { resolveRegion } = await import('../../adapters/aws/region.js');
  return resolveRegion({
    flag: settings.region,
    environment,
    fromSharedConfig: async () =>
      (await import('../../adapters/aws/shared-config.js')).regionFromSharedConfig(settings.profile),
    fromMetadata: async () => (await here())?.region ?? null,
  });
}
