import { openJournal } from '../../core/journal.js';
import type { Receipt } from '../../core/receipt.js';
import type { Report } from '../../core/report.js';
import { bareInstance, emptyReport, withError } from '../../core/report.js';
import { pendingEntries } from '../../core/undo.js';
import { askConsent } from '../change/consent.js';
import type { Target } from '../look/target.js';
import { resolveTarget } from '../look/target.js';
import type { Runtime } from '../runtime.js';
import { instanceIdsOf } from './commands.js';
import { withoutGone } from './gone.js';
import { runOnHosts } from './index.js';
import type { HostsTold } from './tell.js';
import { nobody } from './tell.js';

/** Puts back what was changed on the hosts; before the account's half, which Systems Manager may need to reach them. */
async function undoHosts(runtime: Runtime, target: Target): Promise<HostsTold> {
  const { region } = target;
  const named = instanceIdsOf(runtime, target);
  const account = await runtime.account(region, 'read-write');
  // Whoever may not look them up hears from Systems Manager what there is to hear.
  const found = await account.ec2.findInstances(named).catch(() => null);
  const { present: instanceIds, asleep, findings } = withoutGone(named, found, region);
  if (instanceIds.length === 0) return { ...nobody, checks: findings };
  const told = await runOnHosts(runtime, { command: 'undo', target, instanceIds, asleep });
  return { ...told, checks: [...findings, ...told.checks] };
}

/** Whether the host half was put back by an undo that did not get through the account's. */
function hostIsDone({ entries }: Receipt): boolean {
  const pending = pendingEntries(entries);
  return pending.length > 0 && pending.every(([, { host }]) => host === 'undone');
}

/**
 * What was put back on hosts that are somewhere else, as a report; `null` where the receipt says that it was done before. Throws
 * what asking for leave throws.
 */
export async function undoFar(runtime: Runtime, known: Receipt | null): Promise<Report | null> {
  if (known !== null && hostIsDone(known)) return null;
  const { settings } = runtime;
  const target = await resolveTarget(runtime);
  await askConsent(runtime, 'Put back what was changed on the hosts, through Systems Manager?');
  const { hosts, changes, checks, error } = await undoHosts(runtime, target);
  const instances = [...hosts].map(([id, host]) => ({ ...bareInstance(id), host }));
  const report = { ...emptyReport('undo', settings.mock), region: target.region, instances, changes, checks };
  return withError(report, error);
}

/** Writes down that the host half was put back: once the account's is, nobody may reach the host to see. */
export async function recordHost(runtime: Runtime, receipt: Receipt): Promise<Receipt> {
  const journal = openJournal(receipt, await runtime.store(), runtime.clock);
  for (const [index, { status }] of pendingEntries(receipt.entries))
    await journal.record(index, status, { host: 'undone' });
  return journal.receipt;
}
