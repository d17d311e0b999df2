import { shellWord } from '../../core/text/shell-word.js';
import type { CommandName, FleetSettings, Settings } from '../../core/settings.js';
import { commandLine } from '../tell/command-line.js';

/** Ids that a command line has room for. */
const most = 20;

/** The flags that mean the same instances again. */
function targetWords({ instanceIds, instanceTags, asg, instancesFile }: FleetSettings): readonly string[] {
  const many = instanceIds.length > most;
  return [
    ...(many ? [] : instanceIds.flatMap((id) => ['--instance-id', id])),
    ...(many && instancesFile === null ? ['--instances-file', '-'] : []),
    ...instanceTags.flatMap(([key, value]) => ['--instance-tag', `${key}=${value}`]),
    ...(asg === null ? [] : ['--asg', asg]),
    ...(instancesFile === null ? [] : ['--instances-file', instancesFile]),
  ];
}

/** The command that repeats or continues a run about many instances, ready to paste. */
export function fleetCommandLine(settings: Settings, region: string, command: CommandName): string {
  const target = { here: null, instanceId: null, region, cloud: true, host: false };
  const words = targetWords(settings).map(shellWord).join(' ');
  const bare = commandLine(settings, target, command);
  const head = command === 'setup' ? settings.program : `${settings.program} ${command}`;
  return `${head} ${words}${bare.slice(head.length)}`;
}
