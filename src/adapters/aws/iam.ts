import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  TagRoleCommand,
  UntagRoleCommand,
} from '@aws-sdk/client-iam';
import type { IAMClient, Tag } from '@aws-sdk/client-iam';
import type { IamWriter, Tags } from '../../ports/iam.js';
import { makeIamReader } from './iam-reader.js';

function tagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([key, value]) => ({ Key: key, Value: value }));
}

/** IAM through the SDK. Each method is one call. */
export function makeIamWriter(client: IAMClient): IamWriter {
  return {
    ...makeIamReader(client),
    ...roleWrites(client),
    ...policyWrites(client),
    ...profileWrites(client),
  };
}

type Writes<Names extends keyof IamWriter> = Pick<IamWriter, Names>;

function roleWrites(client: IAMClient): Writes<'createRole' | 'deleteRole' | 'tagRole' | 'untagRole'> {
  return {
    async createRole({ name, trustPolicy, description, permissionsBoundary, tags }) {
      await client.send(
        new CreateRoleCommand({
          RoleName: name,
          AssumeRolePolicyDocument: JSON.stringify(trustPolicy),
          Description: description,
          PermissionsBoundary: permissionsBoundary ?? undefined,
          Tags: tagList(tags),
        }),
      );
    },
    async deleteRole(roleName) {
      await client.send(new DeleteRoleCommand({ RoleName: roleName }));
    },
    async tagRole(roleName, tags) {
      await client.send(new TagRoleCommand({ RoleName: roleName, Tags: tagList(tags) }));
    },
    async untagRole(roleName, keys) {
      await client.send(new UntagRoleCommand({ RoleName: roleName, TagKeys: [...keys] }));
    },
  };
}

function policyWrites(
  client: IAMClient,
): Writes<'putRolePolicy' | 'deleteRolePolicy' | 'attachRolePolicy' | 'detachRolePolicy'> {
  return {
    async putRolePolicy(roleName, policyName, document) {
      const text = JSON.stringify(document);
      await client.send(
        new PutRolePolicyCommand({ RoleName: roleName, PolicyName: policyName, PolicyDocument: text }),
      );
    },
    async deleteRolePolicy(roleName, policyName) {
      await client.send(new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: policyName }));
    },
    async attachRolePolicy(roleName, policyArn) {
      await client.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: policyArn }));
    },
    async detachRolePolicy(roleName, policyArn) {
      await client.send(new DetachRolePolicyCommand({ RoleName: roleName, PolicyArn: policyArn }));
    },
  };
}

function profileWrites(
  client: IAMClient,
): Writes<
  | 'createInstanceProfile'
  | 'deleteInstanceProfile'
  | 'addRoleToInstanceProfile'
  | 'removeRoleFromInstanceProfile'
> {
  return {
    async createInstanceProfile(profileName, tags) {
      await client.send(
        new CreateInstanceProfileCommand({ InstanceProfileName: profileName, Tags: tagList(tags) }),
      );
    },
    async deleteInstanceProfile(profileName) {
      await client.send(new DeleteInstanceProfileCommand({ InstanceProfileName: profileName }));
    },
    async addRoleToInstanceProfile(profileName, roleName) {
      const input = { InstanceProfileName: profileName, RoleName: roleName };
      await client.send(new AddRoleToInstanceProfileCommand(input));
    },
    async removeRoleFromInstanceProfile(profileName, roleName) {
      const input = { InstanceProfileName: profileName, RoleName: roleName };
      await client.send(new RemoveRoleFromInstanceProfileCommand(input));
    },
  };
}
