import type { Parameters } from '../query/parameters.js';
import type { Context } from '../service.js';
import type { LaunchTemplateVersion } from './state.js';

/** A version as a request gives it, and for the rest as its source version has it. */
export function versionOf(
  number: number,
  parameters: Parameters,
  source: LaunchTemplateVersion | undefined,
  context: Context,
): LaunchTemplateVersion {
  const data = (name: string): string | undefined => parameters.get(`LaunchTemplateData.${name}`);
  const profile = data('IamInstanceProfile.Arn') ?? data('IamInstanceProfile.Name');
  const described = parameters.get('VersionDescription');
  const clientToken = parameters.get('ClientToken');
  const merged = {
    imageId: data('ImageId') ?? source?.data.imageId,
    instanceType: data('InstanceType') ?? source?.data.instanceType,
    instanceProfile: profile ?? source?.data.instanceProfile,
  };
  const known = Object.entries(merged).filter(([, value]) => value !== undefined);
  return {
    number,
    createdAt: context.now(),
    ...(described === undefined ? {} : { description: described }),
    ...(clientToken === undefined ? {} : { clientToken }),
    data: Object.fromEntries(known),
  };
}
