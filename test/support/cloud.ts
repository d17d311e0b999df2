import type { ApplyResult } from '../../src/core/apply.js';
import { applyPlan } from '../../src/core/apply.js';
import type { ErrorDetails } from '../../src/core/errors.js';
import { ExitCode, SetupError } from '../../src/core/errors.js';
import type { CloudGoal, Goal, ModelGoal } from '../../src/core/goal.js';
import { openJournal } from '../../src/core/journal.js';
import type { Journal } from '../../src/core/journal.js';
import type { Plan } from '../../src/core/plan.js';
import { planLane } from '../../src/core/plan.js';
import type { Receipt } from '../../src/core/receipt.js';
import type { Settings } from '../../src/core/settings.js';
import { defaultRoleName } from '../../src/core/settings.js';
import type { UndoResult } from '../../src/core/undo.js';
import { undoReceipt } from '../../src/core/undo.js';
import type { CloudWriters } from '../../src/ports/lanes.js';
import type { IdentityReader } from '../../src/ports/identity.js';
import { memoizeReaders, readCloudGoal } from '../../src/steps/cloud/goal.js';
import { cloudSteps } from '../../src/steps/cloud/index.js';
import { memoryReceipts, recordedProgress } from './memory.js';

/** The ports of the cloud lane and who calls. */
export type Account = CloudWriters & { readonly identity: IdentityReader };

/** Settings as `setup` without flags has them. */
export function someSettings(overrides: Partial<Settings> = {}): Settings {
  return {
    command: 'setup',
    instanceIds: [],
    instanceTags: [],
    asg: null,
    instancesFile: null,
    region: null,
    configFile: null,
    profile: null,
    roleName: defaultRoleName,
    policy: { kind: 'invoke' },
    model: null,
    acceptModelAgreement: false,
    useCase: null,
    permissionsBoundary: null,
    resourceTags: {},
    replaceProfile: false,
    hopLimit: null,
    ssm: false,
    host: 'skip',
    cloud: 'auto',
    enroll: null,
    program: 'openclaw-bedrock-setup',
    toolSource: null,
    maxConcurrency: '50',
    maxErrors: '10%',
    hostTimeoutSeconds: 900,
    gatewayProfile: 'default',
    openclawUser: null,
    discovery: {},
    restartGateway: null,
    receipt: null,
    yes: true,
    noInput: true,
    dryRun: false,
    mock: false,
    mockFault: null,
    report: null,
    trace: null,
    agentTurn: false,
    json: false,
    quiet: false,
    verbose: false,
    showCommands: false,
    color: false,
    exitCode: false,
    timeoutSeconds: null,
    render: null,
    account: null,
    output: null,
    port: 0,
    ...overrides,
  };
}

/** What an enrolled instance runs, as far as its text goes. */
export const someScript = 'set -- setup\necho openclaw-bedrock-setup-report:';

/** What one run is about. */
export interface CloudRun {
  readonly account: Account;
  readonly instanceId: string;
  readonly region: string;
  readonly settings?: Partial<Settings>;
  readonly model?: ModelGoal | null;
  readonly receiptId?: string;
}

/** Reads the account and plans, as `plan` does. */
export async function planCloud(run: CloudRun): Promise<{ readonly goal: Goal; readonly plan: Plan }> {
  const { account, instanceId, region, model = null, receiptId = 'r-test' } = run;
  const settings = someSettings(run.settings);
  const readers = memoizeReaders(account);
  const cloud: CloudGoal = await readCloudGoal(
    { settings, instanceId, region, model: Promise.resolve(model) },
    readers,
  );
  const enrollment = settings.enroll === null ? null : { ...settings.enroll, script: someScript };
  const goal: Goal = { settings, receiptId, region, cloud, host: null, model, enrollment };
  return { goal, plan: { steps: await planLane(cloudSteps, goal, readers) } };
}

/** The error as it is shown; anything unexpected as BUG. */
export function explain(error: unknown): ErrorDetails {
  if (error instanceof SetupError) return error.details;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'BUG', message, why: '', fix: '', exitCode: ExitCode.failed };
}

function workersFor(
  account: CloudWriters,
): Map<
  (typeof cloudSteps)[number]['id'],
  Parameters<typeof applyPlan>[1]['workers'] extends ReadonlyMap<infer _Id, infer Work> ? Work : never
> {
  return new Map(
    cloudSteps.map((step) => [step.id, async (op, context) => step.apply(op, account, context)]),
  );
}

/** A run that was carried out, and how to take it back. */
export interface CloudOutcome extends ApplyResult {
  readonly plan: Plan;
  readonly journal: Journal;
  readonly progress: readonly string[];
  undo(account?: Account): Promise<UndoResult>;
}

/** A receipt without entries. */
export function emptyReceipt(run: CloudRun): Receipt {
  return {
    schemaVersion: 1,
    id: run.receiptId ?? 'r-test',
    toolVersion: '0.0.0',
    createdAt: '2026-11-22T00:00:00.000Z',
    target: { account: null, region: run.region, instanceId: run.instanceId },
    closedAt: null,
    entries: [],
  };
}

/** Plans and applies, as `setup` does without its host half; goes on with `receipt` where one is given. */
export async function setUpCloud(run: CloudRun, receipt: Receipt = emptyReceipt(run)): Promise<CloudOutcome> {
  const { plan } = await planCloud(run);
  const journal = openJournal(receipt, memoryReceipts(), run.account.clock);
  const progress = recordedProgress();
  const runtime = { workers: workersFor(run.account), journal, progress, explain };
  const result = await applyPlan(plan, runtime);
  return {
    ...result,
    plan,
    journal,
    progress: progress.lines,
    undo: async (account = run.account) =>
      undoReceipt({
        ...runtime,
        workers: workersFor(account),
        describe: () => ({ title: 'step', lane: 'cloud' }),
      }),
  };
}
