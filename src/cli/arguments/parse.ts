import { usageError } from '../../core/errors.js';
import type { CommandName, CompletionShell, HelpTopic, Settings } from '../../core/settings.js';
import { toolName } from '../../version.js';
import { checkTogether } from './contradictions.js';
import { flagNamed, flagOf } from './flag-table.js';
import type { Outside } from './layers.js';
import { layered } from './layers.js';
import { programOf } from './program.js';
import { readArguments } from './read.js';
import { settingsOf } from './settings.js';
import type { RawValues } from './values.js';
import { Values } from './values.js';
import { renderKindOf, shellOf, topicOf } from './words.js';

/** What an argument list asks for. */
export type Request =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly topic: HelpTopic | null }
  | { readonly kind: 'completion'; readonly shell: CompletionShell }
  | { readonly kind: 'run'; readonly settings: Settings };

/** What needs no look at the flags where nothing else is given: `parseArgs` takes Node a millisecond. */
const alone: ReadonlyMap<string, Request> = new Map([
  ['-V', { kind: 'version' }],
  ['--version', { kind: 'version' }],
  ['-h', { kind: 'help', topic: null }],
  ['--help', { kind: 'help', topic: null }],
]);

/** Throws FLAG_NOT_HERE for a flag that the command does not take. */
function refuseOthers(command: CommandName, given: RawValues): void {
  for (const name of Object.keys(given)) {
    const flag = flagOf(flagNamed(name));
    if (flag === null || flag.commands.includes(command)) continue;
    throw usageError(
      'FLAG_NOT_HERE',
      `${command} does not take --${name}`,
      `it belongs to ${flag.commands.join(', ')}`,
      `leave it out, or see ${toolName} ${command} --help`,
    );
  }
}

/**
 * Turns an argument list into what it asks for. What it leaves open is taken from `outside`: a variable, then the config
 * file. Throws usage errors (exit 2), each naming the word that is wrong.
 */
export function parseRequest(argv: readonly string[], outside: Outside | null = null): Request {
  const lone = argv.length === 1 ? alone.get(argv[0] ?? '') : undefined;
  if (lone !== undefined) return lone;
  const { values: given, positionals } = readArguments(argv);
  if (given['version'] === true) return { kind: 'version' };
  const asksHelp = positionals[0] === 'help';
  const topic = topicOf(asksHelp ? positionals.slice(1) : positionals);
  if (asksHelp || given['help'] === true) return { kind: 'help', topic };
  const [, word] = positionals;
  if (topic === 'completion') return { kind: 'completion', shell: shellOf(word) };
  const command = topic ?? 'setup';
  refuseOthers(command, given);
  const render = renderKindOf(command, word);
  const { values, configFile } = layered(command, given, outside);
  const program = programOf(outside?.environment ?? {});
  const settings = settingsOf(command, new Values(values), render, configFile, program);
  checkTogether(settings);
  return { kind: 'run', settings };
}
