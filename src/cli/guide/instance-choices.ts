import { arnName } from '../../core/policy/arn.js';
import type { Instance } from '../../ports/ec2.js';
import type { Choice } from '../../ports/prompt.js';

function byUse(left: Instance, right: Instance): number {
  const running = Number(right.state === 'running') - Number(left.state === 'running');
  if (running !== 0) return running;
  const [ours, theirs] = [left.name ?? '', right.name ?? ''];
  if ((ours === '') !== (theirs === '')) return ours === '' ? 1 : -1;
  return ours.localeCompare(theirs, 'en', { numeric: true }) || left.id.localeCompare(right.id, 'en');
}

/** Instances as choices: running ones first, then by name; with id, state and current profile. */
export function instanceChoices(instances: readonly Instance[]): readonly Choice[] {
  return [...instances].sort(byUse).map(({ id, name, state, profileArn }) => {
    const profile = profileArn === null ? 'no profile' : `profile ${arnName(profileArn)}`;
    const hint = [...(name === null ? [] : [id]), state, profile].join('  ');
    return { value: id, label: name ?? id, hint };
  });
}
