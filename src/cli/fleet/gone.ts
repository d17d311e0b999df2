import type { Finding } from '../../core/finding.js';
import type { Instance } from '../../ports/ec2.js';
import { idsText } from './report.js';

/** Hosts that are still there, and what is said of those that are not. */
export interface Remaining {
  readonly present: readonly string[];
  readonly findings: readonly Finding[];
}

/** States that an instance does not come back from; its disks go with it, or outlive it detached. */
const ended: readonly string[] = ['terminated', 'shutting-down'];

/** Why EC2 may not know an instance that somebody names. */
export const whyMissing =
  'it is in another region or another account, or it was terminated an hour ago or more';

function finding(code: string, ids: readonly string[], what: string, cause: string): readonly Finding[] {
  if (ids.length === 0) return [];
  const message = `${idsText(ids)}: ${what}, so the host half is not put back there`;
  return [{ id: 'host', status: 'warn', code, message, cause, who: 'you', fix: 'take it off the list' }];
}

/**
 * Sorts out instances whose host half nobody can put back any more: those that end or have ended, and those that the region
 * does not have. EC2 shows a terminated instance for about an hour
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/how-ec2-instance-termination-works.html).
 */
export function withoutGone(
  ids: readonly string[],
  instances: readonly Instance[],
  region: string,
): Remaining {
  const states = new Map(instances.map(({ id, state }) => [id, state]));
  const over = ids.filter((id) => ended.includes(states.get(id) ?? ''));
  const missing = ids.filter((id) => !states.has(id));
  const away = new Set([...over, ...missing]);
  return {
    present: ids.filter((id) => !away.has(id)),
    findings: [
      ...finding('INSTANCE_WRONG_STATE', over, 'terminated', 'nothing runs there any more'),
      ...finding('INSTANCE_NOT_FOUND', missing, `not in the region ${region} of this account`, whyMissing),
    ],
  };
}
