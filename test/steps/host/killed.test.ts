import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { editConfig } from '../../../src/adapters/host/openclaw-config.js';
import { systemClock } from '../../../src/adapters/clock.js';
import { isConflict } from '../../../src/core/change.js';
import type { FileWriter } from '../../../src/ports/files.js';
import type { HostWriter } from '../../../src/ports/host.js';
import type { OpenClawWriter } from '../../../src/ports/openclaw.js';
import type { hostSteps } from '../../../src/steps/host/index.js';
import { goalFor, snapshot, stepsInTurn, temporaryFolder, testHost } from '../../support/host.js';

const context = { receiptId: 'r-test', waiting: () => undefined };

/** OpenClaw as far as its config goes: it writes the whole anew, with a note of its own. */
function stubOpenClaw(home: string, real: OpenClawWriter): OpenClawWriter {
  const configPath = path.join(home, '.openclaw', 'openclaw.json');
  let installed = false;
  return {
    installation: () =>
      Promise.resolve({ version: '2026.9.6', configPath, stateFolder: path.dirname(configPath) }),
    readConfig: async () => real.readConfig(),
    pluginState: () => Promise.resolve(installed ? 'installed' : 'missing'),
    runningGateways: () => Promise.resolve([]),
    runTurn: () => Promise.reject(new Error('not here')),
    listBedrockModels: () => Promise.reject(new Error('not asked for')),
    setConfig: (config, edits) =>
      Promise.resolve(new Uint8Array(Buffer.from(`${editConfig(configPath, config, edits)} // touched\n`))),
    installPlugin: (config) => {
      installed = true;
      const edit = { path: ['plugins', 'allow'], value: ['amazon-bedrock'] };
      return Promise.resolve(new Uint8Array(Buffer.from(editConfig(configPath, config, [edit]))));
    },
    removePlugin: () => {
      installed = false;
      return Promise.resolve();
    },
    restartGateway: () => Promise.resolve(),
  };
}

class Killed extends Error {}

/** Files of a process that is killed before its `at`-th write, or right after it. */
function killing(
  files: FileWriter,
  at: number,
  when: 'before' | 'after',
): FileWriter & { readonly count: number } {
  let count = 0;
  const guard = async (action: () => Promise<void>): Promise<void> => {
    count += 1;
    if (count === at && when === 'before') throw new Killed();
    await action();
    if (count === at) throw new Killed();
  };
  return {
    ...files,
    get count() {
      return count;
    },
    write: async (file, bytes, options) => guard(async () => files.write(file, bytes, options)),
    remove: async (file, options) => guard(async () => files.remove(file, options)),
  };
}

interface Entry {
  readonly step: (typeof hostSteps)[number];
  undo: unknown;
}

/** A run that keeps a receipt as the real one does: the intent before the edit, the better inverse after it. */
async function run(host: HostWriter, receipt: Entry[]): Promise<void> {
  const ports = { clock: systemClock, host };
  const goal = await goalFor(host, { model: 'us.amazon.nova-micro-v1:0' });
  for (const step of stepsInTurn(goal)) {
    const look = await step.look(goal, ports);
    if (look === null || isConflict(look.result)) continue;
    for (const change of look.result) {
      const entry: Entry = { step, undo: change.undo };
      receipt.push(entry);
      entry.undo = (await step.apply(change.op, ports, context)) ?? entry.undo;
    }
  }
}

async function undo(host: HostWriter, receipt: readonly Entry[]): Promise<void> {
  for (const entry of receipt.toReversed())
    await entry.step.apply(JSON.parse(JSON.stringify(entry.undo)), { clock: systemClock, host }, context);
}

const starts: readonly (readonly [string, string | null])[] = [
  ['nothing is there', null],
  ['a config is there', '{ "gateway": { "mode": "local" }, /* mine */ }\n'],
  [
    'a block of an older version is there',
    '{ models: { bedrockDiscovery: { region: "x", refreshInterval: 5 } } }\n',
  ],
];

async function start(config: string | null): Promise<HostWriter> {
  const home = await temporaryFolder();
  await writeFile(path.join(home, '.bashrc'), 'no newline');
  if (config !== null) {
    await mkdir(path.join(home, '.openclaw'));
    await writeFile(path.join(home, '.openclaw', 'openclaw.json'), config);
    await writeFile(path.join(home, '.openclaw', '.env'), 'AWS_REGION="eu-west-1"\n');
  }
  const host = testHost({ home });
  return { ...host, openclaw: stubOpenClaw(home, host.openclaw) };
}

/** Kills a run at each of its writes and gives what is left to `check`; says how many kill points there were. */
async function killEverywhere(
  config: string | null,
  check: (host: HostWriter, receipt: Entry[], before: Readonly<Record<string, string>>) => Promise<void>,
): Promise<number> {
  for (let at = 1; ; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const host = await start(config);
      const before = await snapshot(host.user.home);
      const receipt: Entry[] = [];
      const files = killing(host.files, at, when);
      const error = await run({ ...host, files }, receipt).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error !== null && !(error instanceof Killed)) throw error;
      await check(host, receipt, before);
      if (error === null) return at - 1;
    }
  }
}

describe.each(starts)('a run that is killed at any of its writes, where %s', (_name, config) => {
  it('can be taken back byte for byte', async () => {
    const points = await killEverywhere(config, async (host, receipt, before) => {
      await undo(host, receipt);
      expect(await snapshot(host.user.home)).toEqual(before);
    });
    expect(points).toBeGreaterThan(8);
  });

  it('is finished by the next one, and can be taken back then', async () => {
    await killEverywhere(config, async (host, receipt, before) => {
      await run(host, receipt);
      const done = await readFile(path.join(host.user.home, '.openclaw', 'openclaw.json'), 'utf8');
      expect(done).toMatch(/"primary": ?"amazon-bedrock\/us\.amazon\.nova-micro-v1:0"/u);
      const again: Entry[] = [];
      await run(host, again);
      expect(again).toEqual([]);
      await undo(host, receipt);
      expect(await snapshot(host.user.home)).toEqual(before);
    });
  });

  it('can be killed while it is taken back, and taken back then', async () => {
    for (let at = 1; ; at += 1) {
      const host = await start(config);
      const before = await snapshot(host.user.home);
      const receipt: Entry[] = [];
      await run(host, receipt);
      const error = await undo(
        { ...host, files: killing(host.files, at, at % 2 === 0 ? 'before' : 'after') },
        receipt,
      ).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      await undo(host, receipt);
      expect(await snapshot(host.user.home)).toEqual(before);
      if (error === null) break;
    }
  });
});
