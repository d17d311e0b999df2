import { arnName } from '../core/policy/arn.js';
import { roleMarker } from '../core/settings.js';
import type { FailureContext } from '../failures/index.js';
import type { Clock } from '../ports/clock.js';
import type { GatewayEnvironmentReader } from '../ports/gateway-environment.js';
import type { GatewayProbe } from '../ports/gateway-probe.js';
import type { Machine } from '../ports/machine.js';
import type { MetadataReader } from '../ports/metadata.js';
import type { OpenClawReader } from '../ports/openclaw.js';
import type { QuotaReader } from '../ports/quotas.js';
import type { Environment } from '../ports/environment.js';
import type { MetadataRole } from './metadata-role.js';

/** What the checks are about; `null` where it is not known. Plain data. */
export interface CheckContext {
  readonly version: string;
  readonly account: string | null;
  readonly region: string;
  readonly partition: string | null;
  readonly instanceId: string | null;
  /** The role that the instance should have. */
  readonly roleName: string | null;
  /** ARN of the instance profile that should be attached. */
  readonly profileArn: string | null;
  /** The operator's profile, so that pasted commands use it too. */
  readonly operatorProfile: string | null;
  /** The `AWS_PROFILE` that the gateway should have. */
  readonly gatewayProfile: string;
  /** As the user names it. */
  readonly model: string | null;
  /** A first call to a third party's model accepts its agreement: whether the user agrees to that. */
  readonly acceptAgreement: boolean;
  /** The role may call the wanted model and no other. */
  readonly onlyModel: boolean;
  /** Whether OpenClaw's agent is to answer once. */
  readonly agentTurn: boolean;
  /** Something was attached in this very run, so that waiting for it makes sense. */
  readonly justAttached: boolean;
  /** Whether this process runs where the gateway does. */
  readonly here: boolean;
  readonly machine: Machine;
  /** Seconds that one call may take, or `null` for each check's own bound. */
  readonly timeoutSeconds: number | null;
  /** The command that sets up the account's half with the options of this run; `null`: one with the defaults. */
  readonly setupCommand: string | null;
  /** The environment of the invoking shell. */
  readonly callerEnvironment: Environment;
}

/** What the checks ask. None of it writes. */
export interface CheckPorts {
  readonly clock: Clock;
  readonly metadata: MetadataReader;
  readonly environment: GatewayEnvironmentReader;
  readonly openclaw: OpenClawReader;
  /** AWS under exactly the gateway's environment; closed by the checks when they are done. */
  openProbe(region: string, timeoutMilliseconds: number): Promise<GatewayProbe>;
  /** The first look at the role in the metadata, where that was begun before the checks; `null`: there was no token for it. */
  readonly firstRole?: Promise<MetadataRole | null>;
  /** Where the operator's credentials may be used to look at them. */
  readonly quotas?: QuotaReader;
  /** Told when a check only waits, for what and how long at most (seconds). */
  waiting?(what: string, atMostSeconds: number): void;
}

/** Whether this is an EC2 instance, by the machine's own signs or, where a container hides them, by the user's word. */
export function isInstance({ machine, instanceId }: CheckContext): boolean {
  return machine.ec2 || instanceId !== null;
}

/** Whether the gateway is meant to use the role of the instance, and nothing else. */
export function wantsRole(context: CheckContext): boolean {
  return isInstance(context) && context.gatewayProfile === roleMarker;
}

/** The context in the words of the catalogue. */
export function failureContext(
  context: CheckContext,
  more: Readonly<Record<string, string>> = {},
  modelId: string | null = context.model,
): FailureContext {
  const { version, account, region, partition, instanceId, roleName, profileArn, operatorProfile } = context;
  const { setupCommand } = context;
  return {
    version,
    account,
    region,
    partition,
    instanceId,
    roleName,
    profileName: profileArn === null ? null : arnName(profileArn),
    operatorProfile,
    modelId,
    place: 'gateway',
    more: setupCommand === null ? more : { cloudCommand: setupCommand, ...more },
  };
}
