import { ExitCode } from '../../core/errors.js';
import { openFleetJournal } from '../../core/fleet/journal.js';
import type { FleetJournal } from '../../core/fleet/journal.js';
import { listedEc2 } from '../../core/fleet/listed-ec2.js';
import type { Receipt, ReceiptEntry } from '../../core/receipt.js';
import { once } from '../../core/timing/once.js';
import { pendingEntries } from '../../core/undo.js';
import { joinEdits } from '../../core/undo-join.js';
import { askConsent } from '../change/consent.js';
import { accountOf } from '../look/receipt-account.js';
import type { Remaining } from '../remote/gone.js';
import { withoutGone } from '../remote/gone.js';
import type { HostsTold } from '../remote/tell.js';
import type { Account, Runtime } from '../runtime.js';
import { onHosts } from './hosts.js';
import { fleetJoins, fleetWorkers } from './steps.js';
import type { Undoing } from './undo-edits.js';
import { undoOwn, undoShared } from './undo-edits.js';
import type { Chosen, HostRecord } from './undo-plan.js';
import { choose, hostRecord, preview } from './undo-plan.js';
import type { UndoneFleet } from './undo-report.js';
import { finishUndo, withTold } from './undo-report.js';

/** Writes down whose hosts are done: once their account's half is put back, nobody may reach them to see. */
async function recordHosts(journal: FleetJournal, { own }: Chosen, { hosts }: HostsTold): Promise<void> {
  const done = [...own].filter(([id]) => hosts.get(id)?.status === 'done');
  await journal.recordAll(
    done.flatMap(([, entries]) => entries.map(([index, { status }]) => ({ index, status, host: 'undone' }))),
  );
}

function leaving(
  { instances = [], former = [] }: ReceiptEntry,
  staying: readonly string[],
): readonly string[] {
  return [...former, ...instances.filter((id) => !staying.includes(id))];
}

/** Writes down who no longer shares what others keep: the last of them takes it along, in whatever order they go. */
async function recordLeaving(journal: FleetJournal, { shared }: Chosen): Promise<void> {
  const fewer = shared.flatMap(({ numbered: [index, entry], instances }) =>
    instances === null || instances.length === 0 || instances.length === entry.instances?.length
      ? []
      : [{ index, status: entry.status, instances, former: leaving(entry, instances) }],
  );
  await journal.recordAll(fewer);
}

async function open(
  runtime: Runtime,
  receipt: Receipt,
  ids: readonly string[],
  account: Account,
): Promise<Omit<Undoing, 'wanted'>> {
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

/** The hosts of the instances that are meant, as far as their half is still to be put back and they can be reached. */
async function hostsOf(
  receipt: Receipt,
  meant: readonly string[],
  open: () => Promise<Account>,
): Promise<Remaining & Pick<HostRecord, 'unbegun'>> {
  const { done, unbegun } = hostRecord(receipt);
  const asked = meant.filter((id) => !done.has(id));
  const found = asked.length === 0 ? [] : await (await open()).ec2.findInstances(asked);
  return { ...withoutGone(asked, found, receipt.target.region), unbegun };
}

/** The instances that are wanted, and those of the receipt that are gone: nobody is left to keep for them what they shared. */
async function withVanished(
  receipt: Receipt,
  wanted: readonly string[] | null,
  open: () => Promise<Account>,
): Promise<readonly string[] | null> {
  if (wanted === null) return null;
  const others = choose(receipt, null).ids.filter((id) => !wanted.includes(id));
  if (others.length === 0) return wanted;
  const found = await (await open()).ec2.findInstances(others);
  const there = new Set(found.flatMap(({ id, state }) => (state === 'terminated' ? [] : [id])));
  return [...wanted, ...others.filter((id) => !there.has(id))];
}

/**
 * Takes a receipt about many instances back: all of it, or what it says of the `wanted` ones. What they share goes last, and
 * only when no other instance of the receipt is left that uses it.
 */
export async function undoFleetReceipt(
  runtime: Runtime,
  known: Receipt,
  wanted: readonly string[] | null,
): Promise<ExitCode> {
  const { settings, reporter } = runtime;
  const receipt = joinEdits(known, fleetJoins);
  const { region } = receipt.target;
  const account = once(async () => accountOf(runtime, receipt, settings.dryRun ? 'read-only' : 'read-write'));
  const all = await withVanished(receipt, wanted, account);
  const chosen = choose(receipt, all);
  // A host may have been changed where its account's half needed nothing.
  const meant = settings.host === 'ssm' ? (wanted ?? chosen.ids) : [];
  const { present: instanceIds, asleep, unbegun, findings } = await hostsOf(receipt, meant, account);
  const shown = { ...preview(runtime, receipt, chosen), checks: findings };
  if (settings.dryRun) {
    await reporter.finish(shown, 'Nothing was changed.');
    return ExitCode.done;
  }
  await account();
  reporter.preview(shown);
  await askConsent(runtime, 'Put this back?');
  const hosts = { command: 'undo', instanceIds, asleep, unbegun } as const;
  const told = instanceIds.length > 0 ? await onHosts(runtime, region, hosts) : null;
  // Systems Manager needs the role of the hosts that are left, when their turn comes.
  const left = new Set(told === null || told.error === null ? [] : told.left);
  const now = choose(receipt, all, left);
  const looked = await open(runtime, receipt, [...now.own.keys()], await account());
  const undoing = { ...looked, wanted: all ?? [] };
  const { changes } = preview(runtime, receipt, now);
  const back = await putBack(undoing, now, told);
  return finishUndo(runtime, receipt, { ...back, shown: withTold({ ...shown, changes }, told), told, left });
}

/** Puts back what is chosen, and leaves the receipt whole whatever happens. */
async function putBack(
  undoing: Undoing,
  chosen: Chosen,
  told: HostsTold | null,
): Promise<Pick<UndoneFleet, 'own' | 'shared'>> {
  const { journal } = undoing;
  try {
    if (told !== null) await recordHosts(journal, chosen, told);
    const own = await undoOwn(undoing, chosen.own);
    await recordLeaving(journal, chosen);
    const back = chosen.shared.flatMap(({ numbered, keeping }) => (keeping === 0 ? [numbered] : []));
    return { own, shared: await undoShared(undoing, back) };
  } finally {
    if (pendingEntries(journal.receipt.entries).length === 0) await journal.close();
    else await journal.settle();
  }
}
