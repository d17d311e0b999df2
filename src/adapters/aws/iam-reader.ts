import {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import type { IAMClient, Role as SdkRole, Tag } from '@aws-sdk/client-iam';
import type { IamReader, InstanceProfile, Role, Tags } from '../../ports/iam.js';
import { hasCode } from '../../core/failure/aws-error.js';
import { orNull } from './absent.js';
import { decodeDocument } from './decode-document.js';
import { allPages } from './pages.js';

function tagsOf(tags: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key: key = '', Value: value = '' }) => [key, value]));
}

function roleOf(role: SdkRole | undefined, name: string): Role {
  return {
    name: role?.RoleName ?? name,
    arn: role?.Arn ?? '',
    trustPolicy: decodeDocument(role?.AssumeRolePolicyDocument, `the role ${name}`),
    tags: tagsOf(role?.Tags),
    permissionsBoundary: role?.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
  };
}

/** IAM through the SDK, for looking. What does not exist is `null`; other errors are the SDK's own. */
export function makeIamReader(client: IAMClient): IamReader {
  return {
    getRole: async (roleName) =>
      orNull(async () => {
        const { Role: role } = await client.send(new GetRoleCommand({ RoleName: roleName }));
        return roleOf(role, roleName);
      }, 'NoSuchEntity'),
    getRolePolicy: async (roleName, policyName) =>
      orNull(async () => {
        const command = new GetRolePolicyCommand({ RoleName: roleName, PolicyName: policyName });
        const { PolicyDocument: document } = await client.send(command);
        return decodeDocument(document, `the policy ${policyName}`);
      }, 'NoSuchEntity'),
    listAttachedRolePolicies: async (roleName) =>
      orNull(async () => allPages(async (token) => attachedPage(client, roleName, token)), 'NoSuchEntity'),
    getInstanceProfile: async (profileName) =>
      orNull(async () => readProfile(client, profileName), 'NoSuchEntity'),
    hasPolicy: async (policyArn) => hasPolicy(client, policyArn),
  };
}

async function attachedPage(
  client: IAMClient,
  roleName: string,
  token: string | undefined,
): Promise<{ readonly items: readonly string[]; readonly next: string | undefined }> {
  const page = await client.send(new ListAttachedRolePoliciesCommand({ RoleName: roleName, Marker: token }));
  const items = (page.AttachedPolicies ?? []).flatMap(({ PolicyArn: arn }) => arn ?? []);
  return { items, next: page.IsTruncated === true ? page.Marker : undefined };
}

async function readProfile(client: IAMClient, profileName: string): Promise<InstanceProfile> {
  const command = new GetInstanceProfileCommand({ InstanceProfileName: profileName });
  const { InstanceProfile: profile } = await client.send(command);
  return {
    name: profile?.InstanceProfileName ?? profileName,
    arn: profile?.Arn ?? '',
    id: profile?.InstanceProfileId ?? null,
    tags: tagsOf(profile?.Tags),
    roles: (profile?.Roles ?? []).map((role) => {
      const { name, arn, trustPolicy } = roleOf(role, role.RoleName ?? '');
      return { name, arn, trustPolicy };
    }),
  };
}

async function hasPolicy(client: IAMClient, policyArn: string): Promise<boolean | null> {
  try {
    await client.send(new GetPolicyCommand({ PolicyArn: policyArn }));
    return true;
  } catch (error) {
    if (hasCode(error, 'NoSuchEntity')) return false;
    if (hasCode(error, 'AccessDenied')) return null;
    throw error;
  }
}
