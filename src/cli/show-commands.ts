import { oneLine } from '../core/scrub.js';
import type { Prepared } from './prepare.js';
import type { Runtime } from './runtime.js';

/**
 * With `--show-commands`: what each change in the account would be as a command of the AWS CLI, below a comment that names
 * it; else nothing. Ends with an empty line.
 */
export async function commandsText(
  { settings }: Pick<Runtime, 'settings'>,
  { goal, plan }: Pick<Prepared, 'goal' | 'plan'>,
): Promise<string> {
  if (!settings.showCommands) return '';
  const { changeCommand } = await import('../render/commands.js');
  const shown = plan.steps.flatMap(({ step, title, changes }) =>
    changes.flatMap(({ op, action, target }) => {
      const command = changeCommand(step, op, goal);
      return command === '' ? [] : [`# ${title}: ${action} ${oneLine(target)}\n${command}`];
    }),
  );
  const head = shown.length === 0 ? '# No change in the account is a command of the AWS CLI.\n' : '';
  return `\n${head}${shown.join('\n')}\n`;
}
