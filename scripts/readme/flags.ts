import type { AnyFlag } from '../../src/cli/arguments/flag.js';
import { flags } from '../../src/cli/arguments/flag-table.js';

const everyCommand = new Set(flags.flatMap(([, { commands }]) => commands));

function isNegatable(flag: AnyFlag): boolean {
  return flag.kind === 'switch' && flag.negatable === true;
}

/** Names of all flags, without the dashes. */
export const flagNames: readonly string[] = [
  ...flags.map(([name]) => name),
  ...flags.flatMap(([name, flag]) => (isNegatable(flag) ? [`no-${name}`] : [])),
  'help',
  'version',
];

function row([name, flag]: readonly [string, AnyFlag]): string {
  const { help, commands } = flag;
  const value = flag.kind === 'switch' ? '' : ` ${flag.placeholder}`;
  const where = commands.length === everyCommand.size ? 'all' : commands.join(', ');
  return `| \`--${isNegatable(flag) ? '[no-]' : ''}${name}${value}\` | ${help.replaceAll('|', '\\|')} | ${where} |`;
}

const head = '| flag | meaning (default) | commands |\n|---|---|---|\n';
const always = '| `-h, --help` | the help of a command | all |\n| `-V, --version` | the version | all |\n';

/** A paper with its table of flags as the program has them. */
export function withFlags(paper: string): string {
  const table = `${head}${flags.map((flag) => `${row(flag)}\n`).join('')}${always}`;
  return paper.replace(/\| flag \| meaning \(default\) .*\n(?:\|.*\n)+/u, () => table);
}
