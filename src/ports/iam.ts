import type { JsonObject } from './json.js';

/** Tags as AWS shows them, by key. */
export type Tags = Readonly<Record<string, string>>;

/** An IAM role, its trust policy decoded. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly trustPolicy: JsonObject;
  readonly tags: Tags;
  readonly permissionsBoundary: string | null;
}

/** An instance profile and the roles in it: none or one. IAM shows no tags on the roles listed here. */
export interface InstanceProfile {
  readonly name: string;
  readonly arn: string;
  /** Its unique id (`AIPA…`), another one where it was deleted and made anew; `null` where IAM does not say. */
  readonly id: string | null;
  readonly tags: Tags;
  readonly roles: readonly {
    readonly name: string;
    readonly arn: string;
    readonly trustPolicy: JsonObject;
  }[];
}

/** What IAM answers to whoever only looks. `null` means that it does not exist. */
export interface IamReader {
  getRole(roleName: string): Promise<Role | null>;
  /** The inline policy's document, URL-decoded and parsed. */
  getRolePolicy(roleName: string, policyName: string): Promise<JsonObject | null>;
  /** ARNs of the managed policies on the role; `null` when there is no such role. */
  listAttachedRolePolicies(roleName: string): Promise<readonly string[] | null>;
  getInstanceProfile(profileName: string): Promise<InstanceProfile | null>;
  /** Whether there is a managed policy of that ARN; `null` where it may not be looked up. */
  hasPolicy(policyArn: string): Promise<boolean | null>;
}

/** IAM for whoever may change it. Each method is exactly one call; errors are the SDK's own. */
export interface IamWriter extends IamReader {
  createRole(input: {
    readonly name: string;
    readonly trustPolicy: JsonObject;
    readonly description: string;
    readonly permissionsBoundary: string | null;
    readonly tags: Tags;
  }): Promise<void>;
  deleteRole(roleName: string): Promise<void>;
  tagRole(roleName: string, tags: Tags): Promise<void>;
  untagRole(roleName: string, keys: readonly string[]): Promise<void>;
  putRolePolicy(roleName: string, policyName: string, document: JsonObject): Promise<void>;
  deleteRolePolicy(roleName: string, policyName: string): Promise<void>;
  attachRolePolicy(roleName: string, policyArn: string): Promise<void>;
  detachRolePolicy(roleName: string, policyArn: string): Promise<void>;
  createInstanceProfile(profileName: string, tags: Tags): Promise<void>;
  deleteInstanceProfile(profileName: string): Promise<void>;
  addRoleToInstanceProfile(profileName: string, roleName: string): Promise<void>;
  removeRoleFromInstanceProfile(profileName: string, roleName: string): Promise<void>;
}
