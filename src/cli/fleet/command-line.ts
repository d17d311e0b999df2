import type { ReportInstance } from '../../core/report.js';
import type { CommandName, Settings } from '../../core/settings.js';
import { elsewhere } from '../look/target.js';
import { commandLine } from '../tell/command-line.js';

/** The command that repeats or continues a run about many instances, ready to paste. */
export function fleetCommandLine(settings: Settings, region: string, command: CommandName): string {
  return commandLine(settings, elsewhere(region), command);
}

const over: ReadonlySet<string | null> = new Set(['terminated', 'shutting-down']);

/**
 * {@link fleetCommandLine} without the named instances that are gone, about which it would fail for ever; none where no other was
 * named.
 */
export function nextForFleet(
  settings: Settings,
  region: string,
  instances: readonly ReportInstance[],
): readonly string[] {
  const gone = new Set(
    instances.flatMap(({ id, state, error }) =>
      over.has(state) || error?.code === 'INSTANCE_NOT_FOUND' ? [id] : [],
    ),
  );
  const instanceIds = settings.instanceIds.filter((id) => !gone.has(id));
  if (settings.instanceIds.length > 0 && instanceIds.length === 0) return [];
  return [fleetCommandLine({ ...settings, instanceIds }, region, 'setup')];
}
