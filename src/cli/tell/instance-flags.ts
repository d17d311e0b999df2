import type { FleetSettings } from '../../core/settings.js';
import type { GivenFlag } from './given-flags.js';
import { valued } from './given-flags.js';

/** Ids that a command line has room for. */
const most = 20;

/** The flags that mean the same instances again: one, many or none. */
export function instanceFlags({
  instanceIds,
  instanceTags,
  asg,
  instancesFile,
}: FleetSettings): readonly GivenFlag[] {
  const many = instanceIds.length > most;
  return [
    ...(many ? [] : instanceIds.flatMap((id) => valued('--instance-id', id))),
    ...valued('--instances-file', many && instancesFile === null ? '-' : null),
    ...instanceTags.flatMap(([key, value]) => valued('--instance-tag', `${key}=${value}`)),
    ...valued('--asg', asg),
    ...valued('--instances-file', instancesFile),
  ];
}
