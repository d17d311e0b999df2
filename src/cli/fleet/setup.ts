import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { FleetJournal } from '../../core/fleet/journal.js';
import { openFleetJournal } from '../../core/fleet/journal.js';
import type { Edits } from '../../core/plan.js';
import { countChanges, isCoveredBy } from '../../core/plan.js';
import type { Receipt } from '../../core/receipt.js';
import { fleetTarget, newReceipt } from '../../core/receipt.js';
import { receiptFileName } from '../../core/receipt-store.js';
import type { Report } from '../../core/report.js';
import { emptyReport, withError } from '../../core/report.js';
import { agree } from '../change/agree.js';
import { hostCommandLine } from '../tell/command-line.js';
import { explainEarly, finishWithError, rehearsalText } from '../tell/outcome.js';
import { elsewhere } from '../look/target.js';
import { asleepOf } from '../remote/gone.js';
import { withHosts } from '../remote/merge.js';
import type { HostsTold } from '../remote/tell.js';
import { nobody } from '../remote/tell.js';
import { checkRights } from '../look/rights.js';
import type { Runtime } from '../runtime.js';
import type { FleetResult } from './apply.js';
import { applyFleet } from './apply.js';
import { fleetCommandLine, nextForFleet } from './command-line.js';
import { onHosts } from './hosts.js';
import type { PreparedFleet } from './prepared.js';
import { prepareFleet } from './prepare.js';
import { stoppingError } from './prepared.js';
import { fleetReport, tally } from './report.js';
import { failuresOf, partError } from './failures.js';
import { fleetCommandsText } from './show-commands.js';

/** All that is to be done, as one plan: with what is shared and with each instance. */
function editsOf({ groups }: PreparedFleet): Edits {
  return {
    steps: groups.flatMap(({ shared, members }) => [...shared, ...members.flatMap(({ steps }) => steps)]),
  };
}

function isPending(prepared: PreparedFleet): boolean {
  return countChanges(editsOf(prepared)) > 0;
}

/** What stands in the way of the shared changes, as far as IAM's simulator can tell; groups need much the same. */
async function refusedRights(runtime: Runtime, prepared: PreparedFleet): Promise<ErrorDetails | null> {
  const { fleet, groups } = prepared;
  for (const { goal, shared, members } of groups.slice(0, 3)) {
    const first = members.find(({ steps }) => steps.length > 0);
    const own = first === undefined ? goal : { ...goal, cloud: { ...goal.cloud, instance: first.instance } };
    const target = elsewhere(fleet.region);
    const plan = { steps: [...shared, ...(first?.steps ?? [])] };
    const refused = await checkRights(runtime, { goal: own, plan, target, conflict: null });
    if (refused !== null) return refused;
  }
  return null;
}

/** Shows a plan about many instances as the result of the run. */
async function show(runtime: Runtime, prepared: PreparedFleet): Promise<ExitCode> {
  const { settings, progress, reporter, streams } = runtime;
  const report = fleetReport(runtime, prepared);
  const stopping = stoppingError(prepared);
  if (stopping !== null) return finishWithError(runtime, report, stopping);
  const refused = await refusedRights(runtime, prepared);
  if (refused !== null) progress.warn(`${refused.message}\n${refused.why}\n${refused.fix}`);
  const commands = await fleetCommandsText(runtime, prepared);
  if (settings.json) streams.aside(commands);
  else await streams.result(commands);
  const pending = isPending(prepared);
  const next = pending ? nextForFleet(settings, prepared.fleet.region, report.instances) : [];
  const error = partError(failuresOf(prepared, new Map()), report.instances);
  await reporter.finish(
    withError({ ...report, next }, error),
    `${tally(report.instances)}. Nothing was changed.`,
  );
  if (error !== null) return error.exitCode;
  return pending && settings.exitCode ? ExitCode.pending : ExitCode.done;
}

async function askAbout(runtime: Runtime, first: PreparedFleet): Promise<PreparedFleet> {
  const fromAfar = runtime.settings.host === 'ssm';
  return agree(runtime, first, {
    settled: (fleet) => (!isPending(fleet) && !fromAfar) || stoppingError(fleet) !== null,
    async show(fleet) {
      runtime.reporter.preview(fleetReport(runtime, fleet));
      runtime.streams.aside(await fleetCommandsText(runtime, fleet));
    },
    prepare: async () => prepareFleet(runtime),
    isCoveredBy: (now, shown) => isCoveredBy(editsOf(now), editsOf(shown)),
  });
}

async function journalFor(runtime: Runtime, prepared: PreparedFleet): Promise<FleetJournal> {
  const { fleet, identity, receipt, receiptId } = prepared;
  const createdAt = new Date(runtime.clock.now()).toISOString();
  const open = receipt ?? newReceipt(receiptId, createdAt, fleetTarget(identity.account, fleet.region));
  return openFleetJournal(open, await runtime.store(), runtime.clock);
}

/** The host half of those whose account's half is done. */
async function setUpHosts(
  runtime: Runtime,
  { fleet: { region }, groups }: PreparedFleet,
  { instances, changes }: Report,
): Promise<HostsTold> {
  const instanceIds = instances.flatMap(({ id, status }) =>
    status === 'done' || status === 'in-place' ? [id] : [],
  );
  const [group, other] = groups;
  const roleName = group === undefined || other !== undefined ? null : group.goal.cloud.role.name;
  const justAllowed = changes.some(({ status }) => status === 'applied');
  const asleep = asleepOf(instances);
  return onHosts(runtime, region, { command: 'setup', instanceIds, roleName, justAllowed, asleep });
}

function withTold(report: Report, told: HostsTold): Report {
  const { changes, checks } = told;
  return {
    ...report,
    instances: withHosts(report.instances, told),
    changes: [...report.changes, ...changes],
    checks,
  };
}

/** Does what is to be done in the account; gives the result, `null` for nothing to do, and the path of the receipt. */
async function apply(
  runtime: Runtime,
  prepared: PreparedFleet,
): Promise<{ readonly result: FleetResult | null; readonly receipt: string | null }> {
  const store = await runtime.store();
  const pathOf = ({ id }: Receipt): string => store.path(receiptFileName(id));
  if (!isPending(prepared)) {
    return { result: null, receipt: prepared.receipt === null ? null : pathOf(prepared.receipt) };
  }
  const journal = await journalFor(runtime, prepared);
  try {
    return { result: await applyFleet(runtime, prepared, journal), receipt: pathOf(journal.receipt) };
  } finally {
    await journal.settle();
  }
}

/** {@link setUpHosts}; what goes wrong there stands beside what was done in the account. */
async function hostsOrError(runtime: Runtime, prepared: PreparedFleet, cloud: Report): Promise<HostsTold> {
  try {
    return await setUpHosts(runtime, prepared, cloud);
  } catch (error) {
    return { ...nobody, error: await explainEarly(runtime, error) };
  }
}

async function carryOut(runtime: Runtime, prepared: PreparedFleet): Promise<ExitCode> {
  const { settings, reporter } = runtime;
  const { region } = prepared.fleet;
  const { result, receipt: written } = await apply(runtime, prepared);
  const cloud = fleetReport(runtime, prepared, result?.shared, result?.outcomes);
  const told = settings.host === 'ssm' ? await hostsOrError(runtime, prepared, cloud) : null;
  const report = told === null ? cloud : withTold(cloud, told);
  const failures = failuresOf(prepared, result?.outcomes ?? new Map());
  const error = result?.errors[0] ?? partError(failures, report.instances) ?? told?.error ?? null;
  const receipt = settings.mock ? null : written;
  const hostsLeft = error === null && settings.host === 'auto' && settings.enroll === null && !settings.mock;
  const there = hostsLeft ? [hostCommandLine(settings, elsewhere(region))] : [];
  const next = error === null ? there : nextForFleet(settings, region, report.instances);
  const undo = receipt === null ? null : fleetCommandLine(settings, region, 'undo');
  const left = hostsLeft ? " The hosts' halves are left: the next command is for each of them." : '';
  const closing = `${tally(report.instances)}.${left}${rehearsalText(settings)}`;
  await reporter.finish(withError({ ...report, receipt, next }, error), closing, undo);
  return error?.exitCode ?? ExitCode.done;
}

/** `setup` and `plan` of many instances: looks at all, shows what is alike together, asks, applies. */
export async function setUpFleet(runtime: Runtime): Promise<ExitCode> {
  const { settings } = runtime;
  const looks = settings.command === 'plan' || (settings.dryRun && !settings.mock);
  let prepared: PreparedFleet | null = null;
  try {
    if (!looks) await runtime.lock();
    prepared = await prepareFleet(runtime);
    if (looks) return await show(runtime, prepared);
    const refused = stoppingError(prepared) ?? (await refusedRights(runtime, prepared));
    if (refused !== null) return await finishWithError(runtime, fleetReport(runtime, prepared), refused);
    prepared = await askAbout(runtime, prepared);
    const stopping = stoppingError(prepared);
    if (stopping !== null) return await finishWithError(runtime, fleetReport(runtime, prepared), stopping);
    return await carryOut(runtime, prepared);
  } catch (error) {
    const report =
      prepared === null ? emptyReport(settings.command, settings.mock) : fleetReport(runtime, prepared);
    return finishWithError(runtime, report, await explainEarly(runtime, error));
  }
}
