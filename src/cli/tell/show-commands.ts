import type { Goal } from '../../core/goal.js';
import type { PlannedStep } from '../../core/plan.js';
import { oneLine } from '../../core/text/scrub.js';
import { shellWord } from '../../core/text/shell-word.js';
import type { WriteChange } from '../../render/change-command.js';
import type { Prepared } from '../look/prepare.js';
import type { Runtime } from '../runtime.js';

/** Each change that is a command of the AWS CLI as that command, below a comment that names it. */
export function changeBlocks(
  steps: readonly PlannedStep[],
  goal: Goal,
  write: WriteChange,
): readonly string[] {
  return steps.flatMap(({ step, title, changes }) =>
    changes.flatMap(({ op, action, target }) => {
      const command = write(step, op, goal);
      return command === null ? [] : [`# ${title}: ${action} ${oneLine(target)}\n${command}`];
    }),
  );
}

/** Commands with their comments as they are shown, behind the region that they are for; says so where there are none. Ends with an empty line. */
export function blocksText(blocks: readonly string[], region: string): string {
  if (blocks.length === 0) return '\n# There is nothing to change in the account.\n\n';
  const word = shellWord(region);
  // Version 1 of the AWS CLI reads the second one only.
  return `\nexport AWS_REGION=${word} AWS_DEFAULT_REGION=${word}\n${blocks.join('\n')}\n`;
}

/**
 * With `--show-commands`: what each change in the account would be as a command of the AWS CLI, below a comment that names
 * it; else nothing. Ends with an empty line.
 */
export async function commandsText(
  { settings }: Pick<Runtime, 'settings'>,
  { goal, plan }: Pick<Prepared, 'goal' | 'plan'>,
): Promise<string> {
  if (!settings.showCommands) return '';
  const { typedChange } = await import('../../render/change-command.js');
  return blocksText(changeBlocks(plan.steps, goal, typedChange), goal.region);
}
