import { valueFlags } from '../../src/cli/arguments/flags.js';
import { switches } from '../../src/cli/arguments/switches.js';

interface AnyFlag {
  readonly help: string;
  readonly commands: readonly string[];
  readonly placeholder?: string;
  readonly negatable?: boolean;
}

const flags: readonly (readonly [string, AnyFlag])[] = [
  ...Object.entries<AnyFlag>(valueFlags),
  ...Object.entries<AnyFlag>(switches),
];

const everyCommand = new Set(flags.flatMap(([, { commands }]) => commands));

/** Names of all flags, without the dashes. */
export const flagNames: readonly string[] = [
  ...flags.map(([name]) => name),
  ...flags.flatMap(([name, { negatable }]) => (negatable === true ? [`no-${name}`] : [])),
  'help',
  'version',
];

function row([name, { help, commands, placeholder, negatable }]: readonly [string, AnyFlag]): string {
  const value = placeholder === undefined ? '' : ` ${placeholder}`;
  const where = commands.length === everyCommand.size ? 'all' : commands.join(', ');
  return `| \`--${negatable === true ? '[no-]' : ''}${name}${value}\` | ${help.replaceAll('|', '\\|')} | ${where} |`;
}

const head = '| flag | meaning (default) | commands |\n|---|---|---|\n';
const always = '| `-h, --help` | the help of a command | all |\n| `-V, --version` | the version | all |\n';

/** A paper with its table of flags as the program has them. */
export function withFlags(paper: string): string {
  const table = `${head}${flags.map((flag) => `${row(flag)}\n`).join('')}${always}`;
  return paper.replace(/\| flag \| meaning \(default\) .*\n(?:\|.*\n)+/u, () => table);
}
