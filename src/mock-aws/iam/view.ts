import type { Parameters } from '../query/parameters.js';
import type { XmlObject } from '../query/xml.js';
import type { Context } from '../service.js';
import type { InstanceProfile, Role } from './state.js';
import type { Tags } from '../tags.js';

/** A role as IAM answers it: the trust policy URL-encoded (RFC 3986); tags only where AWS gives them. */
export function roleView(role: Role, detail: 'full' | 'listed' = 'full'): XmlObject {
  const full = detail === 'full';
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: secondTime(role.createdAt),
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    PermissionsBoundary:
      full && role.permissionsBoundary !== undefined
        ? { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.permissionsBoundary }
        : undefined,
    Tags: full && Object.keys(role.tags).length > 0 ? tagsView(role.tags) : undefined,
    RoleLastUsed: full ? {} : undefined,
  };
}

/** An instance profile with its role in it. */
export function instanceProfileView(profile: InstanceProfile, context: Context): XmlObject {
  const roles = profile.roles.flatMap(({ roleName }) => context.state.roles[roleName] ?? []);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: secondTime(profile.createdAt),
    Roles: { member: roles.map((role) => roleView(role, 'listed')) },
    Tags: Object.keys(profile.tags).length > 0 ? tagsView(profile.tags) : undefined,
  };
}

/** Tags as a list of keys and values. */
export function tagsView(tags: Tags): XmlObject {
  return { member: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

/** IAM hands policy documents out percent-encoded by RFC 3986, which encodes more than `encodeURIComponent`. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** IAM's times have no fraction of a second. */
export function secondTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** One page of a list under IAM's `Marker` and `MaxItems`, with `name` as its element. */
export function page(
  name: string,
  items: readonly (string | XmlObject)[],
  parameters: Parameters,
): XmlObject {
  const start = Number(/^offset:(\d{1,9})$/.exec(parameters.get('Marker') ?? '')?.[1] ?? 0);
  const end = start + (parameters.integer('MaxItems') ?? 100);
  const truncated = end < items.length;
  return {
    [name]: { member: items.slice(start, end) },
    IsTruncated: truncated,
    Marker: truncated ? `offset:${end}` : undefined,
  };
}
