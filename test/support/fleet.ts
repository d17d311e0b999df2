import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Agent,
  AgentFault,
  InstanceSeed,
  MockAws,
  MockAwsOptions,
  World,
} from '../../src/mock-aws/index.js';
import { defaultWorld, mockAwsEnvironment, startMockAws } from '../../src/mock-aws/index.js';
import { scratchAgent } from '../../src/mock-host/agent.js';
import type { ScratchHost } from '../../src/mock-host/world.js';
import { makeScratchHost } from '../../src/mock-host/world.js';
import { bin } from './cli.js';

/** Instances with agents that run the built program in scratch hosts of their own. */
export interface Fleet {
  readonly aws: MockAws;
  readonly instanceIds: readonly string[];
  /** The operator's own home. */
  readonly home: string;
  readonly operator: Readonly<Record<string, string>>;
  readonly hosts: ReadonlyMap<string, ScratchHost>;
}

/** What goes wrong on which of the instances, by their number. */
export type FleetFaults = Readonly<Record<number, AgentFault>>;

/** What a fleet is like. */
export interface FleetOptions extends MockAwsOptions {
  readonly faulty?: FleetFaults;
  /** Instances without an agent. */
  readonly without?: readonly number[];
  /** They have a role already, with which their agents register. */
  readonly ready?: boolean;
  /** What `npx` does on the hosts, in place of starting the tool. */
  readonly npx?: string;
}

/** The n-th instance of a fleet. */
export function fleetId(index: number): string {
  return `i-${(0xf1ee7_000 + index).toString(16).padStart(17, '0')}`;
}

const roleName = 'gateways';

/** The default world, and a role that lets agents register and may use Bedrock. */
function readyWorld(instances: readonly InstanceSeed[]): World {
  const world = defaultWorld(instances);
  const managed = ['AmazonSSMManagedInstanceCore', 'AmazonBedrockFullAccess'];
  const attachedPolicies = managed.map((name) => `arn:aws:iam::aws:policy/${name}`);
  return {
    ...world,
    roles: [...world.roles, { roleName, attachedPolicies }],
    instanceProfiles: [...world.instanceProfiles, { name: roleName, roleName }],
  };
}

async function agentOf(aws: MockAws, host: ScratchHost, fault: AgentFault | undefined): Promise<Agent> {
  const variables = { ...mockAwsEnvironment(aws, 'instance'), HOME: host.home };
  const agent = await scratchAgent(host, bin, variables);
  return fault === undefined ? agent : { ...agent, fault };
}

/** Starts the embedded AWS with so many running instances without a profile, each with an agent; all is removed afterwards. */
export async function withFleet(
  size: number,
  use: (fleet: Fleet) => Promise<void>,
  options: FleetOptions = {},
): Promise<void> {
  const { faulty = {}, without = [], ready = false, npx, ...given } = options;
  const instanceIds = Array.from({ length: size }, (_, index) => fleetId(index));
  const profile = ready ? { instanceProfile: roleName } : {};
  const world = readyWorld(instanceIds.map((instanceId) => ({ instanceId, ...profile })));
  const aws = await startMockAws({ world, ...given });
  const home = await mkdtemp(join(tmpdir(), 'operator-'));
  const hosts = new Map<string, ScratchHost>();
  try {
    for (const [index, instanceId] of instanceIds.entries()) {
      if (without.includes(index)) continue;
      const host = await makeScratchHost(home, bin);
      hosts.set(instanceId, host);
      aws.settings.agents[instanceId] = await agentOf(aws, host, faulty[index]);
      if (npx !== undefined)
        await writeFile(join(host.programs, 'npx'), `#!/bin/sh\n[ "$1" != --version ] || exit 0\n${npx}\n`);
    }
    await use({ aws, instanceIds, home, hosts, operator: mockAwsEnvironment(aws, 'operator') });
  } finally {
    await aws.stop();
    await Promise.all([...hosts.values()].map(async (host) => host.remove()));
    await rm(home, { recursive: true, force: true });
  }
}
