import { fold } from '../../adapters/output/fold.js';
import type { HelpTopic } from '../../core/settings.js';
import { toolName as program } from '../../version.js';
import { flagsOf } from './flag-table.js';

/** What each command does, in one line. */
export const summaries: Record<HelpTopic, string> = {
  setup: 'look, show the plan, ask, apply it and prove it (the default)',
  plan: 'show what setup would change; reads, never writes',
  verify: 'prove it: from instance metadata to a real model call',
  undo: 'put back what this tool changed, and nothing else',
  render: 'print the same as a policy, a script or infrastructure code',
  'mock-aws': 'serve the embedded AWS on loopback and print what to export',
  completion: 'print what lets a shell complete commands: bash, zsh or fish',
};

const examples: Record<HelpTopic, readonly string[]> = {
  setup: [
    `${program} --instance-id i-0abc1234def567890`,
    `${program} --instance-id i-0abc1234def567890 --model sonnet --yes`,
    `${program} --cloud skip  on the box, without operator credentials`,
    `${program} --mock        the whole run, without an account`,
  ],
  plan: [
    `${program} plan --instance-id i-0abc1234def567890`,
    `${program} plan --instance-id i-0abc1234def567890 --json --exit-code`,
  ],
  verify: [`${program} verify`, `${program} verify --model sonnet --json`],
  undo: [`${program} undo --instance-id i-0abc1234def567890`, `${program} undo --dry-run`],
  render: [
    `${program} render policy --account 111122223333 --region us-east-1`,
    `${program} render operator-policy --instance-id i-0abc1234def567890`,
    `${program} render commands --instance-id i-0abc1234def567890`,
    `${program} render user-data --model sonnet`,
    `${program} render cloudformation`,
    `${program} render terraform --output ./openclaw-bedrock`,
  ],
  'mock-aws': [`${program} mock-aws --port 5055`, `${program} mock-aws > aws.env &    then: . ./aws.env`],
  completion: [
    `${program} completion bash > ~/.local/share/bash-completion/completions/${program}`,
    `${program} completion zsh > ~/.zfunc/_${program}                    a folder of fpath`,
    `${program} completion fish > ~/.config/fish/completions/${program}.fish`,
  ],
};

const exitCodes =
  'exit codes: 0 done, 1 failed, 2 usage or input needed, 3 changes pending, 4 declined, 5 credentials or permissions, 130 interrupted';

const elsewhere =
  'Each flag can also stand in a variable (OPENCLAW_BEDROCK_SETUP_REGION=us-east-1), and all but those that agree for you in ' +
  'openclaw-bedrock-setup.json ({ "region": "us-east-1" }). The command line comes first, then the variable, then the file.';

function rows(topic: HelpTopic): readonly (readonly [string, string])[] {
  const flags = topic === 'completion' ? [] : flagsOf(topic);
  const shown = flags.map(([name, flag]) => {
    if (flag.kind !== 'switch') return [`--${name} ${flag.placeholder}`, flag.help] as const;
    return [`--${flag.negatable === true ? '[no-]' : ''}${name}`, flag.help] as const;
  });
  return [...shown, ['-h, --help', 'this text'], ['-V, --version', 'the version']];
}

/** Two columns. Where the right one would be too narrow to read, it is left to the terminal to break. */
function table(lines: readonly (readonly [string, string])[], columns: number): string {
  const width = Math.max(...lines.map(([left]) => left.length));
  const room = columns - width - 4;
  const rest = `\n${' '.repeat(width + 4)}`;
  return lines
    .map(([left, right]) => `  ${left.padEnd(width)}  ${room < 24 ? right : fold(right, room).join(rest)}`)
    .join('\n');
}

function exampleLines(topic: HelpTopic): string {
  return `examples:\n${examples[topic].map((line) => `  ${line}`).join('\n')}`;
}

function ofCommand(topic: HelpTopic, columns: number): string[] {
  return [
    fold(`${topic}: ${summaries[topic]}`, columns).join('\n'),
    exampleLines(topic),
    `flags:\n${table(rows(topic), columns)}`,
    ...(topic === 'completion' || topic === 'mock-aws' ? [] : [fold(elsewhere, columns).join('\n')]),
  ];
}

/** The help of the tool as a whole: examples, then what there is. It fits a terminal of 80 columns and 24 rows. */
function overview(columns: number): string[] {
  return [
    fold(
      "Sets up an EC2 instance so that OpenClaw uses Amazon Bedrock through the instance's role.",
      columns,
    ).join('\n'),
    exampleLines('setup'),
    `commands:\n${table(Object.entries(summaries), columns)}`,
    `the flags of a command: ${program} setup --help`,
  ];
}

/**
 * The help text of a command, or of the tool as a whole; examples first. Prose is broken to so many columns. Ends with a line
 * break.
 */
export function helpText(topic: HelpTopic | null, columns = Number.POSITIVE_INFINITY): string {
  const parts = topic === null ? overview(columns) : ofCommand(topic, columns);
  return `${[...parts, fold(exitCodes, columns).join('\n')].join('\n\n')}\n`;
}
