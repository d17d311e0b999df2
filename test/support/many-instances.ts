import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstanceSeed, MockAws, MockAwsOptions } from '../../src/mock-aws/index.js';
import { startMockAws } from '../../src/mock-aws/index.js';
import { runCliJson } from './cli.js';

/** The id of the n-th instance of a fleet. */
export function fleetId(number: number): string {
  return `i-0f${number.toString(16).padStart(15, '0')}`;
}

/** So many running instances with the tag env=prod. */
export function fleetOf(number: number, more: Partial<InstanceSeed> = {}): readonly InstanceSeed[] {
  return Array.from({ length: number }, (_, index) => ({
    instanceId: fleetId(index),
    name: `node-${index}`,
    tags: { env: 'prod' },
    ...more,
  }));
}

/** An embedded AWS, a home folder, and the program with both. */
export interface FleetStage {
  readonly mock: MockAws;
  readonly home: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Runs the program with `--json`; calls of before are forgotten. */
  run(...words: readonly string[]): ReturnType<typeof runCliJson>;
  /** Runs the program on an instance, as its metadata have it; as the instance's own role alone where nobody is signed in. */
  runOn(id: string, ...words: readonly string[]): ReturnType<typeof runCliJson>;
  /** Roles, profiles, templates and which instance has which profile: everything that a run may touch. */
  account(): unknown;
}

function accountOf({ state }: MockAws): unknown {
  const current = Object.values(state.associations).filter(({ endedAt }) => endedAt === undefined);
  return structuredClone({
    roles: Object.values(state.roles).map(({ inlinePolicies, ...role }) => ({
      ...role,
      inlinePolicies: Object.keys(inlinePolicies),
    })),
    profiles: state.instanceProfiles,
    associations: current
      .map(({ instanceId, profileArn }) => `${instanceId} ${profileArn}`)
      .toSorted((a, b) => a.localeCompare(b)),
    templates: state.launchTemplates,
    groups: state.autoScalingGroups,
  });
}

/** Runs `use` with a fleet on a stage of its own. */
export async function withFleetStage(
  options: MockAwsOptions,
  use: (stage: FleetStage) => Promise<void>,
): Promise<void> {
  const mock = await startMockAws(options);
  const home = await mkdtemp(join(tmpdir(), 'home-'));
  const variables = {
    AWS_ENDPOINT_URL: mock.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: mock.settings.operator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: mock.settings.operator.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  try {
    await use({
      mock,
      home,
      variables,
      run: async (...words) => {
        mock.calls.length = 0;
        return runCliJson(words, { home, variables });
      },
      runOn: async (id, ...words) => {
        mock.settings.metadataInstanceId = id;
        mock.settings.propagation.ec2ToMetadataMilliseconds = 0;
        const { AWS_EC2_METADATA_DISABLED: _, ...rest } = variables;
        return runCliJson(words, {
          home,
          variables: { ...rest, AWS_EC2_METADATA_SERVICE_ENDPOINT: mock.url },
        });
      },
      account: () => accountOf(mock),
    });
  } finally {
    await mock.stop();
    await rm(home, { recursive: true, force: true });
  }
}
