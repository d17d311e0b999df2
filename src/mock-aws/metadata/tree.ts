import type { Context } from '../service.js';
import type { Instance } from '../ec2/state.js';
import type { Role } from '../iam/state.js';
import { credentialsDocument, isoSeconds } from './credentials.js';
import { seenAssociation } from './seen-profile.js';

/**
 * The text at a path below `/latest/`; undefined where instance metadata has nothing. Paths as in
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html.
 */
export function readTree(path: string, instance: Instance, context: Context): string | undefined {
  const simple = simpleEntries(instance, context);
  if (Object.hasOwn(simple, path)) return simple[path];
  if (path === 'dynamic/instance-identity/document') return identityDocument(instance, context);
  if (path === 'meta-data/iam/info') return profileInfo(instance, context);
  if (path.startsWith('meta-data/iam/security-credentials')) {
    return roleCredentials(path.slice('meta-data/iam/security-credentials'.length), instance, context);
  }
  if (path.startsWith('meta-data/tags/instance')) {
    return instanceTags(path.slice('meta-data/tags/instance'.length), instance);
  }
  return undefined;
}

function simpleEntries(instance: Instance, context: Context): Record<string, string> {
  const { partition, account } = context.settings;
  return {
    'meta-data/instance-id': instance.instanceId,
    'meta-data/instance-type': instance.instanceType,
    'meta-data/ami-id': instance.imageId,
    'meta-data/local-ipv4': instance.privateIpAddress,
    'meta-data/placement/region': instance.region,
    'meta-data/placement/availability-zone': instance.availabilityZone,
    'meta-data/services/partition': partition,
    'meta-data/services/domain': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    'meta-data/identity-credentials/ec2/info': json({
      Code: 'Success',
      LastUpdated: isoSeconds(context.now()),
      AccountId: account,
    }),
    'meta-data/identity-credentials/ec2/security-credentials/': 'ec2-instance',
  };
}

function identityDocument(instance: Instance, context: Context): string {
  return json({
    accountId: context.settings.account,
    architecture: 'x86_64',
    availabilityZone: instance.availabilityZone,
    imageId: instance.imageId,
    instanceId: instance.instanceId,
    instanceType: instance.instanceType,
    pendingTime: isoSeconds(instance.launchedAt),
    privateIp: instance.privateIpAddress,
    region: instance.region,
    version: '2017-09-30',
  });
}

function profileInfo(instance: Instance, context: Context): string | undefined {
  const association = seenAssociation(instance, context);
  if (association === undefined) return undefined;
  const LastUpdated = isoSeconds(context.now());
  const profiles = Object.values(context.state.instanceProfiles);
  if (!profiles.some(({ id }) => id === association.profileId)) {
    return json({
      Code: 'InstanceProfileNotFound',
      Message: `Instance Profile ${association.profileArn} cannot be found.`,
      LastUpdated,
    });
  }
  return json({
    Code: 'Success',
    LastUpdated,
    InstanceProfileArn: association.profileArn,
    InstanceProfileId: association.profileId,
  });
}

function roleCredentials(rest: string, instance: Instance, context: Context): string | undefined {
  const role = seenRole(instance, context);
  if (role === undefined) return undefined;
  if (rest === '' || rest === '/') return role.roleName;
  return rest === `/${role.roleName}` ? json(credentialsDocument(role, instance, context)) : undefined;
}

function seenRole(instance: Instance, context: Context): Role | undefined {
  const association = seenAssociation(instance, context);
  const profile = Object.values(context.state.instanceProfiles).find(
    ({ id }) => id === association?.profileId,
  );
  const roleName = profile?.roles[0]?.roleName;
  return roleName === undefined ? undefined : context.state.roles[roleName];
}

function instanceTags(rest: string, instance: Instance): string | undefined {
  if (instance.metadataOptions.instanceMetadataTags === 'disabled') return undefined;
  if (rest === '' || rest === '/') return Object.keys(instance.tags).join('\n');
  return new Map(Object.entries(instance.tags)).get(decoded(rest.slice(1)));
}

/** A part of a path; one that is not percent-encoded as it should be names nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function json(document: Record<string, string>): string {
  return JSON.stringify(document, undefined, 2);
}
