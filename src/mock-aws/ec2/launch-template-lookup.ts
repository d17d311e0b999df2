import { AwsError } from '../errors.js';
import type { Context } from '../service.js';
import type { LaunchTemplate, LaunchTemplateVersion } from './state.js';

/** The launch template of that id in this region. Throws `InvalidLaunchTemplateId.NotFound`. */
export function findTemplate(id: string, context: Context): LaunchTemplate {
  const known = context.state.launchTemplates;
  const template = Object.hasOwn(known, id) ? known[id] : undefined;
  if (template?.region === context.region) return template;
  throw new AwsError(
    'InvalidLaunchTemplateId.NotFound',
    `The specified launch template, with template ID ${id}, does not exist.`,
  );
}

/** A version by its number, `$Default` or `$Latest`. Throws `InvalidLaunchTemplateId.VersionNotFound`. */
export function findVersion(template: LaunchTemplate, version: string): LaunchTemplateVersion {
  const number =
    version === '$Default'
      ? template.defaultVersion
      : version === '$Latest'
        ? Math.max(...template.versions.map((one) => one.number))
        : Number(version);
  const found = template.versions.find((one) => one.number === number);
  if (found !== undefined) return found;
  throw new AwsError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find the specified version ${version} for the launch template with ID ${template.id}.`,
  );
}
