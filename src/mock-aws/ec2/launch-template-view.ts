import type { XmlObject } from '../query/xml.js';
import type { LaunchTemplate, LaunchTemplateVersion } from './state.js';

/** A launch template as DescribeLaunchTemplates shows it. */
export function templateView({ id, name, createdAt, defaultVersion, versions }: LaunchTemplate): XmlObject {
  return {
    launchTemplateId: id,
    launchTemplateName: name,
    createTime: new Date(createdAt),
    defaultVersionNumber: defaultVersion,
    latestVersionNumber: Math.max(...versions.map(({ number }) => number)),
  };
}

/** A version as DescribeLaunchTemplateVersions shows it. */
export function versionView(template: LaunchTemplate, version: LaunchTemplateVersion): XmlObject {
  const { imageId, instanceType, instanceProfile } = version.data;
  const key = instanceProfile?.startsWith('arn:') === true ? 'arn' : 'name';
  return {
    launchTemplateId: template.id,
    launchTemplateName: template.name,
    versionNumber: version.number,
    versionDescription: version.description,
    createTime: new Date(version.createdAt),
    defaultVersion: version.number === template.defaultVersion,
    launchTemplateData: {
      imageId,
      instanceType,
      iamInstanceProfile: instanceProfile === undefined ? undefined : { [key]: instanceProfile },
    },
  };
}
