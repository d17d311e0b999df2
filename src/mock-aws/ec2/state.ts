import type { Tags } from '../tags.js';

/** States of an EC2 instance. */
export type InstanceStateName =
  | 'pending'
  | 'running'
  | 'stopping'
  | 'stopped'
  | 'shutting-down'
  | 'terminated';

/** The instance's metadata options, under AWS's names. */
export interface MetadataOptions {
  httpTokens: 'optional' | 'required';
  httpPutResponseHopLimit: number;
  httpEndpoint: 'enabled' | 'disabled';
  httpProtocolIpv6: 'enabled' | 'disabled';
  instanceMetadataTags: 'enabled' | 'disabled';
}

/** An EC2 instance. */
export interface Instance {
  instanceId: string;
  region: string;
  availabilityZone: string;
  state: InstanceStateName;
  instanceType: string;
  imageId: string;
  launchedAt: number;
  privateIpAddress: string;
  reservationId: string;
  metadataOptions: MetadataOptions;
  tags: Tags;
}

/** An instance profile on an instance; `endedAt` is when it was replaced or taken away. */
export interface Association {
  associationId: string;
  instanceId: string;
  region: string;
  profileArn: string;
  profileId: string;
  createdAt: number;
  endedAt?: number;
}

/** A version of a launch template. */
export interface LaunchTemplateVersion {
  number: number;
  createdAt: number;
  description?: string;
  /** Of the request that made it. */
  clientToken?: string;
  /** `instanceProfile`: its ARN or its name. */
  data: { imageId?: string; instanceType?: string; instanceProfile?: string };
}

/** A launch template of EC2. */
export interface LaunchTemplate {
  id: string;
  name: string;
  region: string;
  createdAt: number;
  defaultVersion: number;
  versions: LaunchTemplateVersion[];
}
