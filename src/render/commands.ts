import type { CloudGoal, Goal } from '../core/goal.js';
import type { Plan } from '../core/plan.js';
import { shellWord } from '../core/text/shell-word.js';
import { scriptedChange } from './change-command.js';

/** Shell functions that the script uses, by the name of their file in `templates/commands` without `.sh`. */
export const commandFunctions = ['until-visible', 'until-released', 'association-of'] as const;

/** What a script is made of. */
export interface ScriptInput {
  readonly goal: Goal & { readonly cloud: CloudGoal };
  readonly plan: Plan;
  /** The texts of {@link commandFunctions}. */
  readonly functions: Readonly<Record<(typeof commandFunctions)[number], string>>;
  /** What is left to do on the instance, as a person would type it. */
  readonly next: string;
  readonly version: string;
}

function head({ goal, version }: ScriptInput): string {
  const { settings, region, cloud } = goal;
  const profile = settings.profile === null ? '' : `export AWS_PROFILE=${shellWord(settings.profile)}\n`;
  const { account } = cloud.identity;
  const refusal = `these credentials are not of the account ${account}`;
  return `#!/usr/bin/env bash
# The account's half of a set-up by openclaw-bedrock-setup ${version}, as commands of the AWS CLI. What is in place
# already is left out. Where it stops half-way, render it again: the new one has only the rest.
set -euo pipefail

export AWS_REGION=${shellWord(region)} AWS_DEFAULT_REGION=${shellWord(region)} AWS_PAGER=
${profile}
if [ "$(aws sts get-caller-identity --query Account --output text)" != ${shellWord(account)} ]; then
  echo ${shellWord(refusal)} >&2
  exit 1
fi
`;
}

/** The plan's cloud half as a bash script that stops at the first error. */
export function commandsScript(input: ScriptInput): string {
  const { goal, plan, functions, next } = input;
  const commands = plan.steps.flatMap(({ step, changes }) =>
    changes.flatMap(({ op }) => scriptedChange(step, op, goal) ?? []),
  );
  const body = commands.join('\n');
  const used = commandFunctions.filter((name) => body.includes(`${name.replaceAll('-', '_')} `));
  return [
    head(input),
    ...used.map((name) => functions[name]),
    ...(commands.length === 0 ? ['# Everything in the account is in place already.\n'] : [body]),
    `printf '%s\\n' 'next, on the instance:' ${shellWord(next)}\n`,
  ].join('\n');
}
