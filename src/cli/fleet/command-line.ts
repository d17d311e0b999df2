import type { CommandName, FleetSettings, Settings } from '../../core/settings.js';
import type { GivenFlag } from '../tell/command-line.js';
import { commandLineFor, valued } from '../tell/command-line.js';

/** Ids that a command line has room for. */
const most = 20;

/** The flags that mean the same instances again. */
function targetFlags({ instanceIds, instanceTags, asg, instancesFile }: FleetSettings): readonly GivenFlag[] {
  const many = instanceIds.length > most;
  return [
    ...(many ? [] : instanceIds.flatMap((id) => valued('--instance-id', id))),
    ...valued('--instances-file', many && instancesFile === null ? '-' : null),
    ...instanceTags.flatMap(([key, value]) => valued('--instance-tag', `${key}=${value}`)),
    ...valued('--asg', asg),
    ...valued('--instances-file', instancesFile),
  ];
}

/** The command that repeats or continues a run about many instances, ready to paste. */
export function fleetCommandLine(settings: Settings, region: string, command: CommandName): string {
  return commandLineFor(targetFlags(settings), settings, region, command);
}
