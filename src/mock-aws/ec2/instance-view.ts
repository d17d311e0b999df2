import type { XmlObject } from '../query/xml.js';
import type { Association, Instance, InstanceStateName, MetadataOptions } from './state.js';
import type { Tags } from '../tags.js';

/** The codes of the instance states: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html. */
const STATE_CODES: Readonly<Record<InstanceStateName, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** An instance as DescribeInstances shows it, with the association that it has. */
export function instanceView(instance: Instance, association: Association | undefined): XmlObject {
  const gone = instance.state === 'terminated';
  return {
    instanceId: instance.instanceId,
    imageId: instance.imageId,
    instanceState: { code: STATE_CODES[instance.state], name: instance.state },
    privateDnsName: gone ? '' : `ip-${instance.privateIpAddress.replaceAll('.', '-')}.ec2.internal`,
    reason: '',
    amiLaunchIndex: 0,
    productCodes: {},
    instanceType: instance.instanceType,
    launchTime: new Date(instance.launchedAt),
    placement: { availabilityZone: instance.availabilityZone, groupName: '', tenancy: 'default' },
    monitoring: { state: 'disabled' },
    privateIpAddress: gone ? undefined : instance.privateIpAddress,
    groupSet: {},
    architecture: 'x86_64',
    rootDeviceType: 'ebs',
    rootDeviceName: '/dev/xvda',
    virtualizationType: 'hvm',
    tagSet: tagSetView(instance.tags),
    hypervisor: 'xen',
    iamInstanceProfile:
      association === undefined ? undefined : { arn: association.profileArn, id: association.profileId },
    metadataOptions: metadataOptionsView(instance.metadataOptions, 'applied'),
    platformDetails: 'Linux/UNIX',
  };
}

/** Metadata options; `pending` right after a change. */
export function metadataOptionsView(options: MetadataOptions, state: 'applied' | 'pending'): XmlObject {
  return { state, ...options };
}

function tagSetView(tags: Tags): XmlObject | undefined {
  const item = Object.entries(tags).map(([key, value]) => ({ key, value }));
  return item.length > 0 ? { item } : undefined;
}
