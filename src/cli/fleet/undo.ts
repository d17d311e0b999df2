import type { ChangeResult } from '../../core/change-result.js';
import type { StepId } from '../../core/change.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import { openFleetJournal } from '../../core/fleet/journal.js';
import type { FleetJournal } from '../../core/fleet/journal.js';
import { listedEc2 } from '../../core/fleet/listed-ec2.js';
import { chunks, pool } from '../../core/fleet/pool.js';
import type { EntryStatus, Receipt } from '../../core/receipt.js';
import { inverseActions, pendingEntries, retaining, undoEntry } from '../../core/undo.js';
import { askConsent } from '../change/consent.js';
import type { HostsTold } from '../remote/tell.js';
import type { Account, Runtime } from '../runtime.js';
import { onHosts } from './hosts.js';
import type { Chosen, Numbered } from './undo-plan.js';
import { choose, hostRecord, preview } from './undo-plan.js';
import type { SharedBack } from './undo-report.js';
import { finishUndo, withTold } from './undo-report.js';
import { batch, counting, fleetWorkers } from './apply.js';
import { describeFleetSteps } from './describe.js';
import { withoutGone } from './gone.js';
import { explainFor } from './prepared.js';
import { thousands } from '../../core/text/thousands.js';

interface Undoing {
  readonly runtime: Runtime;
  readonly receipt: Receipt;
  readonly journal: FleetJournal;
  readonly workers: ReturnType<typeof fleetWorkers>;
}

function explainer({ runtime, receipt }: Undoing, id: string | null): (error: unknown) => ErrorDetails {
  const { region } = receipt.target;
  return (error) => explainFor(runtime, region, null, id, error);
}

/** Takes back what each instance has of its own; gives for each what stood in the way, or `null`. */
async function undoOwn(
  undoing: Undoing,
  own: Chosen['own'],
): Promise<ReadonlyMap<string, ErrorDetails | null>> {
  const { runtime, journal, workers } = undoing;
  const errors = new Map<string, ErrorDetails | null>();
  const counter = counting(runtime, 'association', own.size);
  for (const part of chunks([...own], batch.size)) {
    const outcomes: { index: number; status: EntryStatus; reason?: string }[] = [];
    try {
      await pool(part, batch.atOnce, async ([id, entries]) => {
        let error: ErrorDetails | null = null;
        for (const [index, { step, undo, status }] of entries) {
          error = await takeBack(undoing, step, undo, id);
          const retained = error !== null && retaining.has(error.code) ? 'retained' : status;
          outcomes.push(
            error === null ? { index, status: 'undone' } : { index, status: retained, reason: error.code },
          );
          if (error !== null) break;
        }
        errors.set(id, error);
        counter.step();
      });
    } finally {
      await journal.recordAll(outcomes);
    }
  }
  const done = [...errors.values()].filter((error) => error === null).length;
  counter.end(done, `${thousands(done)} instances put back`);
  return errors;

  async function takeBack(
    { receipt }: Undoing,
    step: StepId,
    op: unknown,
    id: string,
  ): Promise<ErrorDetails | null> {
    try {
      await workers.get(step)?.(op, { receiptId: receipt.id, waiting: () => undefined });
      return null;
    } catch (error) {
      return explainer(undoing, id)(error);
    }
  }
}

/** Writes down whose hosts are done: once their account's half is put back, nobody may reach them to see. */
async function recordHosts(journal: FleetJournal, { own }: Chosen, { hosts }: HostsTold): Promise<void> {
  const done = [...own].filter(([id]) => hosts.get(id)?.status === 'done');
  await journal.recordAll(
    done.flatMap(([, entries]) => entries.map(([index, { status }]) => ({ index, status, host: 'undone' }))),
  );
}

/** Steps of which each edit stands on those before it: EC2 lets a version be deleted that a group still launches from. */
const inTurn: ReadonlySet<StepId> = new Set(['launch-template']);

async function undoShared(undoing: Undoing, shared: readonly Numbered[]): Promise<SharedBack> {
  const { runtime, journal, workers } = undoing;
  const { progress } = runtime;
  const explain = explainer(undoing, null);
  const changes: ChangeResult[] = [];
  const errors: ErrorDetails[] = [];
  const using = { workers, journal, progress, explain, describe: describeFleetSteps() };
  const stuck = new Set<StepId>();
  for (const [index, entry] of shared) {
    const { step, action, target } = entry;
    if (stuck.has(step)) {
      const detail = 'left, since what stands on it could not be put back';
      const base = { step, ...using.describe(step), target, detail };
      changes.push({ ...base, action: inverseActions[action], status: 'skipped' });
      continue;
    }
    const [change, error] = await undoEntry(index, entry, using);
    changes.push(change);
    if (error !== null) errors.push(error);
    if (error !== null && inTurn.has(step) && !retaining.has(error.code)) stuck.add(step);
  }
  return { changes, errors };
}

async function open(
  runtime: Runtime,
  receipt: Receipt,
  ids: readonly string[],
  account: Account,
): Promise<Undoing> {
  const { clock } = runtime;
  const found = await runtime.progress.during('looking at the instances', async () =>
    Promise.all([account.ec2.findInstances(ids), account.ec2.listAssociations(ids)]),
  );
  const [instances, associations] = found;
  // An instance that is gone holds nothing, and EC2 need not be asked about each of them.
  const known = new Set(instances.map(({ id }) => id));
  const gone = ids.filter((id) => !known.has(id)).map((id) => ({ ...nowhere, id }));
  const listing = { instances: [...instances, ...gone], associations };
  const { iam, enrollments, autoScaling } = account;
  const ec2 = listedEc2(account.ec2, listing, clock);
  return {
    runtime,
    receipt,
    journal: openFleetJournal(receipt, await runtime.store(), clock),
    workers: fleetWorkers({ clock, iam, ec2, enrollments, autoScaling }),
  };
}

const nowhere = {
  name: null,
  state: 'terminated',
  managers: [],
  profileArn: null,
  metadataOptions: { endpoint: 'enabled', tokens: 'optional', hopLimit: 1 },
} as const;

/**
 * Takes a receipt about many instances back: all of it, or what it says of the `wanted` ones. What they share goes last, and
 * only when no other instance of the receipt is left that uses it.
 */
export async function undoFleetReceipt(
  runtime: Runtime,
  receipt: Receipt,
  wanted: readonly string[] | null,
): Promise<ExitCode> {
  const { settings, reporter } = runtime;
  const { region } = receipt.target;
  const chosen = choose(receipt, wanted);
  const openAccount = async (): Promise<Account> =>
    runtime.account(region, settings.dryRun ? 'read-only' : 'read-write');
  const known = hostRecord(receipt);
  // A host may have been changed where its account's half needed nothing.
  const meant = settings.host === 'ssm' ? (wanted ?? [...chosen.own.keys()]) : [];
  const asked = meant.filter((id) => !known.done.has(id));
  const found = asked.length === 0 ? [] : await (await openAccount()).ec2.findInstances(asked);
  const { present: hosts, asleep, findings } = withoutGone(asked, found, region);
  const shown = { ...preview(runtime, receipt, chosen), checks: findings };
  if (settings.dryRun) {
    await reporter.finish(shown, 'Nothing was changed.');
    return ExitCode.done;
  }
  reporter.preview(shown);
  await askConsent(runtime, 'Put this back?');
  const wantedOfHosts = {
    command: 'undo',
    region,
    instanceIds: hosts,
    asleep,
    unbegun: known.unbegun,
  } as const;
  const told = hosts.length > 0 ? await onHosts(runtime, wantedOfHosts) : null;
  // Systems Manager needs the role of the hosts that are left, when their turn comes.
  const left = new Set(told === null || told.error === null ? [] : told.left);
  const now = choose(receipt, wanted, left);
  const undoing = await open(runtime, receipt, [...now.own.keys()], await openAccount());
  const { journal } = undoing;
  try {
    if (told !== null) await recordHosts(journal, now, told);
    const own = now.own.size === 0 ? new Map() : await undoOwn(undoing, now.own);
    const shared = now.others > 0 ? null : await undoShared(undoing, now.shared);
    const { changes } = preview(runtime, receipt, now);
    return await finishUndo({
      undoing,
      shown: withTold({ ...shown, changes }, told),
      own,
      shared,
      told,
      left,
    });
  } finally {
    if (pendingEntries(journal.receipt.entries).length === 0) await journal.close();
    else await journal.settle();
  }
}
