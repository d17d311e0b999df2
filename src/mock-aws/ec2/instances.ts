import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';
import type { XmlObject } from '../query/xml.js';
import type { Context } from '../service.js';
import type { Instance } from './state.js';
import { currentAssociations } from './association-state.js';
import { applyFilters, tagFilter } from './filters.js';
import { instanceView } from './instance-view.js';
import { findInstances, instancesHere } from './lookup.js';
import { cutPage } from './paging.js';
import type { Ec2Operation } from './service.js';

/** DescribeInstances. */
export const instanceOperations: Readonly<Record<string, Ec2Operation>> = {
  DescribeInstances: { mutating: false, dryRun: true, run: describeInstances },
};

type Associations = ReturnType<typeof currentAssociations>;

function describeInstances(parameters: Parameters, context: Context): XmlObject {
  const ids = parameters.list('InstanceId');
  if (ids.length > 0 && parameters.get('MaxResults') !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'The parameter instancesSet cannot be used with the parameter maxResults',
    );
  }
  const named = ids.length > 0 ? findInstances(ids, context) : instancesHere(context);
  const associations = currentAssociations(context);
  const filtered = applyFilters(
    named,
    parameters,
    (instance) => (filter) => filterValues(instance, filter, associations),
  );
  const { items, nextToken } = cutPage(filtered, parameters);
  return {
    reservationSet: {
      item: reservations(items).map((group) => reservationView(group, associations, context)),
    },
    nextToken,
  };
}

function reservations(instances: readonly Instance[]): readonly (readonly Instance[])[] {
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) {
    const group = groups.get(instance.reservationId);
    if (group === undefined) groups.set(instance.reservationId, [instance]);
    else group.push(instance);
  }
  return [...groups.values()];
}

function reservationView(
  instances: readonly Instance[],
  associations: Associations,
  context: Context,
): XmlObject {
  return {
    reservationId: instances[0]?.reservationId,
    ownerId: context.settings.account,
    groupSet: {},
    instancesSet: {
      item: instances.map((instance) => instanceView(instance, associations.get(instance.instanceId))),
    },
  };
}

function filterValues(
  instance: Instance,
  filter: string,
  associations: Associations,
): readonly string[] | undefined {
  switch (filter) {
    case 'instance-id':
      return [instance.instanceId];
    case 'instance-state-name':
      return [instance.state];
    case 'instance-type':
      return [instance.instanceType];
    case 'availability-zone':
      return [instance.availabilityZone];
    case 'iam-instance-profile.arn':
      return associations.get(instance.instanceId)?.profileArn.split(' ') ?? [];
    default:
      return tagFilter(instance.tags, filter);
  }
}
