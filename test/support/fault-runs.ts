import type { ErrorDetails } from '../../src/core/errors.js';
import { ExitCode } from '../../src/core/errors.js';
import type { Worker } from '../../src/core/apply.js';
import { applyPlan } from '../../src/core/apply.js';
import type { StepId } from '../../src/core/change.js';
import { openJournal } from '../../src/core/journal.js';
import { countChanges } from '../../src/core/plan.js';
import type { Receipt } from '../../src/core/receipt.js';
import type { Settings } from '../../src/core/settings.js';
import { undoReceipt } from '../../src/core/undo.js';
import { toErrorDetails } from '../../src/failures/index.js';
import type { Fault, MockAws } from '../../src/mock-aws/index.js';
import { startMockAws } from '../../src/mock-aws/index.js';
import { cloudSteps } from '../../src/steps/cloud/index.js';
import { connectAccount, isolateAws } from './account.js';
import type { CloudRun } from './cloud.js';
import { emptyReceipt, planCloud } from './cloud.js';
import { memoryReceipts, recordedProgress, steppingClock } from './memory.js';

const region = 'us-east-1';

/** A set-up that is struck by a fault, there or back. */
export interface FaultScenario {
  readonly name: string;
  readonly instanceId: string;
  readonly settings: Partial<Settings>;
  /** Brings the account to where the set-up begins. */
  readonly prepare?: (mock: MockAws) => void;
  /** Another instance that is set up before. */
  readonly after?: string;
}

/** What a run came to: nothing wrong, or the code of the first error. */
export type RunCode = string | null;

/** One account, as one operator sees it. */
export interface FaultStage {
  readonly mock: MockAws;
  setUp(): Promise<RunCode>;
  undo(): Promise<RunCode>;
  /** How many changes a plan of the same set-up has. */
  pending(): Promise<number>;
  /** What a set-up may touch, as plain data. */
  account(): unknown;
  /** Gives a function that brings account and receipt back to what they are now. */
  mark(): () => void;
  close(): Promise<void>;
}

function explain(error: unknown, instanceId: string): ErrorDetails {
  const context = {
    region,
    roleName: 'EC2-Bedrock-Access',
    instanceId,
    modelId: null,
    operatorProfile: null,
    version: '0.0.0',
    place: 'operator',
  } as const;
  try {
    return toErrorDetails(error, context);
  } catch {
    return { code: 'BUG', message: String(error), why: '', fix: '', exitCode: ExitCode.failed };
  }
}

let opening: Promise<unknown> = Promise.resolve();

/** The endpoint stands in the environment, which all stages share, until each client has been used once. */
export async function oneByOne<Value>(open: () => Promise<Value>): Promise<Value> {
  const opened = opening.then(open, open);
  opening = opened.catch(() => undefined);
  return opened;
}

/** Opens a stage on an embedded AWS of its own. Stages can stand beside each other. */
export async function openFaultStage(scenario: FaultScenario): Promise<FaultStage> {
  const clock = steppingClock(Date.now());
  const mock = await startMockAws({ now: () => clock.now(), regions: [region] });
  scenario.prepare?.(mock);
  const account = await oneByOne(async () => {
    isolateAws(mock.url);
    const made = connectAccount(clock, { answerMilliseconds: 700 });
    await made.identity.getCallerIdentity();
    await made.iam.getRole('nobody');
    await made.ec2.describeInstance(scenario.instanceId);
    await made.enrollments.findEnrollment('nobody');
    // What is made once has a client of its own.
    mock.settings.faults.push({
      service: 'ssm',
      operation: 'CreateAssociation',
      kind: 'access-denied',
      times: 1,
    });
    const nothing = { name: 'nobody', tag: 'nobody', value: '', script: '' };
    await made.enrollments.createEnrollment(nothing, {}).catch(() => undefined);
    mock.settings.faults.length = 0;
    return made;
  });
  const run: CloudRun = { account, instanceId: scenario.instanceId, region, settings: scenario.settings };
  let receipt: Receipt = emptyReceipt(run);
  const workers: ReadonlyMap<StepId, Worker> = new Map(
    cloudSteps.map((step) => [step.id, async (op, context) => step.apply(op, account, context)]),
  );
  const runtime = () => ({
    workers,
    journal: openJournal(receipt, memoryReceipts(), clock),
    progress: recordedProgress(),
    explain: (error: unknown) => explain(error, scenario.instanceId),
  });
  const setUp = async (what: CloudRun): Promise<RunCode> => {
    try {
      const { plan } = await planCloud(what);
      const made = runtime();
      const { errors } = await applyPlan(plan, made);
      receipt = made.journal.receipt;
      return errors[0]?.code ?? null;
    } catch (error) {
      return explain(error, scenario.instanceId).code;
    }
  };
  if (scenario.after !== undefined) {
    await setUp({ ...run, instanceId: scenario.after, settings: {} });
    receipt = emptyReceipt(run);
  }
  mock.calls.length = 0;
  return {
    mock,
    setUp: async () => setUp(run),
    async undo() {
      const made = runtime();
      const { errors } = await undoReceipt({ ...made, describe: () => ({ title: 'step', lane: 'cloud' }) });
      receipt = made.journal.receipt;
      return errors[0]?.code ?? null;
    },
    pending: async () => countChanges((await planCloud(run)).plan),
    account: () => accountOf(mock),
    mark() {
      const [state, kept] = [structuredClone(mock.state), receipt];
      return () => {
        Object.assign(mock.state, structuredClone(state));
        receipt = kept;
      };
    },
    async close() {
      account.close();
      await mock.stop();
    },
  };
}

/** What a set-up may touch in an account, as plain data. */
export function accountOf({ state }: MockAws): unknown {
  const { roles, instanceProfiles, associations, instances, stateAssociations } = state;
  const live = Object.values(associations).filter(({ endedAt }) => endedAt === undefined);
  const links = live.map(({ instanceId, profileArn }) => `${instanceId} ${profileArn}`).toSorted();
  const withoutTimes = Object.values(roles).map(({ inlinePolicies, ...role }) => ({
    ...role,
    inline: Object.entries(inlinePolicies).map(([name, { document }]) => [name, document]),
  }));
  return structuredClone({ roles: withoutTimes, instanceProfiles, instances, links, stateAssociations });
}

/** Strikes the operation until the fault is spent or lifted. */
export function strikeWith({ mock }: FaultStage, fault: Fault): void {
  mock.settings.faults.push({ ...fault });
}

/** Lifts every fault. */
export function liftFaults({ mock }: FaultStage): void {
  mock.settings.faults.length = 0;
}
