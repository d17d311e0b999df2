import type { IamInstanceProfileAssociation, Instance as SdkInstance } from '@aws-sdk/client-ec2';
import { managersOf } from '../../core/account/managers.js';
import type { Association, Instance, InstanceState } from '../../ports/ec2.js';

const states: readonly InstanceState[] = [
  'pending',
  'running',
  'shutting-down',
  'terminated',
  'stopping',
  'stopped',
];

/** An instance of the SDK as the set-up sees it. Metadata options that EC2 does not mention have the API's defaults. */
export function instanceOf(instance: SdkInstance, id: string): Instance {
  const { State: state, Tags: tags, IamInstanceProfile: profile, MetadataOptions: options } = instance;
  const pairs = (tags ?? []).map(({ Key: key = '', Value: value = '' }) => [key, value] as const);
  const byKey = Object.fromEntries(pairs);
  return {
    id: instance.InstanceId ?? id,
    name: byKey['Name'] ?? null,
    state: states.find((name) => name === state?.Name) ?? 'pending',
    managers: managersOf(byKey),
    profileArn: profile?.Arn ?? null,
    metadataOptions: {
      endpoint: options?.HttpEndpoint === 'disabled' ? 'disabled' : 'enabled',
      tokens: options?.HttpTokens === 'required' ? 'required' : 'optional',
      hopLimit: options?.HttpPutResponseHopLimit ?? 1,
    },
  };
}

/** An association of the SDK as the set-up sees it. */
export function associationOf(association: IamInstanceProfileAssociation): Association {
  const { State: state, IamInstanceProfile: profile } = association;
  return {
    id: association.AssociationId ?? '',
    instanceId: association.InstanceId ?? '',
    profileArn: profile?.Arn ?? '',
    profileId: profile?.Id ?? null,
    state: state ?? 'associated',
    since: association.Timestamp?.getTime() ?? null,
  };
}

/** Whether an association is not on its way out: while one is replaced, EC2 may list both. */
export function counts({ state }: Association): boolean {
  return state === 'associating' || state === 'associated';
}

/** Orders associations, the newest first; without times the one that is still on its way in. */
export function newestFirst(left: Association, right: Association): number {
  const byTime = (right.since ?? 0) - (left.since ?? 0);
  return byTime === 0 ? Number(right.state === 'associating') - Number(left.state === 'associating') : byTime;
}
