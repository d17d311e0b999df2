import type { CommandName, Settings } from '../../core/settings.js';
import { elsewhere } from '../look/target.js';
import { commandLine } from '../tell/command-line.js';

/** The command that repeats or continues a run about many instances, ready to paste. */
export function fleetCommandLine(settings: Settings, region: string, command: CommandName): string {
  return commandLine(settings, elsewhere(region), command);
}
