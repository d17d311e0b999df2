import { buildState } from './build-state.js';
import type { RecordedCall } from './calls.js';
import { defaultWorld } from './default-world.js';
import { dispatch, type Shared } from './dispatch.js';
import { listen } from './http/listener.js';
import { createIds } from './ids.js';
import type { InstanceSeed, World } from './world.js';
import { resolveSettings } from './default-settings.js';
import type { GivenSettings, MockSettings } from './settings.js';
import { stopAgents } from './ssm/run.js';
import type { MockState } from './state.js';
import { TokenBuckets } from './token-buckets.js';

export type { RecordedCall } from './calls.js';
export { defaultWorld } from './default-world.js';
export { EC2_TRUST, type InstanceSeed, type World } from './world.js';
export type { Fault, MockSettings } from './settings.js';
export type { Agent, AgentCommand, AgentFault, AgentResult } from './ssm/agent.js';
export type { MockState } from './state.js';

/** What to start with: any setting, and what the account holds. */
export interface MockAwsOptions extends GivenSettings {
  /** The port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** Default: {@link defaultWorld}. */
  readonly world?: World;
  /** The instances, in place of the world's. */
  readonly instances?: readonly InstanceSeed[];
}

/** A running embedded AWS. */
export interface MockAws {
  /** For AWS_ENDPOINT_URL and AWS_EC2_METADATA_SERVICE_ENDPOINT alike. */
  readonly url: string;
  /** What the account holds: may be read and changed at any time. */
  readonly state: MockState;
  /** May be changed at any time; the next call sees it. */
  readonly settings: MockSettings;
  /** Every call so far. */
  readonly calls: RecordedCall[];
  /** Closes the port and every connection at once. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded AWS on loopback: IAM, STS, EC2, Systems Manager, Service Quotas, Bedrock, Bedrock Runtime and
 * instance metadata behind one port.
 * How it behaves is written in README.md beside this file. Rejects with node's error when the port is taken.
 */
export async function startMockAws(options: MockAwsOptions = {}): Promise<MockAws> {
  const { port = 0, world, instances, ...given } = options;
  const settings = resolveSettings(given);
  const seeded = world ?? defaultWorld();
  const state = buildState(instances === undefined ? seeded : { ...seeded, instances }, settings);
  const shared: Shared = { state, settings, calls: [], ids: createIds(), buckets: new TokenBuckets() };
  const listener = await listen(port, (request) => dispatch(request, shared));
  return {
    url: `http://127.0.0.1:${listener.port}`,
    state,
    settings,
    calls: shared.calls,
    stop: async () => {
      stopAgents(state);
      await listener.stop();
    },
  };
}

/**
 * The variables that lead the SDKs, the AWS CLI and OpenClaw to a running embedded AWS. With `as: 'operator'` they hold
 * the operator's keys; with `as: 'instance'` none, so that credentials come from instance metadata.
 */
export function mockAwsEnvironment(mock: MockAws, as: 'operator' | 'instance'): Record<string, string> {
  const region = mock.settings.regions[0] ?? 'us-east-1';
  const { accessKeyId, secretAccessKey } = mock.settings.operator;
  return {
    AWS_ENDPOINT_URL: mock.url,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: mock.url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...(as === 'operator' ? { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } : {}),
  };
}
