import type { Settings } from '../../core/settings.js';
import { checkTogether } from './contradictions.js';
import type { Outside } from './layers.js';
import { layered } from './layers.js';
import type { RunRequest } from './parse.js';
import { programOf } from './program.js';
import { settingsOf } from './settings.js';
import { Values } from './values.js';

/**
 * The settings of a run. What its argument list leaves open is taken from `outside`: a variable, then the config file. Throws usage
 * errors (exit 2).
 */
export function completeSettings({ command, given, render }: RunRequest, outside: Outside | null): Settings {
  const { values, configFile } = layered(command, given, outside);
  const program = programOf(outside?.environment ?? {});
  const settings = settingsOf(command, new Values(values), render, configFile, program);
  checkTogether(settings);
  return settings;
}
