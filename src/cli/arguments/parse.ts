import { usageError } from '../../core/errors.js';
import type { CommandName, CompletionShell, HelpTopic, RenderKind } from '../../core/settings.js';
import { toolName } from '../../version.js';
import { flagNamed, flagOf } from './flag-table.js';
import { readArguments } from './read.js';
import type { RawValues } from './values.js';
import { checkValues } from './values.js';
import { renderKindOf, shellOf, topicOf } from './words.js';

/** A command to run, with what the argument list itself says. */
export interface RunRequest {
  readonly command: CommandName;
  readonly given: RawValues;
  readonly render: RenderKind | null;
}

/** What an argument list asks for. */
export type Request =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly topic: HelpTopic | null }
  | { readonly kind: 'completion'; readonly shell: CompletionShell }
  | ({ readonly kind: 'run' } & RunRequest);

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
 * Turns an argument list into what it asks for; what it leaves open is not looked at. Throws usage errors (exit 2), each naming the
 * word that is wrong.
 */
export function parseRequest(argv: readonly string[]): Request {
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
  checkValues(given);
  return { kind: 'run', command, given, render };
}
