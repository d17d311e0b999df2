import { AwsError } from '../errors.js';
import type { Parameters } from '../query/parameters.js';
import type { XmlObject } from '../query/xml.js';
import type { Context } from '../service.js';
import type { Association, Instance } from './state.js';
import type { InstanceProfile } from '../iam/state.js';
import { associationState, currentAssociation } from './association-state.js';
import { applyFilters } from './filters.js';
import { findInstance, instanceArn, instanceResource, requiredParameter } from './lookup.js';
import { cutPage } from './paging.js';
import { resolveProfile } from './profile-reference.js';
import type { Ec2Operation } from './service.js';

/** The operations on instance profiles of instances. None of them has a DryRun. */
export const associationOperations: Readonly<Record<string, Ec2Operation>> = {
  AssociateIamInstanceProfile: { mutating: true, dryRun: false, resource: instanceResource, run: associate },
  ReplaceIamInstanceProfileAssociation: {
    mutating: true,
    dryRun: false,
    resource: associationResource,
    run: replace,
  },
  DisassociateIamInstanceProfile: {
    mutating: true,
    dryRun: false,
    resource: associationResource,
    run: disassociate,
  },
  DescribeIamInstanceProfileAssociations: { mutating: false, dryRun: false, run: describe },
};

function associate(parameters: Parameters, context: Context): XmlObject {
  const instance = findInstance(parameters, context);
  const profile = resolveProfile(parameters, context);
  requireState(instance);
  if (currentAssociation(instance.instanceId, context) !== undefined) {
    throw new AwsError(
      'IncorrectState',
      `There is an existing association for instance ${instance.instanceId}`,
    );
  }
  return answer(create(instance.instanceId, profile, context), 'associating');
}

function replace(parameters: Parameters, context: Context): XmlObject {
  const old = findAssociation(parameters, context);
  const profile = resolveProfile(parameters, context);
  if (context.state.instances[old.instanceId]?.state !== 'running') {
    throw new AwsError(
      'IncorrectState',
      `The association ${old.associationId} is not the active association`,
    );
  }
  old.endedAt = context.now();
  return answer(create(old.instanceId, profile, context), 'associating');
}

function disassociate(parameters: Parameters, context: Context): XmlObject {
  const association = findAssociation(parameters, context);
  association.endedAt = context.now();
  return answer(association, 'disassociating');
}

function describe(parameters: Parameters, context: Context): XmlObject {
  const ids = parameters.list('AssociationId');
  const listed = Object.values(context.state.associations).filter(
    (association) =>
      association.region === context.region &&
      associationState(association, context) !== undefined &&
      (ids.length === 0 || ids.includes(association.associationId)),
  );
  const filtered = applyFilters(listed, parameters, (association) => (filter) => {
    if (filter === 'instance-id') return [association.instanceId];
    if (filter === 'state') return [associationState(association, context) ?? ''];
    return undefined;
  });
  const { items, nextToken } = cutPage(filtered, parameters);
  return {
    iamInstanceProfileAssociationSet: {
      item: items.map((association) => view(association, associationState(association, context) ?? '')),
    },
    nextToken,
  };
}

function create(instanceId: string, profile: InstanceProfile, context: Context): Association {
  const association: Association = {
    associationId: context.ids.resource('iip-assoc'),
    instanceId,
    region: context.region,
    profileArn: profile.arn,
    profileId: profile.id,
    createdAt: context.now(),
  };
  context.state.associations[association.associationId] = association;
  return association;
}

function findAssociation(parameters: Parameters, context: Context): Association {
  const id = requiredParameter(parameters, 'AssociationId');
  if (!/^iip-assoc-[0-9a-f]+$/.test(id)) {
    throw new AwsError('InvalidParameterValue', 'Invalid value for associationId.');
  }
  const known = context.state.associations;
  const association = Object.hasOwn(known, id) ? known[id] : undefined;
  if (
    association === undefined ||
    association.region !== context.region ||
    association.endedAt !== undefined
  ) {
    throw new AwsError('InvalidAssociationID.NotFound', `An invalid association-id of '${id}' was given`);
  }
  return association;
}

function requireState(instance: Instance): void {
  if (instance.state === 'running' || instance.state === 'stopped') return;
  throw new AwsError(
    'IncorrectInstanceState',
    `The instance '${instance.instanceId}' is not in the 'running' or 'stopped' states.`,
  );
}

function associationResource(parameters: Parameters, context: Context): string {
  const association = context.state.associations[parameters.get('AssociationId') ?? ''];
  return instanceArn(association?.instanceId ?? '*', context);
}

function answer(association: Association, state: string): XmlObject {
  return { iamInstanceProfileAssociation: view(association, state) };
}

function view(association: Association, state: string): XmlObject {
  return {
    associationId: association.associationId,
    instanceId: association.instanceId,
    iamInstanceProfile: { arn: association.profileArn, id: association.profileId },
    state,
    timestamp: new Date(association.endedAt ?? association.createdAt),
  };
}
