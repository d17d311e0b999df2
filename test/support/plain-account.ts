import { ec2TrustPolicy } from '../../src/core/policy/policy-document.js';
import type { Association, Ec2Writer, Instance } from '../../src/ports/ec2.js';
import type { Enrollment, EnrollmentWriter } from '../../src/ports/enrollments.js';
import type { IamWriter, Role, Tags } from '../../src/ports/iam.js';
import type { JsonObject } from '../../src/ports/json.js';
import type { CloudWriters } from '../../src/ports/lanes.js';
import { steppingClock } from './memory.js';

/** What a plain account holds; a test fills it and looks into it. */
export interface PlainState {
  readonly roles: Map<
    string,
    Role & { readonly inline: JsonObject | null; readonly attached: readonly string[] }
  >;
  readonly profiles: Map<string, { readonly tags: Tags; readonly role: string | null }>;
  /** The instance profile's name by instance. */
  readonly links: Map<string, string>;
  /** Unique ids: of a profile by its name, and of the one that an instance has by the instance. What is in neither says none. */
  readonly ids: Map<string, string>;
  readonly instances: Map<string, Instance>;
  readonly enrollments: Map<string, Enrollment>;
  /** The calls that change something, in turn, with their texts. */
  readonly calls: string[];
  /** Regions in which nobody can look for the users of a profile. */
  readonly unseenRegions: string[];
  /** What the next calls of a method end with instead of doing anything. */
  readonly refusals: Map<string, Error[]>;
}

/** The ARN of an instance profile in the account. */
export function profileArn(name: string): string {
  return `arn:aws:iam::111122223333:instance-profile/${name}`;
}

/** An error as AWS names it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** A role without rights. */
export function plainRole(
  name: string,
  tags: Tags = {},
): Role & { inline: null; attached: readonly string[] } {
  const arn = `arn:aws:iam::111122223333:role/${name}`;
  return {
    name,
    arn,
    trustPolicy: ec2TrustPolicy,
    tags,
    permissionsBoundary: null,
    inline: null,
    attached: [],
  };
}

/** An instance with the defaults of EC2. */
export function plainInstance(id: string, more: Partial<Instance> = {}): Instance {
  return {
    id,
    name: null,
    state: 'running',
    managers: [],
    profileArn: null,
    metadataOptions: { endpoint: 'enabled', tokens: 'required', hopLimit: 1 },
    ...more,
  };
}

/**
 * An account that believes everything, in this process and at once, for what a step makes of what it finds. How AWS itself
 * answers is tried against the embedded AWS and moto.
 */
export function plainAccount(): { readonly state: PlainState; readonly ports: CloudWriters } {
  const state: PlainState = {
    roles: new Map(),
    profiles: new Map(),
    links: new Map(),
    ids: new Map(),
    instances: new Map(),
    enrollments: new Map(),
    calls: [],
    unseenRegions: [],
    refusals: new Map(),
  };
  return {
    state,
    ports: {
      clock: steppingClock(),
      iam: iamOf(state),
      ec2: ec2Of(state),
      enrollments: enrollmentsOf(state),
    },
  };
}

/** Writes a call down, and ends it where the test says so. */
function note({ calls, refusals }: PlainState, method: string, ...words: readonly string[]): void {
  calls.push([method, ...words].join(' '));
  const refusal = refusals.get(method)?.shift();
  if (refusal !== undefined) throw refusal;
}

function changeRole(state: PlainState, name: string, change: object): void {
  const role = state.roles.get(name);
  if (role === undefined) throw awsError('NoSuchEntity', `The role with name ${name} cannot be found.`);
  state.roles.set(name, { ...role, ...change });
}

function iamOf(state: PlainState): IamWriter {
  const { roles, profiles } = state;
  return {
    getRole: async (name) => roles.get(name) ?? null,
    getRolePolicy: async (name) => roles.get(name)?.inline ?? null,
    listAttachedRolePolicies: async (name) => roles.get(name)?.attached ?? null,
    async getInstanceProfile(name) {
      const found = profiles.get(name);
      if (found === undefined) return null;
      const { tags, role } = found;
      return {
        name,
        arn: profileArn(name),
        id: state.ids.get(name) ?? null,
        tags,
        roles: role === null ? [] : [roles.get(role) ?? plainRole(role)],
      };
    },
    hasPolicy: async () => true,
    async createRole({ name, tags, permissionsBoundary }) {
      note(state, 'createRole', name);
      roles.set(name, { ...plainRole(name, tags), permissionsBoundary });
    },
    async deleteRole(name) {
      note(state, 'deleteRole', name);
      roles.delete(name);
    },
    async tagRole(name, tags) {
      note(state, 'tagRole', name, JSON.stringify(tags));
      changeRole(state, name, { tags: { ...roles.get(name)?.tags, ...tags } });
    },
    async untagRole(name, keys) {
      note(state, 'untagRole', name, ...keys);
      const left = Object.entries(roles.get(name)?.tags ?? {}).filter(([key]) => !keys.includes(key));
      changeRole(state, name, { tags: Object.fromEntries(left) });
    },
    async putRolePolicy(name, policy, inline) {
      note(state, 'putRolePolicy', name, policy);
      changeRole(state, name, { inline });
    },
    async deleteRolePolicy(name, policy) {
      note(state, 'deleteRolePolicy', name, policy);
      changeRole(state, name, { inline: null });
    },
    async attachRolePolicy(name, arn) {
      note(state, 'attachRolePolicy', name, arn);
      changeRole(state, name, { attached: [...(roles.get(name)?.attached ?? []), arn] });
    },
    async detachRolePolicy(name, arn) {
      note(state, 'detachRolePolicy', name, arn);
      changeRole(state, name, { attached: roles.get(name)?.attached.filter((one) => one !== arn) });
    },
    async createInstanceProfile(name, tags) {
      note(state, 'createInstanceProfile', name);
      profiles.set(name, { tags, role: null });
    },
    async deleteInstanceProfile(name) {
      note(state, 'deleteInstanceProfile', name);
      profiles.delete(name);
    },
    async addRoleToInstanceProfile(name, role) {
      note(state, 'addRoleToInstanceProfile', name, role);
      profiles.set(name, { tags: profiles.get(name)?.tags ?? {}, role });
    },
    async removeRoleFromInstanceProfile(name, role) {
      note(state, 'removeRoleFromInstanceProfile', name, role);
      profiles.set(name, { tags: profiles.get(name)?.tags ?? {}, role: null });
    },
  };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function ec2Of(state: PlainState): Ec2Writer {
  const { instances, links } = state;
  const link = (id: string, arn: string): void => {
    const name = nameOf(arn);
    links.set(id, name);
    const profileId = state.ids.get(name);
    if (profileId !== undefined) state.ids.set(id, profileId);
  };
  return {
    describeInstance: async (id) => instances.get(id) ?? null,
    async describeAssociation(instanceId): Promise<Association | null> {
      const name = links.get(instanceId);
      if (name === undefined) return null;
      return {
        id: `assoc-${instanceId}`,
        instanceId,
        profileArn: profileArn(name),
        profileId: state.ids.get(instanceId) ?? null,
        state: 'associated',
        since: null,
      };
    },
    findRegions: async () => [],
    unseenRegions: async () => state.unseenRegions,
    findProfileUsers: async (arn) =>
      [...links].filter(([, name]) => profileArn(name) === arn).map(([id]) => id),
    async associateProfile(id, arn) {
      note(state, 'associateProfile', id, nameOf(arn));
      link(id, arn);
    },
    async replaceAssociation(id, arn) {
      note(state, 'replaceAssociation', id, nameOf(arn));
      link(id.replace('assoc-', ''), arn);
      return state.ids.get(id.replace('assoc-', '')) ?? null;
    },
    async disassociateProfile(id) {
      note(state, 'disassociateProfile', id);
      links.delete(id.replace('assoc-', ''));
    },
    async modifyMetadataOptions(id, options) {
      note(state, 'modifyMetadataOptions', id, JSON.stringify(options));
      const found = instances.get(id) ?? plainInstance(id);
      instances.set(id, { ...found, metadataOptions: { ...found.metadataOptions, ...options } });
    },
  };
}

function enrollmentsOf(state: PlainState): EnrollmentWriter {
  const { enrollments } = state;
  return {
    findEnrollment: async (name) => enrollments.get(name) ?? null,
    async createEnrollment(input, tags) {
      note(state, 'createEnrollment', input.name, JSON.stringify(tags));
      enrollments.set(input.name, { ...input, id: `e-${input.name}`, document: 'AWS-RunShellScript' });
    },
    async updateEnrollment(id, input) {
      note(state, 'updateEnrollment', id);
      enrollments.set(input.name, { ...input, id, document: 'AWS-RunShellScript' });
    },
    async deleteEnrollment(id) {
      note(state, 'deleteEnrollment', id);
      enrollments.delete(id.replace('e-', ''));
    },
  };
}
