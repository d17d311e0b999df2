import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';
import type { XmlObject } from '../query/xml.js';
import type { Context } from '../service.js';
import type { Tags } from '../tags.js';
import { applyFilters, tagFilter } from './filters.js';
import { findInstances, instanceArn, instancesHere } from './lookup.js';
import { cutPage } from './paging.js';
import type { Ec2Operation } from './service.js';

const TAGS_PER_RESOURCE = 50;

/** The operations on tags, of instances only. */
export const tagOperations: Readonly<Record<string, Ec2Operation>> = {
  CreateTags: { mutating: true, dryRun: true, resource: taggedResource, run: createTags },
  DeleteTags: { mutating: true, dryRun: true, resource: taggedResource, run: deleteTags },
  DescribeTags: { mutating: false, dryRun: true, run: describeTags },
};

function createTags(parameters: Parameters, context: Context): XmlObject {
  const tags = parameters
    .structures('Tag')
    .map((tag) => ({ key: tag.get('Key') ?? '', value: tag.get('Value') ?? '' }));
  for (const { key, value } of tags) validateTag(key, value);
  for (const instance of findInstances(parameters.list('ResourceId'), context)) {
    const merged = { ...instance.tags, ...Object.fromEntries(tags.map(({ key, value }) => [key, value])) };
    if (Object.keys(merged).length > TAGS_PER_RESOURCE) {
      throw new AwsError('TagLimitExceeded', `More than ${TAGS_PER_RESOURCE} tags specified`);
    }
    instance.tags = merged;
  }
  return { return: true };
}

function deleteTags(parameters: Parameters, context: Context): XmlObject {
  const named = parameters.structures('Tag');
  for (const instance of findInstances(parameters.list('ResourceId'), context)) {
    if (named.length === 0) instance.tags = systemTags(instance.tags);
    for (const tag of named) {
      const key = tag.get('Key') ?? '';
      const value = tag.get('Value');
      if (value === undefined || instance.tags[key] === value) delete instance.tags[key];
    }
  }
  return { return: true };
}

/** AWS's own tags, which stay when all are deleted (EC2 API reference, DeleteTags). */
function systemTags(tags: Readonly<Tags>): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key.startsWith('aws:')));
}

function describeTags(parameters: Parameters, context: Context): XmlObject {
  const all = instancesHere(context).flatMap((instance) =>
    Object.entries(instance.tags).map(([key, value]) => ({ resourceId: instance.instanceId, key, value })),
  );
  const filtered = applyFilters(all, parameters, (tag) => (filter) => {
    if (filter === 'resource-id') return [tag.resourceId];
    if (filter === 'resource-type') return ['instance'];
    if (filter === 'key') return [tag.key];
    if (filter === 'value') return [tag.value];
    return tagFilter({ [tag.key]: tag.value }, filter);
  });
  const { items, nextToken } = cutPage(filtered, parameters);
  return {
    tagSet: {
      item: items.map(({ resourceId, key, value }) => ({ resourceId, resourceType: 'instance', key, value })),
    },
    nextToken,
  };
}

function validateTag(key: string, value: string): void {
  if (key === '' || key.length > 127) {
    throw new AwsError(
      'InvalidParameterValue',
      `Tag key exceeds the maximum length of 127 characters or is empty`,
    );
  }
  if (value.length > 255) {
    throw new AwsError('InvalidParameterValue', 'Tag value exceeds the maximum length of 255 characters');
  }
  if (key.startsWith('aws:')) {
    throw new AwsError(
      'InvalidParameterValue',
      `Tag keys starting with 'aws:' are reserved for internal use`,
    );
  }
}

function taggedResource(parameters: Parameters, context: Context): string {
  return instanceArn(parameters.list('ResourceId')[0] ?? '*', context);
}
