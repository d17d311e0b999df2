import type { Association, Instance, LaunchTemplate } from './ec2/state.js';
import type { InstanceProfile, ManagedPolicy, Role } from './iam/state.js';
import type { RunCommand, StateAssociation } from './ssm/state.js';

/** Credentials handed out by instance metadata. */
export interface IssuedCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  token: string;
  instanceId: string;
  roleName: string;
  roleId: string;
  expiresAt: number;
}

/** Whether the account may use a model; a model that is not listed is granted. */
export interface ModelAccess {
  agreement: 'AVAILABLE' | 'PENDING' | 'NOT_AVAILABLE' | 'ERROR';
  authorized: boolean;
  agreementRequestedAt?: number;
}

/** A quota of a service, as it applies to the account. */
export interface ServiceQuota {
  serviceCode: string;
  region: string;
  code: string;
  name: string;
  value: number;
}

/** An Auto Scaling group. Its instances are those that carry its name in the tag `aws:autoscaling:groupName`. */
export interface AutoScalingGroup {
  name: string;
  region: string;
  createdAt: number;
  /** `version`: `$Default`, `$Latest` or a number. */
  template?: { id: string; version: string };
  launchConfiguration?: string;
  /** The template stands in a policy for mixed instances. */
  mixed?: boolean;
}

/** A model of the account, which answers like the one that it was made from. */
export interface OwnModel {
  arn: string;
  modelId: string;
}

/** Everything that the pretend account holds: plain data, ready to be compared or printed. */
export interface MockState {
  roles: Record<string, Role>;
  instanceProfiles: Record<string, InstanceProfile>;
  policies: Record<string, ManagedPolicy>;
  instances: Record<string, Instance>;
  associations: Record<string, Association>;
  credentials: Record<string, IssuedCredentials>;
  metadataTokens: Record<string, number>;
  modelAccess: Record<string, ModelAccess>;
  /** The submitted Anthropic use-case form, base64; undefined when not submitted. */
  useCaseForm: string | undefined;
  stateAssociations: StateAssociation[];
  /** Commands of Systems Manager by their ids. */
  commands: Record<string, RunCommand>;
  /** Instances whose agent has registered. */
  registeredAgents: Record<string, true>;
  /** Instances whose agent died in the middle of a command. */
  deadAgents: Record<string, true>;
  ownModels: OwnModel[];
  serviceQuotas: ServiceQuota[];
  launchTemplates: Record<string, LaunchTemplate>;
  autoScalingGroups: Record<string, AutoScalingGroup>;
}
