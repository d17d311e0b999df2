import type { Agent } from './ssm/agent.js';

/** How long one part of AWS takes to see what another part has written; all in milliseconds. */
export interface Propagation {
  /** IAM to EC2: a new instance profile, or a role just put into one, is invisible to EC2 for this long. */
  iamToEc2Milliseconds: number;
  /** EC2 to instance metadata: an association appears (and disappears) there this much later. */
  ec2ToMetadataMilliseconds: number;
  /** IAM to the services that enforce it: a new permission takes effect this much later. */
  iamToBedrockMilliseconds: number;
  /** How long an association stays `associating` or `disassociating`. */
  associationMilliseconds: number;
  /** How long a model agreement stays `PENDING` after CreateFoundationModelAgreement. */
  agreementMilliseconds: number;
  /** The agent of Systems Manager registers this much after the role lets it. */
  agentMilliseconds: number;
  /** A command of Systems Manager can be looked at this much after it was sent. */
  commandMilliseconds: number;
}

/** A fault that AWS has names of its own for, or that breaks the connection. */
export type FaultKind =
  | 'throttle'
  | 'internal'
  | 'unavailable'
  | 'timeout'
  | 'drop-before'
  | 'drop-after'
  | 'access-denied'
  | 'expired-token'
  | 'malformed-body'
  | 'slow-body'
  | 'clock-skew';

/** An error in the service's own wire format. */
export interface ErrorText {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Something that goes wrong with the calls that it matches. Left-out fields match everything. */
export interface Fault {
  /** `iam`, `sts`, `ec2`, `ssm`, `servicequotas`, `bedrock`, `bedrock-runtime` or `metadata`. */
  readonly service?: string;
  /** The operation, such as `CreateRole`; for metadata the path, such as `/latest/api/token`. */
  readonly operation?: string;
  /** The region whose calls it befalls; left out: all. */
  readonly region?: string;
  /** How many more calls it befalls; left out: all. Counted down as it strikes. */
  times?: number;
  readonly kind: FaultKind | ErrorText;
  /** `slow-body`: the pause between two pieces (default 1,000). `clock-skew`: how far AWS's clock is ahead (default an hour). */
  readonly milliseconds?: number;
}

/** An error that a model answers with, in place of a message. */
export interface ModelFault {
  readonly status: number;
  /** The exception, such as `ThrottlingException`. */
  readonly name: string;
  readonly message: string;
  /** ConverseStream begins its answer first, then fails inside the stream. */
  readonly midStream?: boolean;
}

/** The identity behind the operator's access key: an administrator, but for {@link MockSettings.deny}. */
export interface Operator {
  accessKeyId: string;
  secretAccessKey: string;
  /** An IAM user, or an assumed role (`arn:aws:sts::111122223333:assumed-role/Admin/me`). */
  arn: string;
  userId: string;
}

/** A token bucket: so many calls at once, then so many a second. */
export interface TokenBucket {
  readonly capacity: number;
  readonly perSecond: number;
}

/** What can be changed while the server runs. Plain data, but for the clock and the agents. */
export interface MockSettings {
  /** Milliseconds since the epoch. */
  now: () => number;
  account: string;
  /** Default: the one that the first region belongs to. */
  partition: string;
  /** The regions that the account has enabled, the first being the default. */
  regions: string[];
  /** Added before every answer. */
  latencyMilliseconds: number;
  propagation: Propagation;
  /** EC2's token buckets: none, EC2's own, or one size for every operation that changes something. */
  ec2TokenBuckets: boolean | TokenBucket;
  faults: Fault[];
  operator: Operator;
  /** Actions that the operator has no permission for, wildcards allowed: `iam:CreateRole`, `ec2:*`. */
  deny: string[];
  /** Policy documents of the operator; undefined: those of an administrator. */
  operatorPolicies: object[] | undefined;
  /** Policy documents whose Deny statements bind everybody in the account. */
  serviceControlPolicies: object[];
  /** By model id or inference profile id. */
  modelFaults: Record<string, ModelFault>;
  /** What a model answers. */
  modelAnswer: string;
  /** Bedrock API keys that are accepted as bearer tokens. */
  bearerTokens: string[];
  /** The instance that the metadata service speaks for; undefined: the first. */
  metadataInstanceId: string | undefined;
  /** The metadata token request is never answered, as beyond the hop limit. */
  hopLimitExceeded: boolean;
  /** Inline policies come back with keys and lists in another order. */
  reorderPolicyDocuments: boolean;
  /** Agents of Systems Manager by the instance that they run on; an instance without one has none installed. */
  agents: Record<string, Agent>;
}

/** Settings before the defaults are filled in; `region` comes first among the regions. */
export interface GivenSettings extends Partial<Omit<MockSettings, 'propagation'>> {
  readonly region?: string;
  /** Delays that are not named are 0. */
  readonly propagation?: Partial<Propagation>;
}
