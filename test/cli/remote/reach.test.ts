import { describe, expect, it } from 'vitest';
import type { Reach, Wanted } from '../../../src/cli/remote/reach.js';
import { findReach } from '../../../src/cli/remote/reach.js';
import type { Account, Runtime } from '../../../src/cli/runtime.js';
import type { ManagedNode } from '../../../src/ports/systems-manager.js';
import { recordedProgress, steppingClock } from '../../support/memory.js';

const instanceId = 'i-0abc1234def567890';
const managed: ManagedNode = { instanceId, online: true, platform: 'Linux', lastSeen: null };
const wanted: Wanted = { instanceIds: [instanceId], roleName: 'gateways', justAllowed: true };

interface Outcome extends Reach {
  /** Seconds that were waited. */
  readonly waited: number;
}

/** Finds a host whose agent registers after so many seconds; `null`: never. */
async function find(node: ManagedNode, after: number | null, more: Partial<Wanted> = {}): Promise<Outcome> {
  const clock = steppingClock(0);
  const there = (): boolean => after !== null && clock.now() >= after * 1000;
  const account = {
    iam: {
      listAttachedRolePolicies: () =>
        Promise.resolve(['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore']),
    },
    systemsManager: () => Promise.resolve({ describeManaged: () => Promise.resolve(there() ? [node] : []) }),
  } as unknown as Account;
  const runtime = { clock, progress: recordedProgress() } as unknown as Runtime;
  const reach = await findReach(runtime, account, { ...wanted, ...more });
  return { ...reach, waited: clock.slept.reduce((sum, pause) => sum + pause, 0) / 1000 };
}

describe('the wait for agents', () => {
  it('goes on until they have registered', async () => {
    expect(await find(managed, 100)).toEqual({
      reachable: [instanceId],
      lost: [],
      unknown: [],
      waited: 102,
    });
  });

  it('is given up after five minutes', async () => {
    const { lost, waited } = await find(managed, null);
    expect(lost.map(({ trouble }) => trouble?.code)).toEqual(['NOT_REGISTERED']);
    expect(waited).toBe(300);
  });

  it('is none where nothing was allowed just now', async () => {
    expect(await find(managed, null, { justAllowed: false })).toMatchObject({ waited: 0 });
  });
});

describe('a host that is no Linux', () => {
  it('is lost, with what it runs: HOST_NOT_LINUX', async () => {
    const { reachable, lost } = await find({ ...managed, platform: 'Windows' }, 0);
    expect(reachable).toEqual([]);
    expect(lost.map(({ trouble }) => trouble)).toEqual([
      expect.objectContaining({ code: 'HOST_NOT_LINUX', message: 'runs Windows' }),
    ]);
  });
});

describe('a host on which nothing may ever have been begun', () => {
  const unbegun = { justAllowed: false, unbegun: new Set([instanceId]) };

  it('is no failure where Systems Manager does not know it', async () => {
    expect(await find(managed, null, unbegun)).toMatchObject({
      reachable: [],
      lost: [],
      unknown: [instanceId],
    });
  });

  it('is asked where it does, and lost where its agent does not answer', async () => {
    expect(await find(managed, 0, unbegun)).toMatchObject({ reachable: [instanceId], unknown: [] });
    const { lost, unknown } = await find({ ...managed, online: false }, 0, unbegun);
    expect(lost.map(({ trouble }) => trouble?.code)).toEqual(['AGENT_OFFLINE']);
    expect(unknown).toEqual([]);
  });
});
