import { randomBytes } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';
import { refusingPrompt } from '../../src/adapters/prompt/refuse.js';
import { setUpFleet } from '../../src/cli/fleet/setup.js';
import { undoFleet } from '../../src/cli/fleet/undo-command.js';
import type { Runtime } from '../../src/cli/runtime.js';
import type { Report } from '../../src/core/report.js';
import type { Settings } from '../../src/core/settings.js';
import type { Agent, MockAws } from '../../src/mock-aws/index.js';
import { defaultWorld, startMockAws } from '../../src/mock-aws/index.js';
import type { Clock } from '../../src/ports/clock.js';
import type { ReceiptStore } from '../../src/ports/receipts.js';
import { connectAccount, isolateAws } from './account.js';
import type { FaultStage, RunCode } from './fault-runs.js';
import { accountOf, oneByOne } from './fault-runs.js';
import { steppingClock } from './memory.js';
import { accountRuntime } from './runtime.js';

const region = 'us-east-1';

/** Many instances that are struck by a fault. */
export interface FleetScenario {
  readonly settings: Partial<Settings>;
  /** The version of its launch template that the group names. */
  readonly version?: string;
  /** The profile that an instance has before. */
  readonly held?: string;
}

/** Receipts in memory, which can be brought back to what they were. */
function keptReceipts(): ReceiptStore & { readonly files: Map<string, string> } {
  const files = new Map<string, string>();
  return {
    files,
    list: async () => [...files.keys()].filter((name) => name.endsWith('.json')).toReversed(),
    read: async (name) => files.get(name) ?? null,
    write: async (name, text) => void files.set(name, text),
    append: async (name, text) => void files.set(name, `${files.get(name) ?? ''}${text}`),
    remove: async (name) => void files.delete(name),
    path: (name) => `/receipts/${name}`,
  };
}

const template = 'lt-0123456789abcdef0';

function idOf(index: number): string {
  return `i-0f${index.toString(16).padStart(15, '0')}`;
}

function worldOf({ version, held }: FleetScenario) {
  const tags = { 'aws:autoscaling:groupName': 'web' };
  const instances = [0, 1, 2].map((index) => ({ instanceId: idOf(index), tags }));
  const [first, ...rest] = instances;
  const holder =
    first === undefined || held === undefined ? instances : [{ ...first, instanceProfile: held }, ...rest];
  const asked = version === undefined ? {} : { template: { id: template, version } };
  return {
    ...defaultWorld(holder),
    launchTemplates: [
      {
        id: template,
        name: 'web-template',
        region,
        createdAt: 0,
        defaultVersion: 1,
        versions: [{ number: 1, createdAt: 0, data: { imageId: 'ami-1' } }],
      },
    ],
    autoScalingGroups: [{ name: 'web', region, createdAt: 0, ...asked }],
  };
}

/** A host of which one bit is changed. The first one says more than the list of invocations has room for. */
function agentOf(hosts: Map<string, boolean>, index: number): Agent {
  const message = randomBytes(index === 0 ? 3000 : 3).toString('base64');
  const report = { schemaVersion: 1, ok: true, changes: [], checks: [{ id: 'x', status: 'ok', message }] };
  const packed = brotliCompressSync(JSON.stringify(report)).toString('base64');
  const stdout = `openclaw-bedrock-setup-report: 0 ${packed} end\n`;
  return {
    run: async ({ script }) => {
      hosts.set(idOf(index), !/\bundo\b/u.test(script));
      return { exitCode: 0, stdout, stderr: '' };
    },
  };
}

async function connect(mock: MockAws, clock: Clock): Promise<ReturnType<typeof connectAccount>> {
  return oneByOne(async () => {
    isolateAws(mock.url);
    const made = connectAccount(clock, { answerMilliseconds: 700 });
    const rights = { principalArn: '', actions: ['iam:GetRole'], resources: ['*'], context: {} };
    const script = {
      instanceIds: [idOf(0)],
      script: '',
      comment: '',
      deliverySeconds: 120,
      executionSeconds: 60,
      maxConcurrency: 1,
      maxErrors: 0,
    };
    mock.settings.faults.push({ service: 'ssm', operation: 'SendCommand', kind: 'access-denied', times: 1 });
    const systemsManager = await made.systemsManager();
    await Promise.all([
      made.identity.getCallerIdentity(),
      made.iam.getRole('nobody'),
      made.ec2.describeInstance(idOf(0)),
      made.autoScaling.describeGroup('nobody'),
      made.rights.simulatePrincipalPolicy(rights).catch(() => undefined),
      systemsManager.describeManaged([idOf(0)]),
      systemsManager.sendScript(script).catch(() => undefined),
    ]);
    mock.settings.faults.length = 0;
    mock.calls.length = 0;
    return made;
  });
}

function runtimeFor(
  account: ReturnType<typeof connectAccount>,
  clock: Clock,
  settings: Partial<Settings>,
  more: Partial<Runtime>,
): Runtime {
  return accountRuntime(account, settings, {
    clock,
    environment: {},
    prompt: refusingPrompt,
    region: async () => region,
    lock: async () => undefined,
    beforeEnd: () => () => undefined,
    here: async () => null,
    ...more,
  });
}

/** Opens a stage with three instances of an Auto Scaling group, on which whole runs of the commands for many are made. */
export async function openFleetStage(scenario: FleetScenario): Promise<FaultStage> {
  const clock = steppingClock(Date.now());
  const mock = await startMockAws({ world: worldOf(scenario), now: () => clock.now(), regions: [region] });
  const hosts = new Map([0, 1, 2].map((index) => [idOf(index), false]));
  for (const index of [0, 1, 2]) mock.settings.agents[idOf(index)] = agentOf(hosts, index);
  const account = await connect(mock, clock);
  const receipts = keptReceipts();
  const run = async (command: 'setup' | 'plan' | 'undo'): Promise<Report | null> => {
    const told: Report[] = [];
    const reporter = {
      preview: () => undefined,
      finish: async (report: Report) => void told.push(report),
      end: () => undefined,
    };
    const silent = { result: async () => undefined, aside: () => undefined };
    const settings = { ...scenario.settings, command } as const;
    const store = async (): Promise<ReceiptStore> => receipts;
    const streams = new Proxy(silent, {}) as Partial<Runtime['streams']> as Runtime['streams'];
    const runtime = runtimeFor(account, clock, settings, { reporter, streams, store });
    await (command === 'undo' ? undoFleet(runtime) : setUpFleet(runtime));
    return told.at(-1) ?? null;
  };
  const codeOf = async (command: 'setup' | 'undo'): Promise<RunCode> => {
    try {
      return (await run(command))?.error?.code ?? null;
    } catch (error) {
      return `BUG ${String(error)}`;
    }
  };
  return {
    mock,
    setUp: async () => codeOf('setup'),
    async undo() {
      const known = [...receipts.files.values()].some((text) => text.includes('"closedAt": null'));
      const code = await codeOf('undo');
      // Without a record nobody knows what stands on hosts that Systems Manager does not know, and that is said.
      return code === 'HOSTS_LEFT' && !known ? null : code;
    },
    async pending() {
      const { changes = [], error } = (await run('plan')) ?? {};
      return changes.filter(({ status }) => status === 'planned').length + (error === undefined ? 0 : 1);
    },
    account: () => {
      const { launchTemplates, autoScalingGroups } = mock.state;
      return structuredClone([accountOf(mock), launchTemplates, autoScalingGroups, [...hosts]]);
    },
    mark() {
      const [state, files, changed] = [structuredClone(mock.state), [...receipts.files], [...hosts]];
      return () => {
        Object.assign(mock.state, structuredClone(state));
        receipts.files.clear();
        for (const [name, text] of files) receipts.files.set(name, text);
        for (const [id, is] of changed) hosts.set(id, is);
      };
    },
    async close() {
      account.close();
      await mock.stop();
    },
  };
}
