/** Tags by key. */
export type Tags = Record<string, string>;

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

/** An association of Systems Manager's State Manager. */
export interface StateAssociation {
  id: string;
  region: string;
  /** The document that it runs. */
  document: string;
  name?: string;
  /** `InstanceIds`, `tag:NAME`, `resource-groups:Name` or `ParameterValues`, with values. */
  targets: { key: string; values: string[] }[];
  parameters?: Record<string, string[]>;
  maxConcurrency?: string;
  maxErrors?: string;
}

/** A command on one instance; `details` in the words of StatusDetails. */
export interface CommandInvocation {
  readonly instanceId: string;
  details:
    | 'Pending'
    | 'In Progress'
    | 'Success'
    | 'Failed'
    | 'Cancelled'
    | 'Terminated'
    | 'Delivery Timed Out'
    | 'Execution Timed Out';
  startedAt?: number;
  endedAt?: number;
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A command that was sent to instances. */
export interface RunCommand {
  readonly id: string;
  readonly region: string;
  readonly document: string;
  readonly comment: string;
  readonly parameters: Record<string, string[]>;
  readonly requestedAt: number;
  /** Within which an agent must take it. */
  readonly timeoutSeconds: number;
  /** Within which it must end on an instance. */
  readonly executionSeconds: number;
  readonly maxConcurrency: number;
  readonly maxErrors: number;
  readonly invocations: CommandInvocation[];
}

/** A quota of a service, as it applies to the account. */
export interface ServiceQuota {
  serviceCode: string;
  region: string;
  code: string;
  name: string;
  value: number;
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
  serviceQuotas: ServiceQuota[];
  launchTemplates: Record<string, LaunchTemplate>;
  autoScalingGroups: Record<string, AutoScalingGroup>;
}
