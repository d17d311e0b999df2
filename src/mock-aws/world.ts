import type { InstanceStateName, LaunchTemplate, MetadataOptions } from './ec2/state.js';
import type { StateAssociation } from './ssm/state.js';
import type { AutoScalingGroup, OwnModel, ServiceQuota } from './state.js';
import type { Tags } from './tags.js';

/** An instance to begin with. */
export interface InstanceSeed {
  readonly instanceId: string;
  /** The `Name` tag. */
  readonly name?: string;
  /** Default: running. */
  readonly state?: InstanceStateName;
  /** Default: the first region of the settings. */
  readonly region?: string;
  /** The name of a seeded instance profile that it has. */
  readonly instanceProfile?: string;
  /** Default: tokens required, hop limit 2, as a new Amazon Linux 2023 instance has it. */
  readonly metadataOptions?: Partial<MetadataOptions>;
  readonly tags?: Readonly<Tags>;
}

/** A role to begin with. */
export interface RoleSeed {
  readonly roleName: string;
  /** Default `/`. */
  readonly path?: string;
  /** Default: EC2 may assume it. */
  readonly trustPolicy?: object;
  /** Inline policies by name. */
  readonly inlinePolicies?: Readonly<Record<string, object>>;
  /** ARNs. */
  readonly attachedPolicies?: readonly string[];
  readonly permissionsBoundary?: string;
  readonly tags?: Readonly<Tags>;
}

/** An instance profile to begin with. */
export interface InstanceProfileSeed {
  readonly name: string;
  readonly path?: string;
  /** Left out: the profile has no role. */
  readonly roleName?: string;
  readonly tags?: Readonly<Tags>;
}

/** A managed policy of the account to begin with. */
export interface PolicySeed {
  readonly arn: string;
  readonly document: object;
}

/** Everything to begin with. */
export interface World {
  readonly instances: readonly InstanceSeed[];
  readonly roles: readonly RoleSeed[];
  readonly instanceProfiles: readonly InstanceProfileSeed[];
  readonly policies: readonly PolicySeed[];
  /** Systems Manager's; default: none. */
  readonly stateAssociations?: readonly StateAssociation[];
  /** Models of the account that are called by their ARN: imported, provisioned or deployed; default: none. */
  readonly ownModels?: readonly OwnModel[];
  /** Default: none. */
  readonly serviceQuotas?: readonly ServiceQuota[];
  /** Default: none. */
  readonly launchTemplates?: readonly LaunchTemplate[];
  /** Default: none. Their instances carry the tag `aws:autoscaling:groupName`. */
  readonly autoScalingGroups?: readonly AutoScalingGroup[];
}

/** The trust policy that lets EC2 assume a role. */
export const EC2_TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
