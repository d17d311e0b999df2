import type { MockSettings } from './settings.js';
import type { Instance } from './ec2/state.js';
import type { InstanceProfile, ManagedPolicy, Role } from './iam/state.js';
import type { MockState } from './state.js';
import {
  EC2_TRUST,
  type InstanceProfileSeed,
  type InstanceSeed,
  type PolicySeed,
  type RoleSeed,
  type World,
} from './world.js';

// Seeds are older than any propagation delay.
const SEEDED_AT = Date.UTC(2026, 0, 1);

/** Builds the state from a world. Throws Error for an instance that names a profile which the world lacks. */
export function buildState(world: World, settings: MockSettings): MockState {
  const instanceProfiles = byKey(
    world.instanceProfiles.map((seed, index) => buildProfile(seed, index, settings)),
    'name',
  );
  const state: MockState = {
    roles: byKey(
      world.roles.map((seed, index) => buildRole(seed, index, settings)),
      'roleName',
    ),
    instanceProfiles,
    policies: Object.fromEntries(world.policies.map((seed, index) => [seed.arn, buildPolicy(seed, index)])),
    instances: byKey(
      world.instances.map((seed, index) => buildInstance(seed, index, settings)),
      'instanceId',
    ),
    associations: {},
    credentials: {},
    metadataTokens: {},
    modelAccess: {},
    useCaseForm: Buffer.from(JSON.stringify(USE_CASE)).toString('base64'),
    stateAssociations: structuredClone([...(world.stateAssociations ?? [])]),
    ownModels: structuredClone([...(world.ownModels ?? [])]),
    commands: {},
    registeredAgents: {},
    deadAgents: {},
    serviceQuotas: structuredClone([...(world.serviceQuotas ?? [])]),
    launchTemplates: byKey(structuredClone([...(world.launchTemplates ?? [])]), 'id'),
    autoScalingGroups: byKey(structuredClone([...(world.autoScalingGroups ?? [])]), 'name'),
  };
  world.instances.forEach((seed, index) => associateSeed(seed, index, state, settings));
  return state;
}

const USE_CASE = {
  companyName: 'Example Corp.',
  companyWebsite: 'https://example.com',
  intendedUsers: '0',
  industryOption: 'Software',
  otherIndustryOption: '',
  useCases: 'An assistant for our own people',
};

function buildRole(seed: RoleSeed, index: number, { account, partition }: MockSettings): Role {
  const path = seed.path ?? '/';
  const inline = Object.entries(seed.inlinePolicies ?? {});
  return {
    roleName: seed.roleName,
    roleId: seededId('AROA', index),
    path,
    arn: `arn:${partition}:iam::${account}:role${path}${seed.roleName}`,
    createdAt: SEEDED_AT,
    trustPolicy: JSON.stringify(seed.trustPolicy ?? EC2_TRUST),
    maxSessionSeconds: 3600,
    ...(seed.permissionsBoundary === undefined ? {} : { permissionsBoundary: seed.permissionsBoundary }),
    tags: { ...seed.tags },
    inlinePolicies: Object.fromEntries(
      inline.map(([name, document]) => [name, { document: JSON.stringify(document), updatedAt: SEEDED_AT }]),
    ),
    attachedPolicies: (seed.attachedPolicies ?? []).map((arn) => ({
      // Seeds are written for the commercial partition.
      arn: arn.replace(/^arn:aws:/, `arn:${partition}:`),
      attachedAt: SEEDED_AT,
    })),
  };
}

function buildProfile(
  seed: InstanceProfileSeed,
  index: number,
  { account, partition }: MockSettings,
): InstanceProfile {
  const path = seed.path ?? '/';
  return {
    name: seed.name,
    id: seededId('AIPA', index),
    path,
    arn: `arn:${partition}:iam::${account}:instance-profile${path}${seed.name}`,
    createdAt: SEEDED_AT,
    tags: { ...seed.tags },
    roles: seed.roleName === undefined ? [] : [{ roleName: seed.roleName, addedAt: SEEDED_AT }],
  };
}

function buildPolicy({ arn, document }: PolicySeed, index: number): ManagedPolicy {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const text = JSON.stringify(document);
  const id = seededId('ANPA', index);
  return { name, id, arn, path: '/', versionId: 'v1', document: text, createdAt: SEEDED_AT };
}

function buildInstance(seed: InstanceSeed, index: number, settings: MockSettings): Instance {
  const region = seed.region ?? settings.regions[0] ?? 'us-east-1';
  return {
    instanceId: seed.instanceId,
    region,
    availabilityZone: `${region}a`,
    state: seed.state ?? 'running',
    instanceType: 't3.medium',
    imageId: 'ami-0abcdef1234567890',
    launchedAt: SEEDED_AT,
    privateIpAddress: `10.0.${Math.floor(index / 250) % 256}.${(index % 250) + 4}`,
    reservationId: `r-${index.toString(16).padStart(17, '0')}`,
    metadataOptions: {
      httpTokens: 'required',
      httpPutResponseHopLimit: 2,
      httpEndpoint: 'enabled',
      httpProtocolIpv6: 'disabled',
      instanceMetadataTags: 'disabled',
      ...seed.metadataOptions,
    },
    tags: { ...(seed.name === undefined ? {} : { Name: seed.name }), ...seed.tags },
  };
}

function associateSeed(seed: InstanceSeed, index: number, state: MockState, settings: MockSettings): void {
  if (seed.instanceProfile === undefined) return;
  const profile = state.instanceProfiles[seed.instanceProfile];
  if (profile === undefined) {
    throw new Error(
      `the instance ${seed.instanceId} names the profile ${seed.instanceProfile}, which is not seeded`,
    );
  }
  const associationId = `iip-assoc-0${index.toString(16).padStart(16, '0')}`;
  state.associations[associationId] = {
    associationId,
    instanceId: seed.instanceId,
    region: seed.region ?? settings.regions[0] ?? 'us-east-1',
    profileArn: profile.arn,
    profileId: profile.id,
    createdAt: SEEDED_AT,
  };
}

function seededId(prefix: string, index: number): string {
  return `${prefix}SEED${String(index).padStart(13, '0')}`;
}

function byKey<Item>(items: readonly Item[], key: keyof Item): Record<string, Item> {
  return Object.fromEntries(items.map((item) => [String(item[key]), item]));
}
