import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MockAws } from '../../src/mock-aws/index.js';
import { startMockAws } from '../../src/mock-aws/index.js';
import type { Account, CloudOutcome, CloudRun } from '../support/cloud.js';
import { planCloud, setUpCloud } from '../support/cloud.js';
import { connectAccount, isolateAws } from '../support/account.js';
import { steppingClock } from '../support/memory.js';

const running = 'i-0abc1234def567890';
const held = 'i-0abc1234def567893';
const rounds = 20;

afterEach(() => vi.unstubAllEnvs());

/** Numbers from 0 up to 1 that a seed decides. */
function chance(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Ports each of whose calls takes its time, so that two runs mix in many ways. */
function dawdling<Ports extends object>(ports: Ports, next: () => number): Ports {
  return new Proxy(ports, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return async (...parameters: unknown[]) => {
        await pause(next() * 6);
        return Reflect.apply(value, target, parameters) as unknown;
      };
    },
  });
}

interface Scene {
  readonly mock: MockAws;
  readonly operator: (receiptId: string, more?: Partial<CloudRun>) => CloudRun;
}

async function withScene(seed: number, use: (scene: Scene) => Promise<void>): Promise<void> {
  const clock = steppingClock(Date.now());
  const mock = await startMockAws({ now: () => clock.now(), regions: ['us-east-1'] });
  isolateAws(mock.url);
  const next = chance(seed);
  const accounts: ReturnType<typeof connectAccount>[] = [];
  try {
    await use({
      mock,
      operator(receiptId, more = {}) {
        const account = connectAccount(clock);
        accounts.push(account);
        const { identity, enrollments, iam, ec2 } = account;
        const slow: Account = {
          clock,
          identity,
          enrollments,
          iam: dawdling(iam, next),
          ec2: dawdling(ec2, next),
        };
        return { account: slow, instanceId: running, region: 'us-east-1', receiptId, ...more };
      },
    });
  } finally {
    for (const account of accounts) account.close();
    await mock.stop();
  }
}

function accountNow({ state }: MockAws): unknown {
  const { roles, instanceProfiles, associations } = state;
  const live = Object.values(associations).filter(({ endedAt }) => endedAt === undefined);
  const links = Object.fromEntries(live.map(({ instanceId, profileArn }) => [instanceId, profileArn]));
  return structuredClone({ roles, instanceProfiles, links });
}

async function both(one: CloudRun, other: CloudRun): Promise<readonly PromiseSettledResult<CloudOutcome>[]> {
  return Promise.allSettled([setUpCloud(one), setUpCloud(other)]);
}

function codesOf(results: readonly PromiseSettledResult<CloudOutcome>[]): readonly string[] {
  return results.flatMap((result) =>
    result.status === 'fulfilled' ? result.value.errors.map(({ code }) => code) : [String(result.reason)],
  );
}

async function undoAll(results: readonly PromiseSettledResult<CloudOutcome>[]): Promise<void> {
  for (const result of results) if (result.status === 'fulfilled') await result.value.undo();
  // What the first could not take away while the other's was still there goes now.
  const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  for (const outcome of made) expect((await outcome.undo()).errors).toEqual([]);
}

async function expectComplete(run: CloudRun): Promise<void> {
  const { plan } = await planCloud(run);
  expect(
    plan.steps.flatMap(({ changes, conflict }) => [...changes, ...(conflict === null ? [] : [conflict])]),
  ).toEqual([]);
}

describe('two operators at the same time', () => {
  it('set the same instance up: it is whole afterwards, and both together undo it', {
    timeout: 240_000,
  }, async () => {
    const seen = new Map<string, number>();
    for (let seed = 0; seed < rounds; seed += 1) {
      await withScene(seed, async ({ mock, operator }) => {
        const before = accountNow(mock);
        const [one, other] = [operator('r-one'), operator('r-other')];
        const results = await both(one, other);
        const codes = codesOf(results);
        expect(codes).toEqual([]);
        seen.set(codes.join(), (seen.get(codes.join()) ?? 0) + 1);
        await expectComplete(one);
        await undoAll(seed % 2 === 0 ? results : results.toReversed());
        expect(accountNow(mock), `seed ${seed}`).toEqual(before);
      });
    }
    process.stderr.write(
      `${rounds} races for one instance, ${seen.get('') ?? 0} in which both found it in place\n`,
    );
  });

  it('replace its profile by two others: one wins, the other says so', { timeout: 240_000 }, async () => {
    const seen: string[] = [];
    for (let seed = 0; seed < rounds; seed += 1) {
      await withScene(seed, async ({ mock, operator }) => {
        const before = accountNow(mock);
        const runs = ['Mine', 'Yours'].map((roleName) =>
          operator(`r-${roleName.toLowerCase()}`, {
            instanceId: held,
            settings: { roleName, replaceProfile: true },
          }),
        );
        const results = await both(...(runs as [CloudRun, CloudRun]));
        const codes = codesOf(results);
        seen.push(codes.join());
        expect(['', 'ALREADY_ASSOCIATED'], `seed ${seed}`).toContain(codes.join());
        const { links } = accountNow(mock) as { readonly links: Readonly<Record<string, string>> };
        expect(links[held]).toMatch(/:instance-profile\/(?:Mine|Yours)$/u);
        await undoAll(seed % 2 === 0 ? results : results.toReversed());
        expect(accountNow(mock), `seed ${seed}`).toEqual(before);
      });
    }
    const refused = seen.filter((codes) => codes === 'ALREADY_ASSOCIATED').length;
    process.stderr.write(`${rounds} races for one association, ${refused} in which the second was told\n`);
    expect(refused).toBeGreaterThan(0);
  });
});
