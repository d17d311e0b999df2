import type { Finding } from '../../core/finding.js';
import type { Instance } from '../../ports/ec2.js';
import { idsText } from '../../core/text/ids.js';

/** Hosts that are still there, and what is said of those that are not. */
export interface Remaining {
  readonly present: readonly string[];
  /** Those of them that do not run, by their state: their agents do not answer now. */
  readonly asleep: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/** States that an instance does not come back from; its disks go with it, or outlive it detached. */
const ended: readonly string[] = ['terminated', 'shutting-down'];

/** Why EC2 may not know an instance that somebody names. */
export const whyMissing =
  'it is in another region or another account, or it was terminated an hour ago or more';

function finding(
  code: string,
  ids: readonly string[],
  { what, cause, fix }: { readonly what: string; readonly cause: string; readonly fix: string },
): readonly Finding[] {
  if (ids.length === 0) return [];
  const message = `${idsText(ids)}: ${what}, so the host half is not put back there`;
  return [{ id: 'host', status: 'warn', code, message, cause, who: 'you', fix }];
}

/** Those of the instances that do not run, by their state. */
export function asleepOf(
  instances: readonly { readonly id: string; readonly state: string | null }[],
): ReadonlyMap<string, string> {
  const asleep = instances.flatMap(({ id, state }): (readonly [string, string])[] =>
    state === null || state === 'running' || state === 'pending' ? [] : [[id, state]],
  );
  return new Map(asleep);
}

const terminated = {
  what: 'terminated',
  cause: 'nothing runs there any more',
  fix: 'nothing to do: what was changed there is gone with it',
} as const;

/**
 * Sorts out instances whose host half nobody can put back any more: those that end or have ended, and those that the region
 * does not have; none where it is not known what there is (`null`). EC2 shows a terminated instance for about an hour
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/how-ec2-instance-termination-works.html).
 */
export function withoutGone(
  ids: readonly string[],
  instances: readonly Instance[] | null,
  region: string,
): Remaining {
  if (instances === null) return { present: ids, asleep: new Map(), findings: [] };
  const states = new Map(instances.map(({ id, state }) => [id, state]));
  const over = ids.filter((id) => ended.includes(states.get(id) ?? ''));
  const missing = ids.filter((id) => !states.has(id));
  const away = new Set([...over, ...missing]);
  const present = ids.filter((id) => !away.has(id));
  const elsewhere = `not in the region ${region} of this account`;
  return {
    present,
    asleep: asleepOf(instances.filter(({ id }) => present.includes(id))),
    findings: [
      ...finding('INSTANCE_WRONG_STATE', over, terminated),
      ...finding('INSTANCE_NOT_FOUND', missing, {
        what: elsewhere,
        cause: whyMissing,
        fix: 'take it off the list',
      }),
    ],
  };
}
