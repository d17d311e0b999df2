import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RegionSources } from '../../../src/adapters/aws/region.js';
import { resolveRegion } from '../../../src/adapters/aws/region.js';
import { regionFromSharedConfig } from '../../../src/adapters/aws/shared-config.js';
import { isolateAws } from '../../support/account.js';

function sources(more: Partial<RegionSources> & { config?: string; metadata?: string } = {}): RegionSources {
  return {
    flag: null,
    environment: {},
    fromSharedConfig: () => Promise.resolve(more.config ?? null),
    fromMetadata: () => Promise.resolve(more.metadata ?? null),
    ...more,
  };
}

const both = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' };

describe('resolveRegion', () => {
  it.each<[string, RegionSources, string]>([
    ['--region', sources({ flag: 'us-east-1', environment: both, config: 'eu-west-3' }), 'us-east-1'],
    ['AWS_REGION', sources({ environment: both, config: 'eu-west-3' }), 'eu-west-1'],
    [
      'AWS_DEFAULT_REGION',
      sources({ environment: { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-2' } }),
      'eu-west-2',
    ],
    ['the shared config', sources({ config: 'eu-west-3', metadata: 'us-west-2' }), 'eu-west-3'],
    ['the metadata', sources({ metadata: 'us-gov-west-1' }), 'us-gov-west-1'],
  ])('takes %s, where all before it are silent', async (_name, from, region) => {
    expect(await resolveRegion(from)).toBe(region);
  });

  it('does not ask further than it must', async () => {
    const fromMetadata = vi.fn<() => Promise<null>>(() => Promise.resolve(null));
    await resolveRegion({ ...sources({ config: 'us-east-1' }), fromMetadata });
    expect(fromMetadata).not.toHaveBeenCalled();
  });

  it('says that none is set', async () => {
    await expect(resolveRegion(sources())).rejects.toMatchObject({ code: 'REGION_NEEDED', exitCode: 2 });
  });

  it.each(['useast1', 'us-east-1a', 'us-east-1.evil.example', 'us east 1', '$(id)', 'US-EAST-1'])(
    'refuses %j and says where it comes from',
    async (region) => {
      await expect(resolveRegion(sources({ environment: { AWS_REGION: region } }))).rejects.toMatchObject({
        code: 'BAD_REGION',
        message: `AWS_REGION says ${JSON.stringify(region)}, which is not the name of a region`,
      });
    },
  );
});

describe('regionFromSharedConfig', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    [null, 'eu-north-1'],
    ['work', 'ap-south-1'],
    ['bare', null],
    ['missing', null],
  ])('of the profile %s is %s', async (profile, region) => {
    const folder = await mkdtemp(join(tmpdir(), 'config-'));
    isolateAws(null);
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    await writeFile(
      join(folder, 'config'),
      '[default]\nregion = eu-north-1\n[profile work]\nregion = ap-south-1\n[profile bare]\noutput = json\n',
    );
    const found = await regionFromSharedConfig(profile);
    await rm(folder, { recursive: true });

    expect(found).toBe(region);
  });
});
