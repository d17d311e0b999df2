import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { FleetJournal } from '../../core/fleet/journal.js';
import { openFleetJournal } from '../../core/fleet/journal.js';
import { newReceipt } from '../../core/receipt.js';
import { receiptFileName } from '../../core/receipt-store.js';
import type { Report } from '../../core/report.js';
import { emptyReport } from '../../core/report.js';
import { agree } from '../change/agree.js';
import { finishWithError } from '../tell/outcome.js';
import { withHosts } from '../remote/merge.js';
import type { HostsTold } from '../remote/tell.js';
import { checkRights } from '../look/rights.js';
import type { Runtime } from '../runtime.js';
import type { FleetResult } from './apply.js';
import { applyFleet } from './apply.js';
import { fleetCommandLine } from './command-line.js';
import { onHosts } from './hosts.js';
import type { PreparedFleet } from './prepared.js';
import { prepareFleet } from './prepare.js';
import { explainFor, stoppingError } from './prepared.js';
import { failuresOf, fleetReport, partError, tally } from './report.js';
import { fleetCommandsText } from './show-commands.js';

/** Every edit of a plan as a text, by which two plans are compared. */
function editsOf({ groups }: PreparedFleet): readonly string[] {
  return groups.flatMap(({ shared, members }) =>
    [...shared, ...members.flatMap(({ steps }) => steps)].flatMap(({ step, changes }) =>
      changes.map(({ action, target, detail }) => `${step} ${action} ${target} ${detail}`),
    ),
  );
}

/** What stands in the way of the shared changes, as far as IAM's simulator can tell; groups need much the same. */
async function refusedRights(runtime: Runtime, prepared: PreparedFleet): Promise<ErrorDetails | null> {
  const { fleet, groups } = prepared;
  for (const { goal, shared, members } of groups.slice(0, 3)) {
    const first = members.find(({ steps }) => steps.length > 0);
    const own = first === undefined ? goal : { ...goal, cloud: { ...goal.cloud, instance: first.instance } };
    const target = { here: null, instanceId: null, region: fleet.region, cloud: true, host: false };
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
  const pending = editsOf(prepared).length > 0;
  const next = pending ? [fleetCommandLine(settings, prepared.fleet.region, 'setup')] : [];
  await reporter.finish({ ...report, next }, `${tally(report.instances)}. Nothing was changed.`);
  return pending && settings.exitCode ? ExitCode.pending : ExitCode.done;
}

async function askAbout(runtime: Runtime, first: PreparedFleet): Promise<PreparedFleet> {
  const fromAfar = runtime.settings.host === 'ssm';
  return agree(runtime, first, {
    settled: (fleet) => (editsOf(fleet).length === 0 && !fromAfar) || stoppingError(fleet) !== null,
    async show(fleet) {
      runtime.reporter.preview(fleetReport(runtime, fleet));
      runtime.streams.aside(await fleetCommandsText(runtime, fleet));
    },
    prepare: async () => prepareFleet(runtime),
    isCoveredBy(now, shown) {
      const edits = new Set(editsOf(shown));
      return editsOf(now).every((edit) => edits.has(edit));
    },
  });
}

async function journalFor(runtime: Runtime, prepared: PreparedFleet): Promise<FleetJournal> {
  const { fleet, identity, receipt, receiptId } = prepared;
  const createdAt = new Date(runtime.clock.now()).toISOString();
  const target = { account: identity.account, region: fleet.region, instanceId: null, fleet: true } as const;
  const open = receipt ?? newReceipt(receiptId, createdAt, target);
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
  const asleep = new Map(
    instances.flatMap(({ id, state }) =>
      state === null || state === 'running' || state === 'pending' ? [] : [[id, state]],
    ),
  );
  return onHosts(runtime, { command: 'setup', region, instanceIds, roleName, justAllowed, asleep });
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

async function carryOut(runtime: Runtime, prepared: PreparedFleet): Promise<ExitCode> {
  const { settings, reporter } = runtime;
  const { region } = prepared.fleet;
  let result: FleetResult | null = null;
  let written: string | null = null;
  const store = await runtime.store();
  if (editsOf(prepared).length > 0) {
    const journal = await journalFor(runtime, prepared);
    written = store.path(receiptFileName(journal.receipt.id));
    try {
      result = await applyFleet(runtime, prepared, journal);
    } finally {
      await journal.settle();
    }
  } else if (prepared.receipt !== null) written = store.path(receiptFileName(prepared.receipt.id));
  const cloud = fleetReport(runtime, prepared, result?.shared, result?.outcomes);
  const told = settings.host === 'ssm' ? await setUpHosts(runtime, prepared, cloud) : null;
  const report = told === null ? cloud : withTold(cloud, told);
  const failures = failuresOf(prepared, result?.outcomes ?? new Map());
  const error = result?.errors[0] ?? partError(failures, report.instances) ?? told?.error ?? null;
  const receipt = settings.mock ? null : written;
  const again = [fleetCommandLine(settings, region, 'setup')];
  const closing = `${tally(report.instances)}.${settings.mock ? ' It was a rehearsal: nothing outside a temporary folder was changed.' : ''}`;
  await reporter.finish(
    {
      ...report,
      ok: error === null,
      receipt,
      next: error === null ? [] : again,
      ...(error === null ? {} : { error }),
    },
    closing,
    receipt === null ? null : fleetCommandLine(settings, region, 'undo'),
  );
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
    const region = await runtime.region().catch(() => settings.region ?? '');
    return finishWithError(runtime, report, explainFor(runtime, region, null, null, error));
  }
}
