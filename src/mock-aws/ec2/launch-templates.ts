import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';
import type { XmlObject } from '../query/xml.js';
import type { Context } from '../service.js';
import type { LaunchTemplate } from './state.js';
import { findTemplate, findVersion } from './launch-template-lookup.js';
import { templateView, versionView } from './launch-template-view.js';
import { versionOf } from './launch-template-version.js';
import { requiredParameter } from './lookup.js';
import { cutPage } from './paging.js';
import type { Ec2Operation } from './service.js';

/** The operations on launch templates; of what a version holds only image, type and instance profile are kept. */
export const launchTemplateOperations: Readonly<Record<string, Ec2Operation>> = {
  DescribeLaunchTemplates: { mutating: false, dryRun: true, run: describeTemplates },
  DescribeLaunchTemplateVersions: { mutating: false, dryRun: true, run: describeVersions },
  CreateLaunchTemplate: { mutating: true, dryRun: true, run: createTemplate },
  CreateLaunchTemplateVersion: { mutating: true, dryRun: true, run: createVersion },
  ModifyLaunchTemplate: { mutating: true, dryRun: true, run: modifyTemplate },
  DeleteLaunchTemplateVersions: { mutating: true, dryRun: true, run: deleteVersions },
};

function named(parameters: Parameters, context: Context): LaunchTemplate {
  const name = parameters.get('LaunchTemplateName');
  const byName = Object.values(context.state.launchTemplates).find(
    (one) => one.name === name && one.region === context.region,
  );
  return byName ?? findTemplate(requiredParameter(parameters, 'LaunchTemplateId'), context);
}

function describeTemplates(parameters: Parameters, context: Context): XmlObject {
  const ids = parameters.list('LaunchTemplateId');
  const names = parameters.list('LaunchTemplateName');
  for (const id of ids) findTemplate(id, context);
  const here = Object.values(context.state.launchTemplates).filter(
    ({ region, id, name }) =>
      region === context.region &&
      (ids.length + names.length === 0 || ids.includes(id) || names.includes(name)),
  );
  const { items, nextToken } = cutPage(here, parameters);
  return { launchTemplates: { item: items.map(templateView) }, nextToken };
}

function describeVersions(parameters: Parameters, context: Context): XmlObject {
  const template = named(parameters, context);
  const asked = parameters.list('LaunchTemplateVersion');
  const versions =
    asked.length === 0 ? template.versions : asked.map((version) => findVersion(template, version));
  const newestFirst = versions.toSorted((a, b) => b.number - a.number);
  const { items, nextToken } = cutPage(newestFirst, parameters);
  return {
    launchTemplateVersionSet: { item: items.map((version) => versionView(template, version)) },
    nextToken,
  };
}

function createTemplate(parameters: Parameters, context: Context): XmlObject {
  const name = requiredParameter(parameters, 'LaunchTemplateName');
  const { state, region } = context;
  if (Object.values(state.launchTemplates).some((one) => one.name === name && one.region === region))
    throw new AwsError(
      'InvalidLaunchTemplateName.AlreadyExistsException',
      'Launch template name already in use.',
    );
  const template: LaunchTemplate = {
    id: context.ids.resource('lt'),
    name,
    region: context.region,
    createdAt: context.now(),
    defaultVersion: 1,
    versions: [versionOf(1, parameters, undefined, context)],
  };
  context.state.launchTemplates[template.id] = template;
  return { launchTemplate: templateView(template) };
}

/** A request that comes again with its ClientToken makes no second version (EC2 developer guide, ensuring idempotency). */
function createVersion(parameters: Parameters, context: Context): XmlObject {
  const template = named(parameters, context);
  const token = parameters.get('ClientToken');
  const made = template.versions.find(({ clientToken }) => token !== undefined && clientToken === token);
  if (made !== undefined) return { launchTemplateVersion: versionView(template, made) };
  const source = parameters.get('SourceVersion');
  const like = source === undefined ? undefined : findVersion(template, source);
  const number = Math.max(...template.versions.map((one) => one.number)) + 1;
  const version = versionOf(number, parameters, like, context);
  template.versions.push(version);
  return { launchTemplateVersion: versionView(template, version) };
}

function modifyTemplate(parameters: Parameters, context: Context): XmlObject {
  const template = named(parameters, context);
  template.defaultVersion = findVersion(template, requiredParameter(parameters, 'SetDefaultVersion')).number;
  return { launchTemplate: templateView(template) };
}

function deleteVersions(parameters: Parameters, context: Context): XmlObject {
  const template = named(parameters, context);
  const asked = parameters.list('LaunchTemplateVersion').map(Number);
  const isDefault = (number: number): boolean => number === template.defaultVersion;
  const gone = template.versions.filter(({ number }) => asked.includes(number) && !isDefault(number));
  template.versions = template.versions.filter((version) => !gone.includes(version));
  const id = { launchTemplateId: template.id, launchTemplateName: template.name };
  return {
    successfullyDeletedLaunchTemplateVersionSet: {
      item: gone.map(({ number }) => ({ ...id, versionNumber: number })),
    },
    unsuccessfullyDeletedLaunchTemplateVersionSet: {
      item: asked.filter(isDefault).map((number) => ({
        ...id,
        versionNumber: number,
        responseError: { code: 'launchTemplateVersionIsDefault' },
      })),
    },
  };
}
