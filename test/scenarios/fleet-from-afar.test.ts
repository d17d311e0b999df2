import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/adapters/clock.js';
import { runOnHosts } from '../../src/cli/remote/index.js';
import type { HostsTold } from '../../src/cli/remote/tell.js';
import type { Settings } from '../../src/core/settings.js';
import type { MockAws } from '../../src/mock-aws/index.js';
import { connectAccount, isolateAws } from '../support/account.js';
import type { Fleet, FleetOptions } from '../support/fleet.js';
import { fleetId, withFleet } from '../support/fleet.js';
import { callNames } from '../support/mock-aws.js';
import { accountRuntime } from '../support/runtime.js';

afterEach(() => vi.unstubAllEnvs());

const target = { here: null, instanceId: null, region: 'us-east-1', cloud: true, host: false };

async function setUp({ aws, instanceIds }: Fleet, settings: Partial<Settings> = {}): Promise<HostsTold> {
  isolateAws(aws.url);
  const account = connectAccount(systemClock);
  const runtime = accountRuntime(account, { host: 'ssm', ...settings }, { beforeEnd: () => () => undefined });
  try {
    const wanted = {
      command: 'setup',
      target,
      instanceIds,
      roleName: 'gateways',
      justAllowed: false,
    } as const;
    return await runOnHosts(runtime, wanted);
  } finally {
    account.close();
  }
}

/** Lets fifteen minutes pass for AWS once only those are left that will never end. */
async function passTime({ state, settings }: MockAws, stuck: number): Promise<void> {
  const open = (): number =>
    Object.values(state.commands)
      .flatMap(({ invocations }) => invocations)
      .filter(({ details }) => details === 'Pending' || details === 'In Progress').length;
  while (Object.keys(state.commands).length === 0 || open() > stuck) await pause(100);
  settings.now = () => Date.now() + 16 * 60_000;
}

/** How many hosts ended with which code. */
function countOf({ hosts }: HostsTold): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status, error } of hosts.values()) {
    const key = error?.code ?? status;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe('a fleet from afar', { timeout: 240_000 }, () => {
  it('tells of twenty hosts which are done, and why the others are not', async () => {
    const options: FleetOptions = {
      ready: true,
      faulty: { 3: 'offline', 7: 'dies', 11: 'lies', 15: 'silent' },
    };
    await withFleet(
      20,
      async (fleet) => {
        const [told] = await Promise.all([setUp(fleet, { maxConcurrency: '4' }), passTime(fleet.aws, 2)]);
        expect(countOf(told)).toEqual({ done: 16, AGENT_OFFLINE: 1, NO_HOST_REPORT: 1, HOST_TIMED_OUT: 2 });
        expect(told.left).toEqual([3, 7, 11, 15].map(fleetId));
        expect(told.checks.map(({ code, message }) => code ?? message)).toEqual([
          '16 of 20 hosts are done',
          'AGENT_OFFLINE',
          'HOST_TIMED_OUT',
          'NO_HOST_REPORT',
        ]);
        expect(told.error).toMatchObject({ code: 'HOSTS_LEFT', message: '4 of 20 hosts are not done' });
        const [command] = Object.values(fleet.aws.state.commands);
        expect(command?.maxConcurrency).toBe(4);
        // One question for all, and none of the whole outputs but one command for all.
        const calls = callNames(fleet.aws).filter((name) => name !== 'ssm:ListCommandInvocations');
        expect(calls).toEqual([
          'iam:ListAttachedRolePolicies',
          'ssm:DescribeInstanceInformation',
          'ssm:SendCommand',
          ...Array.from({ length: calls.length - 3 }, () => expect.stringMatching(/^(?:bedrock|sts)/u)),
        ]);
      },
      options,
    );
  });
});

/** Hosts whose agents only pretend, so that there can be many of them. */
async function withPretenders(size: number, use: (fleet: Fleet) => Promise<void>): Promise<void> {
  await withFleet(
    size,
    async (fleet) => {
      for (const id of fleet.instanceIds) fleet.aws.settings.agents[id] = {};
      await use(fleet);
    },
    { ready: true, without: Array.from({ length: size }, (_, index) => index) },
  );
}

describe('many hosts from afar', { timeout: 60_000 }, () => {
  it('are asked for and sent to in batches of fifty', async () => {
    await withPretenders(120, async (fleet) => {
      const told = await setUp(fleet, { maxConcurrency: '100', maxErrors: '100%' });
      expect(countOf(told)).toEqual({ NO_HOST_REPORT: 120 });
      const calls = callNames(fleet.aws);
      expect(calls.filter((name) => name === 'ssm:SendCommand')).toHaveLength(3);
      expect(calls.filter((name) => name === 'ssm:DescribeInstanceInformation')).toHaveLength(3);
      const batches = Object.values(fleet.aws.state.commands).map(({ invocations }) => invocations.length);
      expect(batches.toSorted((a, b) => a - b)).toEqual([20, 50, 50]);
    });
  });

  it('are left alone once too many have failed', async () => {
    await withPretenders(120, async (fleet) => {
      const told = await setUp(fleet, { maxErrors: '10%' });
      expect(countOf(told)).toEqual({ NO_HOST_REPORT: 50, COMMAND_STOPPED: 70 });
      expect(callNames(fleet.aws).filter((name) => name === 'ssm:SendCommand')).toHaveLength(1);
    });
  });

  it('are sent to without those that Systems Manager has lost meanwhile', async () => {
    await withPretenders(10, async (fleet) => {
      const { settings } = fleet.aws;
      const lost = fleetId(4);
      const words = `Instances [[${lost}]] not in a valid state for account 111122223333`;
      settings.faults.push({
        service: 'ssm',
        operation: 'SendCommand',
        times: 1,
        kind: { status: 400, code: 'InvalidInstanceId', message: words },
      });
      expect(countOf(await setUp(fleet))).toEqual({ NOT_MANAGED: 1, NO_HOST_REPORT: 9 });
    });
  });

  it('are not sent to twice where a connection breaks', async () => {
    await withPretenders(2, async (fleet) => {
      fleet.aws.settings.faults.push({
        service: 'ssm',
        operation: 'SendCommand',
        times: 1,
        kind: 'drop-after',
      });
      await expect(setUp(fleet)).rejects.toThrow(/hang up|ECONNRESET|aborted/u);
      expect(Object.keys(fleet.aws.state.commands)).toHaveLength(1);
    });
  });

  it.each(['throttle', 'internal'] as const)('are followed through a spell of %s', async (kind) => {
    await withPretenders(2, async (fleet) => {
      const faulty = { service: 'ssm', operation: 'ListCommandInvocations', times: 4, kind };
      fleet.aws.settings.faults.push(faulty);
      expect(countOf(await setUp(fleet))).toEqual({ NO_HOST_REPORT: 2 });
    });
  });

  it('give their whole output where the list cuts it off', async () => {
    await withPretenders(1, async (fleet) => {
      const noise = 'x'.repeat(2490);
      const stdout = `${noise}\nopenclaw-bedrock-setup-report: 0 ${'A'.repeat(3000)} end\n`;
      fleet.aws.settings.agents[fleetId(0)] = {
        run: () => Promise.resolve({ exitCode: 0, stdout: stdout.slice(noise.length + 1), stderr: '' }),
      };
      expect(countOf(await setUp(fleet))).toEqual({ NO_HOST_REPORT: 1 });
      expect(callNames(fleet.aws)).toContain('ssm:GetCommandInvocation');
    });
  });
});
