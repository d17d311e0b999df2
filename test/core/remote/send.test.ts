import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HostOutcome } from '../../../src/core/remote/outcome.js';
import { runScript } from '../../../src/core/remote/send.js';
import type { Invocation, ScriptToSend, SystemsManagerWriter } from '../../../src/ports/systems-manager.js';
import { steppingClock } from '../../support/memory.js';
import { awsError } from '../../support/plain-account.js';

const packed = brotliCompressSync(JSON.stringify({ schemaVersion: 1, ok: true })).toString('base64');
const done = `openclaw-bedrock-setup-report: 0 ${packed} end`;
const failing = `openclaw-bedrock-setup-report: 1 ${packed} end`;

const ids = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `i-${index + 1}`);

/** Systems Manager with instances that all end with `ends`, by default well, as soon as they are looked at. */
function stage(
  overrides: Partial<SystemsManagerWriter> = {},
  ends: (id: string) => Partial<Invocation> = () => ({}),
) {
  const clock = steppingClock();
  const sent: ScriptToSend[] = [];
  const log: string[] = [];
  const systemsManager: SystemsManagerWriter = {
    describeManaged: async () => [],
    async sendScript(script) {
      sent.push(script);
      return `c-${sent.length}`;
    },
    listInvocations: async (command) =>
      (sent[Number(command.slice(2)) - 1]?.instanceIds ?? []).map((instanceId) => ({
        instanceId,
        status: 'success',
        output: done,
        ...ends(instanceId),
      })),
    invocationOutput: async () => null,
    cancelCommand: async (command) => void log.push(`cancel ${command}`),
    ...overrides,
  };
  const outcomes: HostOutcome[] = [];
  const ports = {
    clock,
    systemsManager,
    begun: (command: string, hosts: readonly string[]) => void log.push(`begun ${command}: ${hosts.length}`),
    ended: (command: string) => void log.push(`ended ${command}`),
    done: (outcome: HostOutcome) => void outcomes.push(outcome),
  };
  const run = async (fleet: Partial<ScriptToSend> = {}): Promise<readonly HostOutcome[]> =>
    runScript(ports, {
      instanceIds: ids(2),
      script: 's',
      comment: 'c',
      deliverySeconds: 30,
      executionSeconds: 60,
      maxConcurrency: 50,
      maxErrors: 5,
      ...fleet,
    });
  return { run, sent, log, clock, told: outcomes };
}

const codes = (outcomes: readonly HostOutcome[]): readonly string[] =>
  outcomes.map(({ instanceId, trouble }) => `${instanceId} ${trouble?.code ?? 'ok'}`);

describe('a script on many hosts', () => {
  it('is sent once for up to fifty of them, and each is told of', async () => {
    const { run, sent, log, told } = stage();
    const outcomes = await run({ instanceIds: ids(51) });
    expect(sent.map(({ instanceIds }) => instanceIds.length)).toEqual([50, 1]);
    expect(sent[0]).toMatchObject({ script: 's', comment: 'c', deliverySeconds: 30, executionSeconds: 60 });
    expect(log).toEqual(['begun c-1: 50', 'ended c-1', 'begun c-2: 1', 'ended c-2']);
    expect(outcomes).toHaveLength(51);
    expect(told).toEqual(outcomes);
    expect(outcomes[0]).toMatchObject({ instanceId: 'i-1', commandId: 'c-1', exitCode: 0, trouble: null });
  });

  it('is sent to none where there is none', async () => {
    const { run, sent } = stage();
    expect(await run({ instanceIds: [] })).toEqual([]);
    expect(sent).toEqual([]);
  });

  it.each([
    [200, 4, 50],
    [100, 2, 50],
    [99, 1, 50],
    [50, 1, 50],
    [7, 1, 7],
    [0, 1, 1],
  ])('runs on %i at once: in %i commands with %i each', async (maxConcurrency, commands, each) => {
    const { run, sent, log } = stage();
    await run({ instanceIds: ids(200), maxConcurrency });
    expect(sent.map((script) => script.maxConcurrency)).toEqual([each, each, each, each]);
    expect(log.findIndex((line) => line.startsWith('ended'))).toBe(commands);
  });

  it('ends where there are more errors than may be, and says so of the others', async () => {
    const { run, sent, told } = stage({}, () => ({ status: 'failed', output: failing }));
    const outcomes = await run({ instanceIds: ids(150), maxErrors: 49 });
    expect(sent).toHaveLength(1);
    expect(outcomes).toHaveLength(150);
    expect(told).toHaveLength(150);
    expect(outcomes.at(-1)).toEqual({
      instanceId: 'i-150',
      commandId: null,
      exitCode: 1,
      report: null,
      trouble: { code: 'COMMAND_STOPPED', message: 'not begun, since too many other hosts had failed' },
    });
  });

  it('goes on with fewer errors left', async () => {
    const { run, sent } = stage({}, (id) => (id === 'i-3' ? { status: 'failed', output: failing } : {}));
    await run({ instanceIds: ids(60), maxErrors: 1 });
    expect(sent.map(({ maxErrors }) => maxErrors)).toEqual([1, 0]);
  });

  it.each(['undelivered', 'cancelled', 'stopped'] as const)(
    'does not count %s as an error, as AWS does not',
    async (status) => {
      const { run, sent } = stage({}, () => ({ status }));
      await run({ instanceIds: ids(60), maxErrors: 0 });
      expect(sent).toHaveLength(2);
    },
  );
});

describe('instances that a command may not name', () => {
  const words = 'Instances [[i-2, i-0abc1234def567890]] not in a valid state for account 111122223333';

  it('are told of, and the others get it', async () => {
    let tries = 0;
    const { run, log, told } = stage({
      sendScript: async () => {
        tries += 1;
        if (tries === 1) throw awsError('InvalidInstanceId', words);
        return 'c-1';
      },
      listInvocations: async () =>
        ['i-1', 'i-3'].map((instanceId) => ({ instanceId, status: 'success', output: done })),
    });
    const outcomes = await run({ instanceIds: ids(3) });
    expect(codes(outcomes)).toEqual(['i-2 NOT_MANAGED', 'i-1 ok', 'i-3 ok']);
    expect(outcomes[0]?.trouble?.message).toBe(words);
    expect(told).toEqual(outcomes);
    expect(log).toEqual(['begun c-1: 2', 'ended c-1']);
  });

  it('may be all of them', async () => {
    const { run } = stage({
      sendScript: async () =>
        Promise.reject(awsError('InvalidInstanceId', 'Instances [[i-1, i-2]] not valid')),
    });
    expect(codes(await run())).toEqual(['i-1 NOT_MANAGED', 'i-2 NOT_MANAGED']);
  });

  it.each([
    ['where none of these is named', awsError('InvalidInstanceId', 'Instances [[i-9]] not valid')],
    ['where something else is refused', awsError('AccessDeniedException', 'i-1')],
  ])('are not guessed %s', async (_what, error) => {
    const { run } = stage({ sendScript: async () => Promise.reject(error) });
    await expect(run()).rejects.toBe(error);
  });

  it('are the outcome of the rest, where a later command is refused', async () => {
    const error = awsError('AccessDeniedException', 'no more');
    let tries = 0;
    const { run } = stage({
      sendScript: async () => {
        tries += 1;
        if (tries === 2) throw error;
        return 'c-1';
      },
      listInvocations: async () =>
        ids(50).map((instanceId) => ({ instanceId, status: 'success', output: done })),
    });
    const outcomes = await run({ instanceIds: ids(150) });
    expect(outcomes).toHaveLength(150);
    expect(tries).toBe(2);
    expect(outcomes[50]).toMatchObject({
      instanceId: 'i-51',
      trouble: { code: 'COMMAND_STOPPED', message: 'not begun, or not followed to its end: no more' },
    });
  });
});

describe('a command that runs', () => {
  it('is looked at less and less often, and given up long after it should have ended', async () => {
    const { run, log, clock, told } = stage({}, () => ({ status: 'open' }));
    const outcomes = await run({ deliverySeconds: 30, executionSeconds: 60 });
    expect(codes(outcomes)).toEqual(['i-1 HOST_TIMED_OUT', 'i-2 HOST_TIMED_OUT']);
    expect(outcomes[0]).toMatchObject({
      commandId: 'c-1',
      trouble: { message: 'did not come to an end in time' },
    });
    expect(told).toEqual(outcomes);
    expect(log).toEqual(['begun c-1: 2', 'cancel c-1', 'ended c-1']);
    expect(clock.slept).toEqual([
      ...Array.from({ length: 10 }, () => 1000),
      ...Array.from({ length: 20 }, () => 2500),
      ...Array.from({ length: 18 }, () => 5000),
    ]);
  });

  it('is asked about again where Systems Manager does not say for now', async () => {
    let asked = 0;
    const trouble = ['ThrottlingException', 'Throttling', 'InvalidCommandId', 'InternalServerError'];
    const { run, clock } = stage({
      listInvocations: async () => {
        const name = trouble[asked];
        asked += 1;
        if (name !== undefined) throw awsError(name);
        return [
          { instanceId: 'i-1', status: 'success', output: done },
          { instanceId: 'i-2', status: 'success', output: done },
          { instanceId: 'i-9', status: 'success', output: done },
        ];
      },
    });
    expect(codes(await run())).toEqual(['i-1 ok', 'i-2 ok']);
    expect(clock.slept).toHaveLength(5);
  });

  it('ends with what Systems Manager refuses, and is said to have ended', async () => {
    const error = awsError('AccessDeniedException');
    const { run, log } = stage({ listInvocations: async () => Promise.reject(error) });
    await expect(run()).rejects.toBe(error);
    expect(log).toEqual(['begun c-1: 2', 'ended c-1']);
  });

  it('takes each host when it is done with, and once', async () => {
    let asked = 0;
    const { run, told } = stage({}, (id) => {
      if (id === 'i-1') asked += 1;
      return id === 'i-2' && asked < 3 ? { status: 'open' } : {};
    });
    expect(codes(await run())).toEqual(['i-1 ok', 'i-2 ok']);
    expect(told).toHaveLength(2);
  });
});

describe('output that is cut off', () => {
  const cut = { output: done.slice(0, -10) };

  it('is asked for as a whole', async () => {
    const asked: string[] = [];
    const { run } = stage(
      {
        invocationOutput: async (command, id) => {
          asked.push(`${command} ${id}`);
          return asked.length < 3 ? null : done;
        },
      },
      () => cut,
    );
    expect(codes(await run({ instanceIds: ['i-1'] }))).toEqual(['i-1 ok']);
    expect(asked).toEqual(['c-1 i-1', 'c-1 i-1', 'c-1 i-1']);
  });

  it('is asked for five times', async () => {
    const { run, clock } = stage({}, () => cut);
    expect(codes(await run({ instanceIds: ['i-1'] }))).toEqual(['i-1 NO_HOST_REPORT']);
    expect(clock.slept).toEqual([1000, 1000, 1000, 1000, 1000, 1000]);
  });
});
