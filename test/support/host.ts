import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/adapters/clock.js';
import { createHost } from '../../src/adapters/host/index.js';
import type { Conflict, StepId } from '../../src/core/change.js';
import { isConflict } from '../../src/core/change.js';
import type { Goal } from '../../src/core/goal.js';
import { someSettings } from './cloud.js';
import type { Settings } from '../../src/core/settings.js';
import type { BoundStep } from '../../src/core/step.js';
import type { HostWriter } from '../../src/ports/host.js';
import type { HostReaders, HostWriters } from '../../src/ports/lanes.js';
import { hostSteps, isMigration, shellNameOf } from '../../src/steps/host/index.js';

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'host-test-'));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What a test says about its host; the rest is as on a fresh Linux machine without OpenClaw. */
export interface TestHostOptions {
  readonly home: string;
  readonly shell?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The host's own side over a real folder. */
export function testHost({ home, shell = '/bin/bash', environment = {} }: TestHostOptions): HostWriter {
  const { uid, gid, username: name } = userInfo();
  const base = { HOME: home, PATH: '/usr/bin:/bin' };
  return createHost({ environment: { ...base, ...environment }, user: { name, uid, gid, home, shell } });
}

/** What a run of the host lane is to reach. */
export interface GoalOptions {
  readonly region?: string;
  readonly model?: string;
  readonly settings?: Partial<Settings>;
  readonly variables?: Readonly<Record<string, string>>;
}

/** The goal for a host, as the command would work it out. */
export async function goalFor(host: HostWriter, options: GoalOptions = {}): Promise<Goal> {
  const { region = 'us-east-1', model, settings = {}, variables } = options;
  const openclaw = await host.openclaw.installation();
  const all = someSettings({ host: 'local', cloud: 'skip', ...settings });
  return {
    settings: all,
    receiptId: 'r-test',
    region,
    cloud: null,
    enrollment: null,
    host: {
      shell: shellNameOf(host.user.shell),
      home: host.user.home,
      openclaw,
      migrates: await isMigration(openclaw, host.openclaw),
      variables: variables ?? { AWS_PROFILE: all.gatewayProfile, AWS_REGION: region },
    },
    model: model === undefined ? null : { id: model, arns: [] },
  };
}

/** An edit that was made, and the one that takes it back, as a receipt would hold them. */
export interface Made {
  readonly step: StepId;
  readonly op: unknown;
  readonly undo: unknown;
}

/** How a run went. */
export interface RunResult {
  readonly made: readonly Made[];
  readonly conflicts: Readonly<Partial<Record<StepId, Conflict>>>;
}

const context = { receiptId: 'r-test', waiting: () => undefined };

async function runStep(
  step: BoundStep<HostReaders, HostWriters>,
  goal: Goal,
  ports: HostWriters,
): Promise<{ readonly made: readonly Made[]; readonly conflict: Conflict | null }> {
  const look = await step.look(goal, ports);
  if (look === null) return { made: [], conflict: null };
  if (isConflict(look.result)) return { made: [], conflict: look.result };
  const made: Made[] = [];
  for (const change of look.result) {
    const op = asJson(change.op);
    const better = await step.apply(op, ports, context);
    made.push({ step: step.id, op, undo: asJson(better ?? change.undo) });
  }
  return { made, conflict: null };
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** The steps of the host, each behind those that it waits for. */
export function stepsInTurn(goal: Goal): readonly BoundStep<HostReaders, HostWriters>[] {
  const left = [...hostSteps];
  const turn: BoundStep<HostReaders, HostWriters>[] = [];
  while (left.length > 0) {
    const next = left.findIndex((step) => !left.some(({ id }) => step.after(goal).includes(id)));
    if (next === -1) throw new Error(`these wait for each other: ${left.map(({ id }) => id).join(', ')}`);
    turn.push(...left.splice(next, 1));
  }
  return turn;
}

/** Brings the host to the goal, step after step; `only` these steps where they are named. */
export async function setUp(
  host: HostWriter,
  options: GoalOptions = {},
  only?: readonly StepId[],
): Promise<RunResult> {
  const goal = await goalFor(host, options);
  const ports = { clock: systemClock, host };
  const made: Made[] = [];
  const conflicts: Partial<Record<StepId, Conflict>> = {};
  for (const step of stepsInTurn(goal)) {
    if (only !== undefined && !only.includes(step.id)) continue;
    const result = await runStep(step, goal, ports);
    made.push(...result.made);
    if (result.conflict !== null) conflicts[step.id] = result.conflict;
  }
  return { made, conflicts };
}

/** Takes edits back, last first. */
export async function takeBack(host: HostWriter, made: readonly Made[]): Promise<void> {
  for (const { step, undo } of made.toReversed()) {
    const found = hostSteps.find(({ id }) => id === step);
    if (found === undefined) throw new Error(`no step ${step}`);
    await found.apply(undo, { clock: systemClock, host }, context);
  }
}

/** Everything below a folder: bytes, modes, owners and links, by path. */
export async function snapshot(folder: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true })) {
    const file = path.join(folder, entry);
    const stat = await lstat(file);
    const content = stat.isFile() ? (await readFile(file)).toString('latin1') : 'folder';
    const shown = stat.isSymbolicLink() ? `-> ${await readlink(file)}` : content;
    found[entry] = `${(stat.mode % 0o10000).toString(8)} ${stat.uid}:${stat.gid} ${shown}`;
  }
  return found;
}
