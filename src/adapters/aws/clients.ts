import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Environment } from '../../ports/environment.js';
import type { Ec2Directory, Ec2Writer } from '../../ports/ec2.js';
import type { IamWriter } from '../../ports/iam.js';
import type { IdentityReader } from '../../ports/identity.js';
import type { RightsReader } from '../../ports/rights.js';
import { once } from '../../core/timing/once.js';
import { systemClock } from '../clock.js';
import type { AnswerBounds } from './bounded-answers.js';
import { closableHandler } from './closable-handler.js';
import { makeEc2Writer } from './ec2.js';
import { makeIamWriter } from './iam.js';
import type { AwsCall } from './log-calls.js';
import { logCalls } from './log-calls.js';
import type { ClientSettings, LaterPorts } from './later-ports.js';
import { laterPorts } from './later-ports.js';
import type { Guard } from './middleware.js';
import { correctRetries } from './iam-retries.js';
import { decodeRefusals } from './decode-refusals.js';
import { makeReadOnly } from './read-only.js';
import { makeRightsReader } from './simulate.js';
import { makeIdentityReader } from './sts.js';

/** What the clients are built from. Endpoints come from the SDK's own variables and files. */
export interface AwsOptions {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  /** The operator's profile in the shared config, for the settings that are read from it. */
  readonly profile: string | null;
  /** Refuse everything that is not a read. */
  readonly readOnly: boolean;
  /** Told of each call once it is over. */
  readonly onCall?: (call: AwsCall) => void;
  /** Attempts for a call that AWS throttles or that fails on the way; 3 unless told. */
  readonly maxAttempts?: number;
  /** Milliseconds for a connection; 3000 unless told. */
  readonly connectMilliseconds?: number;
  /** Milliseconds for an answer to begin, and between two parts of it; 10000 unless told. */
  readonly answerMilliseconds?: number;
  /** How much of one answer is read and for how long; 32 MiB and a minute unless told. */
  readonly answerBounds?: AnswerBounds;
  /** Where HTTPS_PROXY and NO_PROXY are named; nowhere unless told. */
  readonly proxies?: Environment;
}

/** AWS as the ports have it. */
export interface Aws extends LaterPorts {
  readonly identity: IdentityReader;
  readonly iam: IamWriter;
  readonly ec2: Ec2Writer & Ec2Directory;
  readonly rights: RightsReader;
  /** Closes the connections. */
  close(): void;
}

function settingsOf(options: AwsOptions, requestHandler: ClientSettings['requestHandler']): ClientSettings {
  const { region, credentials, profile, maxAttempts = 3 } = options;
  return { region, credentials, maxAttempts, requestHandler, ...(profile === null ? {} : { profile }) };
}

function guardOf({ readOnly, onCall }: AwsOptions): Guard {
  return (client) => {
    correctRetries(client);
    if (readOnly) makeReadOnly(client);
    if (onCall !== undefined) logCalls(client, systemClock, onCall);
  };
}

function openSts(settings: ClientSettings, guard: Guard): STSClient {
  const client = new STSClient(settings);
  guard(client);
  return client;
}

function openIam(settings: ClientSettings, guard: Guard): IAMClient {
  const client = new IAMClient(settings);
  guard(client);
  return client;
}

/** Clients of EC2 by their region. */
function ec2Clients(
  settings: ClientSettings,
  guard: Guard,
  sts: () => STSClient,
): (region: string) => EC2Client {
  const opened = new Map<string, EC2Client>();
  return (region) => {
    const known = opened.get(region);
    if (known !== undefined) return known;
    // What the SDK builds for each call is only freed with the whole heap. A fleet makes thousands of calls that are alike.
    const client = new EC2Client({ ...settings, region, cacheMiddleware: true });
    guard(client);
    decodeRefusals(client, sts);
    opened.set(region, client);
    return client;
  };
}

/** Connects the ports to AWS. A client is built when it is first used; all share their connections. */
export function connectAws(options: AwsOptions): Aws {
  const { region, answerMilliseconds: answer, connectMilliseconds: connect, proxies } = options;
  const connections = closableHandler({ connect, answer, bounds: options.answerBounds, proxies });
  const settings = settingsOf(options, connections.handler);
  const guard = guardOf(options);
  const sts = once(() => openSts(settings, guard));
  const forRegion = ec2Clients(settings, guard, sts);
  const identity = once(() => makeIdentityReader(sts()));
  const iam = once(() => makeIamWriter(openIam(settings, guard)));
  const ec2 = once(() => makeEc2Writer({ region, forRegion }));
  // Advice only: it is not worth asking twice for.
  const rights = once(() => makeRightsReader(openIam({ ...settings, maxAttempts: 1 }, guard)));
  return {
    ...laterPorts(settings, guard, () => forRegion(region)),
    get identity() {
      return identity();
    },
    get iam() {
      return iam();
    },
    get ec2() {
      return ec2();
    },
    get rights() {
      return rights();
    },
    close: () => connections.close(),
  };
}
