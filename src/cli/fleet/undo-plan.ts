import type { ChangeResult } from '../../core/change-result.js';
import type { Receipt, ReceiptEntry } from '../../core/receipt.js';
import { instanceOf } from '../../core/receipt.js';
import type { Report } from '../../core/report.js';
import { bareInstance, emptyReport } from '../../core/report.js';
import { thousands } from '../../core/text/thousands.js';
import { inverseActions, undoOrder } from '../../core/undo.js';
import type { Runtime } from '../runtime.js';
import { describeFleetStep } from './steps.js';
import { idsText, instancesText } from '../../core/text/ids.js';

/** An entry of a receipt with its number. */
export type Numbered = readonly [number, ReceiptEntry];

/** Something that instances share. */
export interface Shared {
  readonly numbered: Numbered;
  /** How many of them keep it; none: it is taken back. */
  readonly keeping: number;
  /** Ids of those, where it says whom it is for. */
  readonly instances: readonly string[] | null;
}

/** What of a receipt is taken back. */
export interface Chosen {
  /** Instances of which something is taken back, or which no longer share what others keep. */
  readonly ids: readonly string[];
  /** Of each instance, what is taken back first before what. */
  readonly own: ReadonlyMap<string, readonly Numbered[]>;
  readonly shared: readonly Shared[];
}

/**
 * What of a receipt is about the wanted instances, all of it for `null`, but for those that are `left` as they are, since their
 * hosts were not reached; what instances share goes with the last of them.
 */
export function choose(
  receipt: Receipt,
  wanted: readonly string[] | null,
  left: ReadonlySet<string> = new Set(),
): Chosen {
  const only = wanted === null ? null : new Set(wanted);
  const stays = (id: string): boolean => left.has(id) || (only !== null && !only.has(id));
  const own = new Map<string, Numbered[]>();
  const common: Numbered[] = [];
  const others = new Set<string>(left);
  for (const numbered of undoOrder(receipt.entries)) {
    const id = instanceOf(numbered[1]);
    if (id === null) common.push(numbered);
    else if (stays(id)) others.add(id);
    else own.set(id, [...(own.get(id) ?? []), numbered]);
  }
  const shared = common.map((numbered): Shared => {
    const instances = numbered[1].instances?.filter(stays) ?? null;
    return { numbered, keeping: instances?.length ?? others.size, instances };
  });
  const sharing = common.flatMap(([, { instances = [] }]) => instances).filter((id) => !stays(id));
  return { ids: [...new Set([...own.keys(), ...sharing])], own, shared };
}

function entriesById({ entries }: Receipt): ReadonlyMap<string, readonly ReceiptEntry[]> {
  const byId = new Map<string, ReceiptEntry[]>();
  for (const entry of entries) {
    const id = instanceOf(entry);
    if (id !== null) byId.set(id, [...(byId.get(id) ?? []), entry]);
  }
  return byId;
}

/** What a receipt tells of hosts. */
export interface HostRecord {
  /** Their half was put back before, when Systems Manager still reached them. */
  readonly done: ReadonlySet<string>;
  /** As far as the receipt tells, nothing of their account's half came about, so that nothing was begun there. */
  readonly unbegun: ReadonlySet<string>;
}

/** What a receipt tells of the hosts of the instances that it is about. */
export function hostRecord(receipt: Receipt): HostRecord {
  const byId = [...entriesById(receipt)];
  const those = (test: (entry: ReceiptEntry) => boolean): ReadonlySet<string> =>
    new Set(byId.flatMap(([id, entries]) => (entries.every(test) ? [id] : [])));
  return {
    done: those(({ status, host }) => status === 'undone' || host === 'undone'),
    unbegun: those(({ status }) => status === 'failed' || status === 'intended'),
  };
}

/** The report of an undo of which nothing is done yet. */
export function preview(runtime: Runtime, receipt: Receipt, { ids, own, shared }: Chosen): Report {
  const { account, region } = receipt.target;
  const holding = [...own.keys()];
  const rows = shared.map(({ numbered: [, { step, action, target }], keeping }): ChangeResult => {
    const whom = keeping === 1 ? 'another instance' : `${thousands(keeping)} other instances`;
    const detail = keeping > 0 ? `kept for ${whom}` : `${action} is taken back`;
    const status = keeping > 0 ? 'skipped' : 'planned';
    return { step, ...describeFleetStep(step), action: inverseActions[action], target, detail, status };
  });
  const instances: ChangeResult = {
    step: 'association',
    ...describeFleetStep('association'),
    action: 'delete',
    target: instancesText(holding),
    detail: idsText(holding),
    status: 'planned',
  };
  return {
    ...emptyReport('undo', runtime.settings.mock),
    account,
    region,
    instances: ids.map((id) => ({ ...bareInstance(id), status: 'planned' })),
    changes: [...(holding.length === 0 ? [] : [instances]), ...rows],
  };
}
