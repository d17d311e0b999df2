import { shellWord } from '../core/text/shell-word.js';
import type { Tags } from '../ports/iam.js';
import type { Json } from '../ports/json.js';

/** A command of the AWS CLI that makes one change. */
export interface AwsCommand {
  readonly service: string;
  readonly action: string;
  /** Options and their values, ready for a shell. */
  readonly options: readonly string[];
  /** AWS may not see yet what the command names: a script tries it again until it does. */
  readonly retried?: true;
  /** Lines that find out what the options name by a variable. */
  readonly lookup?: Lookup;
  /** An instance that has to be rid of its profile before the next command. */
  readonly releases?: string;
}

/** Lines that set a variable: as a script with the functions of `templates/commands` has them, and as a person types them. */
export interface Lookup {
  readonly scripted: string;
  readonly typed: string;
}

/** Lines that are the same in a script and for a person. */
export function lookup(lines: string): Lookup {
  return { scripted: lines, typed: lines };
}

/** An option and its value; a value that begins with a hyphen would be taken for an option of its own. */
export function option(name: string, value: string): string {
  return `--${name}${value.startsWith('-') ? '=' : ' '}${shellWord(value)}`;
}

/** An option whose value is JSON. */
export function jsonOption(name: string, value: Json): string {
  return option(name, JSON.stringify(value));
}

/** Tags as an option. */
export function tagsOption(tags: Tags): string {
  return jsonOption(
    'tags',
    Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  );
}

function bare({ service, action, options }: AwsCommand): string {
  return [`aws ${service} ${action}`, ...options].join(' \\\n  ');
}

/** A command in a script: its answer is thrown away, and what AWS does not see yet is waited for. */
export function scripted(command: AwsCommand): string {
  const { retried, lookup: before, releases } = command;
  const line = retried === true ? `until_visible ${bare(command)}` : `${bare(command)} >/dev/null`;
  const after = releases === undefined ? '' : `until_released ${shellWord(releases)}\n`;
  return `${before?.scripted ?? ''}${line}\n${after}`;
}

/** A command as a person would type it. */
export function typed(command: AwsCommand): string {
  return `${command.lookup?.typed ?? ''}${bare(command)}\n`;
}
