import type { ChangeResult, ChangeStatus } from '../../core/change-result.js';
import { plannedResults } from '../../core/change-result.js';
import { arnName } from '../../core/policy/arn.js';
import type { ErrorDetails } from '../../core/errors.js';
import { ExitCode } from '../../core/errors.js';
import type { Change } from '../../core/change.js';
import type { InstanceStatus, Report, ReportInstance } from '../../core/report.js';
import { emptyReport } from '../../core/report.js';
import { thousands } from '../../core/text/thousands.js';
import type { Runtime } from '../runtime.js';
import type { Member, PreparedFleet } from './prepared.js';

/** What became of an instance, by its id, where something did. */
export type Outcomes = ReadonlyMap<
  string,
  { readonly status: InstanceStatus; readonly error?: ErrorDetails }
>;

/** How many ids stand for all. */
const examples = 3;

/** A few ids in place of all. */
export function idsText(ids: readonly string[]): string {
  const more = ids.length - examples;
  const shown = ids.slice(0, more > 1 ? examples : examples + 1).join(', ');
  return more > 1 ? `${shown} and ${thousands(more)} more` : shown;
}

/** One id by itself, of several how many. */
export function instancesText(ids: readonly string[]): string {
  return ids.length === 1 ? (ids[0] ?? '') : `${thousands(ids.length)} instances`;
}

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

/** Failures by their code, each with the ids. */
export function failuresByCode(
  failures: readonly { readonly id: string; readonly error: ErrorDetails }[],
): readonly { readonly error: ErrorDetails; readonly ids: readonly string[] }[] {
  const byCode = new Map<string, { readonly error: ErrorDetails; readonly ids: string[] }>();
  for (const { id, error } of failures) {
    const known = byCode.get(error.code);
    if (known === undefined) byCode.set(error.code, { error, ids: [id] });
    else known.ids.push(id);
  }
  return [...byCode.values()];
}

/** Every instance that failed or was refused, with its error. */
export function failuresOf(
  { refused }: Pick<PreparedFleet, 'refused'>,
  outcomes: Outcomes,
): readonly { readonly id: string; readonly error: ErrorDetails }[] {
  const failed = [...outcomes].flatMap(([id, { status, error }]) =>
    status === 'failed' && error !== undefined ? [{ id, error }] : [],
  );
  return [...refused.map(({ id, error }) => ({ id, error })), ...failed];
}

function failedRows(failures: ReturnType<typeof failuresOf>): readonly ChangeResult[] {
  return failuresByCode(failures).map(({ error, ids }) => ({
    step: 'association',
    lane: 'cloud',
    title: 'failed',
    action: 'none',
    target: instancesText(ids),
    detail: ids.length === 1 ? error.message : `${error.code}: ${idsText(ids)}; ${error.why}`,
    status: 'failed',
  }));
}

function instanceRows(
  { groups, refused, fleet }: PreparedFleet,
  outcomes: Outcomes,
): readonly ReportInstance[] {
  const rows = new Map<string, ReportInstance>();
  for (const { goal, members } of groups)
    for (const { instance, association, steps } of members) {
      const { id, name, state } = instance;
      const planned = steps.length === 0 ? 'in-place' : 'planned';
      const { status, error } = outcomes.get(id) ?? { status: planned };
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

/** How many instances ended how: `9,412 done, 500 in place, 3 failed`. */
export function tally(instances: readonly ReportInstance[]): string {
  const words = {
    done: 'done',
    'in-place': 'in place',
    failed: 'failed',
    skipped: 'skipped',
    planned: 'to do',
  };
  const statuses = ['planned', 'done', 'in-place', 'failed', 'skipped'] as const;
  return statuses
    .map((status) => [instances.filter((one) => one.status === status).length, words[status]] as const)
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${thousands(number)} ${word}`)
    .join(', ');
}

/** The error of a run in which some instances failed; the only one, where all that were tried failed alike. */
export function partError(
  failures: readonly { readonly id: string; readonly error: ErrorDetails }[],
  instances: readonly ReportInstance[],
): ErrorDetails | null {
  const [first] = failures;
  if (first === undefined) return null;
  const isFine = ({ status }: ReportInstance): boolean => status === 'done' || status === 'in-place';
  if (!instances.some(isFine) && failuresByCode(failures).length === 1) return first.error;
  const codes = failuresByCode(failures).map(({ error, ids }) => `${error.code} (${thousands(ids.length)})`);
  return {
    code: 'PARTLY_DONE',
    message: `${thousands(failures.length)} of ${thousands(instances.length)} instances failed: ${codes.join(', ')}`,
    why: `${first.id}: ${first.error.message}`,
    fix: `${first.error.fix}; the same command again does only what is left`,
    exitCode: ExitCode.failed,
  };
}
