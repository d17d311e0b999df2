import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';
import type { XmlObject } from '../query/xml.js';
import type { Context } from '../service.js';
import { applyFilters } from './filters.js';
import type { Ec2Operation } from './service.js';

/** DescribeRegions: the regions that the account has enabled. */
export const regionOperations: Readonly<Record<string, Ec2Operation>> = {
  DescribeRegions: { mutating: false, dryRun: true, run: describeRegions },
};

function describeRegions(parameters: Parameters, context: Context): XmlObject {
  const enabled = context.settings.regions;
  const names = parameters.list('RegionName');
  const unknown = names.find((name) => !enabled.includes(name));
  if (unknown !== undefined) {
    throw new AwsError('InvalidParameterValue', `Invalid region provided: ${unknown}`);
  }
  const filtered = applyFilters(names.length > 0 ? names : enabled, parameters, (region) => (filter) => {
    if (filter === 'region-name') return [region];
    if (filter === 'endpoint') return [endpoint(region)];
    if (filter === 'opt-in-status') return ['opt-in-not-required'];
    return undefined;
  });
  const item = filtered.map((regionName) => ({
    regionName,
    regionEndpoint: endpoint(regionName),
    optInStatus: 'opt-in-not-required',
  }));
  return { regionInfo: { item } };
}

function endpoint(region: string): string {
  return `ec2.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
