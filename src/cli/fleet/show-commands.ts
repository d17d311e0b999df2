import { thousands } from '../../core/text/thousands.js';
import type { WriteChange } from '../../render/change-command.js';
import type { Runtime } from '../runtime.js';
import { blocksText, changeBlocks } from '../tell/show-commands.js';
import type { FleetGroup, PreparedFleet } from './prepared.js';

/** Ids that a loop names all of. */
const most = 20;

/** Ids that stand for more. */
const examples = 3;

/** One command for many instances, in which `"$instance"` is their id. */
function loop(command: string, ids: readonly string[]): string {
  const all = ids.length <= most;
  const named = (all ? ids : ids.slice(0, examples)).join(' ');
  const rest = all ? '' : ` # and ${thousands(ids.length - examples)} more: plan --json names them all`;
  const body = command.trimEnd().replaceAll(/^/gmu, '  ');
  return `for instance in ${named}; do${rest}\n${body}\ndone\n`;
}

/** What instances need for themselves; those that need the same are shown together. */
function ownBlocks({ goal, members }: FleetGroup, write: WriteChange): readonly string[] {
  const alike = new Map<string, { readonly head: string; readonly first: string; readonly ids: string[] }>();
  for (const { instance, steps } of members)
    for (const { step, title, changes } of steps)
      for (const { op, action } of changes) {
        const first = write(step, op, goal);
        if (first === null) continue;
        const command = first.replaceAll(instance.id, '"$instance"');
        const known = alike.get(command);
        if (known !== undefined) known.ids.push(instance.id);
        else alike.set(command, { head: `# ${title}: ${action}`, first, ids: [instance.id] });
      }
  return [...alike].map(([command, { head, first, ids }]) =>
    ids.length === 1
      ? `${head} ${ids.join(' ')}\n${first}`
      : `${head} ${thousands(ids.length)} instances\n${loop(command, ids)}`,
  );
}

/**
 * With `--show-commands`: what each change in the account would be as a command of the AWS CLI, one loop for instances that
 * need the same; else nothing. Ends with an empty line.
 */
export async function fleetCommandsText(
  { settings }: Pick<Runtime, 'settings'>,
  { groups }: Pick<PreparedFleet, 'groups'>,
): Promise<string> {
  if (!settings.showCommands) return '';
  const { typedChange } = await import('../../render/change-command.js');
  return blocksText(
    groups.flatMap((group) => [
      ...changeBlocks(group.shared, group.goal, typedChange),
      ...ownBlocks(group, typedChange),
    ]),
    groups[0]?.goal.region ?? '',
  );
}
