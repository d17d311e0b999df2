import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Agent } from '../../mock-aws/index.js';
import type { FaultTable, FaultWorld, FromAfar, RehearsedFault } from '../fault.js';
import { refuse, replaceProgram } from '../fault.js';

const managed: FromAfar = { ssm: true };

function met(bend: RehearsedFault['bend'], afar: FromAfar = managed): RehearsedFault {
  return { strikes: 'first', setupOnly: true, afar, bend };
}

/** The agent of the instance is another than it was. */
function agentBecomes(change: (agent: Agent, world: FaultWorld) => Agent): RehearsedFault['bend'] {
  return (world) => {
    const { agents } = world.aws.settings;
    agents[world.instanceId] = change(agents[world.instanceId] ?? {}, world);
  };
}

/** Somebody cancels the command while it runs. */
function cancels(agent: Agent, { aws }: FaultWorld): Agent {
  return {
    ...agent,
    run: async ({ commandId }) => {
      for (const invocation of aws.state.commands[commandId]?.invocations ?? [])
        Object.assign(invocation, { details: 'Cancelled', endedAt: Date.now() });
      return Promise.resolve({ exitCode: -1, stdout: '', stderr: '' });
    },
  };
}

/** Two users have an OpenClaw of their own. */
async function twoOwners(world: FaultWorld): Promise<void> {
  const home = world.hosts.get(world.instanceId)?.home;
  if (home === undefined) return;
  const other = join(dirname(home), 'other');
  for (const folder of [home, other]) await mkdir(join(folder, '.openclaw'), { recursive: true });
  const users = [`ec2-user:x:1000:1000::${home}:/bin/bash`, `ubuntu:x:1001:1001::${other}:/bin/bash`];
  await replaceProgram(world, 'getent', `cat <<'END'\n${users.join('\n')}\nEND`);
}

/** Failures of hosts that are reached through Systems Manager. */
export const fromAfarFaults: FaultTable = {
  NOT_MANAGED: met((world) =>
    refuse('ssm', 'SendCommand', {
      status: 400,
      code: 'InvalidInstanceId',
      message: `Instances [[${world.instanceId}]] not in a valid state for account ${world.aws.settings.account}`,
    })(world),
  ),
  ROLE_WITHOUT_SSM: met(() => undefined, { ssm: false }),
  NOT_REGISTERED: met(({ aws, instanceId }) => {
    delete aws.settings.agents[instanceId];
  }),
  AGENT_OFFLINE: met(agentBecomes((agent) => ({ ...agent, fault: 'offline' }))),
  HOST_NOT_LINUX: met(agentBecomes((agent) => ({ ...agent, platform: 'Windows' }))),
  HOST_WITHOUT_NODE: met(async (world) => replaceProgram(world, 'node', 'echo v18.20.4')),
  OWNER_UNCLEAR: met(twoOwners),
  TOOL_NOT_FETCHED: met(async (world) =>
    replaceProgram(world, 'npx', '[ "$1" != --version ] || exit 0\necho "npm error code E404" >&2\nexit 1'),
  ),
  NO_HOST_REPORT: met(agentBecomes((agent) => ({ ...agent, fault: 'lies' }))),
  HOST_TIMED_OUT: met(
    agentBecomes((agent) => ({ ...agent, fault: 'silent' })),
    { ssm: true, hostTimeoutSeconds: 60 },
  ),
  COMMAND_CANCELLED: met(agentBecomes(cancels)),
};
