import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { AutoScalingWriter } from '../../ports/auto-scaling.js';
import type { BedrockReader } from '../../ports/bedrock.js';
import type { Ec2Directory, Ec2Writer } from '../../ports/ec2.js';
import type { EnrollmentWriter } from '../../ports/enrollments.js';
import type { IamWriter } from '../../ports/iam.js';
import type { IdentityReader } from '../../ports/identity.js';
import type { ModelAccessWriter } from '../../ports/model-access.js';
import type { QuotaReader } from '../../ports/quotas.js';
import type { RightsReader } from '../../ports/rights.js';
import type { StateManagerReader } from '../../ports/state-manager.js';
import type { SystemsManagerWriter } from '../../ports/systems-manager.js';
import { later } from '../../core/timing/later.js';
import { once } from '../../core/timing/once.js';
import { systemClock } from '../clock.js';
import type { AnswerBounds } from './bounded-answers.js';
import { closableHandler } from './closable-handler.js';
import { makeEc2Writer } from './ec2.js';
import { makeIamWriter } from './iam.js';
import type { AwsCall } from './log-calls.js';
import { logCalls } from './log-calls.js';
import type { Guard } from './middleware.js';
import { keepQuotaErrors } from './quota-errors.js';
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
}

/** AWS as the ports have it. */
export interface Aws {
  readonly identity: IdentityReader;
  readonly iam: IamWriter;
  readonly ec2: Ec2Writer & Ec2Directory;
  readonly rights: RightsReader;
  /** Its client is loaded at the first question. */
  readonly bedrock: BedrockReader;
  /** Its client is loaded at the first question. */
  readonly modelAccess: ModelAccessWriter;
  /** Its client is loaded at the first question. */
  readonly stateManager: StateManagerReader;
  /** Its client is loaded at the first question. */
  readonly quotas: QuotaReader;
  /** Its client is loaded at the first question. */
  readonly enrollments: EnrollmentWriter;
  /** Run Command, whose client is loaded with it. */
  readonly systemsManager: () => Promise<SystemsManagerWriter>;
  /** Its client is loaded at the first question. */
  readonly autoScaling: AutoScalingWriter;
  /** Closes the connections. */
  close(): void;
}

/** Connects the ports to AWS. A client is built when it is first used; all share their connections. */
export function connectAws(options: AwsOptions): Aws {
  const { answerMilliseconds = 10_000, connectMilliseconds = 3000, maxAttempts = 3 } = options;
  const connections = closableHandler({
    connect: connectMilliseconds,
    answer: answerMilliseconds,
    bounds: options.answerBounds,
  });
  const settings = {
    credentials: options.credentials,
    maxAttempts,
    requestHandler: connections.handler,
    ...(options.profile === null ? {} : { profile: options.profile }),
  };
  const guard: Guard = (client) => {
    keepQuotaErrors(client);
    if (options.readOnly) makeReadOnly(client);
    if (options.onCall !== undefined) logCalls(client, systemClock, options.onCall);
  };
  const { region } = options;
  const regions = new Map<string, EC2Client>();
  const sts = once(() => {
    const client = new STSClient({ ...settings, region });
    guard(client);
    return client;
  });
  const forRegion = (name: string): EC2Client => {
    const known = regions.get(name);
    if (known !== undefined) return known;
    // What the SDK builds for each call is only freed with the whole heap. A fleet makes thousands of calls that are alike.
    const client = new EC2Client({ ...settings, region: name, cacheMiddleware: true });
    guard(client);
    decodeRefusals(client, sts);
    regions.set(name, client);
    return client;
  };
  const identity = once(() => makeIdentityReader(sts()));
  const iam = once(() => {
    const client = new IAMClient({ ...settings, region });
    guard(client);
    return makeIamWriter(client);
  });
  const ec2 = once(() => makeEc2Writer({ region, forRegion }));
  // Advice only: it is not worth asking twice for.
  const advice = { ...settings, maxAttempts: 1, region };
  const rights = once(() => {
    const client = new IAMClient(advice);
    guard(client);
    return makeRightsReader(client);
  });
  const bedrock = once(async () =>
    (await import('./open-bedrock.js')).openBedrock({ ...settings, region }, guard),
  );
  const stateManager = once(async () => (await import('./state-manager.js')).openStateManager(advice, guard));
  const quotas = once(async () => (await import('./quotas.js')).openQuotas(advice, guard));
  const systemsManager = once(async () =>
    (await import('./systems-manager.js')).openSystemsManager({ ...settings, region }, guard),
  );
  const enrollments = once(async () =>
    (await import('./enrollments.js')).openEnrollments({ ...settings, region }, guard),
  );
  const autoScaling = once(async () =>
    (await import('./auto-scaling.js')).openAutoScaling({ ...settings, region }, forRegion(region), guard),
  );
  return {
    bedrock: later(async () => (await bedrock()).bedrock),
    modelAccess: later(async () => (await bedrock()).modelAccess),
    systemsManager,
    enrollments: later(enrollments),
    autoScaling: later(autoScaling),
    stateManager: later(stateManager),
    quotas: later(quotas),
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
