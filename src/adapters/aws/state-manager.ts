import type { Association, SSMClientConfig, Target } from '@aws-sdk/client-ssm';
import { ListAssociationsCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { StateAssociation, StateManagerReader } from '../../ports/state-manager.js';
import type { Guard } from './middleware.js';
import { allPages } from './pages.js';

/** The largest page (Systems Manager API reference, ListAssociations). */
const pageSize = 50;

/**
 * Instance ids among the targets of an association; an Automation runbook has them as values of its parameter (Systems
 * Manager API reference, Target).
 */
function instancesOf({ Key: key, Values: values = [] }: Target): readonly string[] {
  if (key === 'InstanceIds') return values;
  return key === 'ParameterValues' ? values.filter((value) => /^(?:\*$|m?i-)/u.test(value)) : [];
}

function associationOf(association: Association): StateAssociation {
  const {
    AssociationId: id = '',
    Name: document = '',
    AssociationName: name,
    Targets: targets,
  } = association;
  // How associations were made before they had targets.
  const { InstanceId: single } = association;
  return {
    id,
    document,
    name: name ?? null,
    instanceIds: [...(single === undefined ? [] : [single]), ...(targets ?? []).flatMap(instancesOf)],
  };
}

/** State Manager through the SDK. Errors are the SDK's own. */
export function openStateManager(settings: SSMClientConfig, guard: Guard): StateManagerReader {
  const client = new SSMClient(settings);
  guard(client);
  return {
    listAssociations: async () =>
      allPages(async (token) => {
        const page = await client.send(
          new ListAssociationsCommand({ MaxResults: pageSize, NextToken: token }),
        );
        return { items: (page.Associations ?? []).map(associationOf), next: page.NextToken };
      }),
  };
}
