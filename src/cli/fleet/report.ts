import type { ChangeResult, ChangeStatus } from '../../core/change-result.js';
import { plannedResults } from '../../core/change-result.js';
import { arnName } from '../../core/policy/arn.js';
import type { Change } from '../../core/change.js';
import type { InstanceStatus, Report, ReportInstance } from '../../core/report.js';
import { emptyReport } from '../../core/report.js';
import { idsText, instancesText } from '../../core/text/ids.js';
import { thousands } from '../../core/text/thousands.js';
import type { Runtime } from '../runtime.js';
import type { Failure, Outcomes } from './failures.js';
import { failuresByCode, failuresOf, failureText } from './failures.js';
import type { Member, PreparedFleet } from './prepared.js';
import { changedRoles } from './sharing.js';

interface Alike {
  readonly title: string;
  readonly change: Change | null;
  readonly status: ChangeStatus;
  readonly step: ChangeResult['step'];
  readonly ids: string[];
}

const shownStatus: Readonly<Record<InstanceStatus, ChangeStatus>> = {
  planned: 'planned',
  done: 'applied',
  'in-place': 'in-place',
  failed: 'failed',
  skipped: 'skipped',
};

/** What an instance's change comes to for one that is like it; the id at its beginning is another one each time. */
function rest({ instance }: Member, { target }: Change): string {
  return target.startsWith(instance.id) ? target.slice(instance.id.length) : ` ${target}`;
}

/** The rows of the instances' own changes, those that are alike in one. */
function ownRows({ groups }: PreparedFleet, outcomes: Outcomes): readonly ChangeResult[] {
  const rows = new Map<string, Alike & { readonly rest: string }>();
  const add = (row: Omit<Alike, 'ids'> & { readonly rest: string }, id: string): void => {
    const key = JSON.stringify([row.step, row.rest, row.change?.action, row.change?.detail, row.status]);
    const known = rows.get(key);
    if (known === undefined) rows.set(key, { ...row, ids: [id] });
    else known.ids.push(id);
  };
  for (const { goal, members } of groups)
    for (const member of members) {
      const { id } = member.instance;
      const now = outcomes.get(id)?.status ?? (member.steps.length === 0 ? 'in-place' : 'planned');
      const status = shownStatus[now];
      if (member.steps.length === 0) {
        const place = ` -> ${goal.cloud.profile.name}`;
        add({ step: 'association', title: 'association', change: null, status: 'in-place', rest: place }, id);
      }
      for (const { step, title, changes } of member.steps)
        for (const change of changes) add({ step, title, change, status, rest: rest(member, change) }, id);
    }
  return [...rows.values()].map(({ step, title, change, status, ids, rest: end }) => ({
    step,
    lane: 'cloud',
    title,
    action: change?.action ?? 'none',
    target: `${instancesText(ids)}${end}`,
    detail: detailOf(ids, change),
    status,
  }));
}

function detailOf(ids: readonly string[], change: Change | null): string {
  if (ids.length === 1) return change?.detail ?? 'in place';
  const instead = change?.action === 'replace' ? `${change.detail}: ` : '';
  return `${instead}${idsText(ids)}`;
}

function failedRows(failures: readonly Failure[]): readonly ChangeResult[] {
  return failuresByCode(failures).map(({ error, ids }) => ({
    step: 'association',
    lane: 'cloud',
    title: 'failed',
    action: 'none',
    target: instancesText(ids),
    detail: failureText(error, ids),
    status: 'failed',
  }));
}

function instanceRows(prepared: PreparedFleet, outcomes: Outcomes): readonly ReportInstance[] {
  const { groups, refused, fleet } = prepared;
  const changed = changedRoles(prepared);
  const rows = new Map<string, ReportInstance>();
  for (const { goal, members } of groups)
    for (const { instance, association, steps } of members) {
      const { id, name, state } = instance;
      const inPlace = steps.length === 0 && !changed.has(goal.cloud.role.name);
      const { status, error } = outcomes.get(id) ?? { status: inPlace ? 'in-place' : 'planned' };
      const had = association === null ? null : arnName(association.profileArn);
      const profile = status === 'done' ? goal.cloud.profile.name : had;
      rows.set(id, { id, name, state, profile, status, ...(error === undefined ? {} : { error }) });
    }
  for (const { id, instance, error } of refused) {
    const { name = null, state = null, profileArn = null } = instance ?? {};
    const profile = profileArn === null ? null : arnName(profileArn);
    rows.set(id, { id, name, state, profile, status: 'failed', error });
  }
  const order = [...fleet.instances.map(({ id }) => id), ...fleet.missing];
  return order.flatMap((id) => rows.get(id) ?? []);
}

/** The report of a fleet: what is shared, the instances by what is alike, and each instance by itself. */
export function fleetReport(
  runtime: Runtime,
  prepared: PreparedFleet,
  shared: readonly ChangeResult[] = plannedResults(prepared.groups.flatMap((group) => group.shared)),
  outcomes: Outcomes = new Map(),
): Report {
  const { settings } = runtime;
  const failures = failuresOf(prepared, outcomes);
  return {
    ...emptyReport(settings.command, settings.mock),
    account: prepared.identity.account,
    region: prepared.fleet.region,
    instances: instanceRows(prepared, outcomes),
    changes: [...shared, ...ownRows(prepared, outcomes), ...failedRows(failures)],
  };
}

/** How many instances ended how: `Instances: 9,412 done, 500 in place, 3 failed`; empty for none. */
export function tally(instances: readonly ReportInstance[]): string {
  const words = {
    done: 'done',
    'in-place': 'in place',
    failed: 'failed',
    skipped: 'skipped',
    planned: 'to do',
  };
  const statuses = ['planned', 'done', 'in-place', 'failed', 'skipped'] as const;
  const counts = statuses
    .map((status) => [instances.filter((one) => one.status === status).length, words[status]] as const)
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${thousands(number)} ${word}`);
  return counts.length === 0 ? '' : `Instances: ${counts.join(', ')}`;
}
