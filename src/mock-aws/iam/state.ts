import type { Tags } from '../tags.js';

/** An inline policy of a role. `previous` is what is still enforced until the new text has propagated. */
export interface InlinePolicy {
  document: string;
  updatedAt: number;
  previous?: string;
}

/** An IAM role. Times are milliseconds since the epoch, here and below. */
export interface Role {
  roleName: string;
  roleId: string;
  path: string;
  arn: string;
  createdAt: number;
  trustPolicy: string;
  description?: string;
  maxSessionSeconds: number;
  permissionsBoundary?: string;
  tags: Tags;
  inlinePolicies: Record<string, InlinePolicy>;
  attachedPolicies: { arn: string; attachedAt: number }[];
}

/** An IAM instance profile, with at most one role. */
export interface InstanceProfile {
  name: string;
  id: string;
  path: string;
  arn: string;
  createdAt: number;
  tags: Tags;
  roles: { roleName: string; addedAt: number }[];
}

/** A managed policy of AWS or of the account, by ARN in {@link MockState.policies}. */
export interface ManagedPolicy {
  name: string;
  id: string;
  arn: string;
  path: string;
  versionId: string;
  document: string;
  createdAt: number;
}
