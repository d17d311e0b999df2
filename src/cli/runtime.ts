import type { Clock } from '../ports/clock.js';
import type { AutoScalingWriter } from '../ports/auto-scaling.js';
import type { BedrockReader } from '../ports/bedrock.js';
import type { Environment } from '../ports/environment.js';
import type { Ec2Directory, Ec2Writer } from '../ports/ec2.js';
import type { GatewayStandIn } from '../ports/gateway-probe.js';
import type { HostWriter } from '../ports/host.js';
import type { IdentityReader } from '../ports/identity.js';
import type { CloudWriters } from '../ports/lanes.js';
import type { Machine } from '../ports/machine.js';
import type { MetadataReader } from '../ports/metadata.js';
import type { ModelAccessWriter } from '../ports/model-access.js';
import type { Progress } from '../ports/progress.js';
import type { Prompt } from '../ports/prompt.js';
import type { ReceiptStore } from '../ports/receipts.js';
import type { QuotaReader } from '../ports/quotas.js';
import type { RightsReader } from '../ports/rights.js';
import type { StateManagerReader } from '../ports/state-manager.js';
import type { SystemsManagerWriter } from '../ports/systems-manager.js';
import type { Reporter } from '../adapters/output/reporter.js';
import type { Streams } from '../adapters/output/streams.js';
import type { Settings } from '../core/settings.js';
import type { Moment } from '../mock-host/fault.js';

/** The instance that this process runs on. */
export interface Here {
  readonly instanceId: string;
  readonly region: string;
  readonly account: string | null;
}

/** The operator's account in one region. */
export interface Account extends CloudWriters {
  readonly ec2: Ec2Writer & Ec2Directory;
  readonly identity: IdentityReader;
  readonly bedrock: BedrockReader;
  readonly rights: RightsReader;
  readonly modelAccess: ModelAccessWriter;
  readonly autoScaling: AutoScalingWriter;
  readonly stateManager: StateManagerReader;
  readonly quotas: QuotaReader;
  readonly systemsManager: () => Promise<SystemsManagerWriter>;
}

/** Everything that a command needs from outside; made by `compose`, and by nobody else. */
export interface Runtime {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly streams: Streams;
  readonly progress: Progress;
  readonly reporter: Reporter;
  readonly prompt: Prompt;
  readonly clock: Clock;
  /** What kind of machine this is, told from its files once. */
  machine(): Promise<Machine>;
  /** This EC2 instance; `null` where this is none or its metadata does not answer. */
  here(): Promise<Here | null>;
  readonly metadata: MetadataReader;
  /** The region as the AWS CLI finds it. Throws REGION_NEEDED where nothing says one, BAD_REGION for what is none. */
  region(): Promise<string>;
  /** `readOnly`: the clients refuse to send anything that writes. */
  account(region: string, access: 'read-only' | 'read-write'): Promise<Account>;
  /** Finds the operator's credentials, which must need no region, before the account is opened; what goes wrong is met again there. */
  findCredentials(): Promise<void>;
  host(): Promise<HostWriter>;
  store(): Promise<ReceiptStore>;
  /** Path of the receipt that this run has written; `null` as long as it has written none, and in a rehearsal. */
  receipt(): string | null;
  /** Keeps other runs of this host and user out until `dispose`. Throws ALREADY_RUNNING. */
  lock(): Promise<void>;
  /** A child process with exactly these variables, which reaches AWS as the gateway would. */
  standIn(variables: Readonly<Record<string, string>>): Promise<GatewayStandIn>;
  /** In a rehearsal of a failure: lets it happen if this is its moment. */
  strike(moment: Moment): Promise<void>;
  /** Has something done before the rest is ended, also on a signal; gives back what takes it off the list. */
  beforeEnd(work: () => Promise<void>): () => void;
  /** Ends child processes and servers, and removes temporary folders. */
  dispose(): Promise<void>;
}
