import { parseArgs } from 'node:util';
import type { SetupError } from '../../core/errors.js';
import { errorMessage, usageError } from '../../core/errors.js';
import { nearest } from '../../core/text/nearest.js';
import { flagNamed, flagNames, flagOf } from './flag-table.js';
import { toolName } from '../../version.js';
import { everywhere } from './takers.js';
import type { RawValues } from './values.js';

interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
}

/** The option that a name stands for: a flag, or `no-` before a switch, which takes back what a config file or a variable has turned on. */
function optionOf(name: string): Option | null {
  const meant = flagNamed(name);
  const kind = flagOf(meant)?.kind;
  if (kind === undefined) return null;
  if (meant !== name) return kind === 'switch' && !meant.startsWith('no-') ? { type: 'boolean' } : null;
  return kind === 'switch' ? { type: 'boolean' } : { type: 'string', multiple: kind === 'list' };
}

/** The options of the flags that are given: `parseArgs` looks at each that it is told of, and there are nearly a hundred. */
function optionsOf(argv: readonly string[]): Record<string, Option> {
  const table: Record<string, Option> = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'V' },
  };
  for (const word of argv) {
    const name = nameIn(word);
    const option = optionOf(name);
    if (option !== null) table[name] = option;
  }
  return table;
}

/** The name behind the two dashes of a word; empty where there is none. */
function nameIn(word: string): string {
  return /^--([^=]+)/u.exec(word)?.[1] ?? '';
}

/** The first flag that is not known, as far as that is certain without `parseArgs`, which takes Node a millisecond. */
function unknownFlag(argv: readonly string[], table: Readonly<Record<string, Option>>): string | undefined {
  const end = argv.indexOf('--');
  const flags = end === -1 ? argv : argv.slice(0, end);
  const found = flags.findIndex((word) => nameIn(word) !== '' && !Object.hasOwn(table, nameIn(word)));
  const isValue = takesValue(nameIn(flags[found - 1] ?? ''));
  return found === -1 || isValue ? undefined : `--${nameIn(flags[found] ?? '')}`;
}

/** Every word that can stand behind two dashes. */
function allNames(): readonly string[] {
  const negations = flagNames.map((name) => `no-${name}`).filter((name) => optionOf(name) !== null);
  return [...new Set(['help', 'version', ...flagNames, ...negations])];
}

function takesValue(name: string): boolean {
  return (flagOf(name)?.kind ?? 'switch') !== 'switch';
}

/** What `parseArgs` says of a flag whose value is missing, or is there where none belongs; one that it does not know else. */
function misused(error: unknown, argv: readonly string[]): SetupError | null {
  const [, flag, name] = /^Option '(?:-\w, )?(--([\w-]+))/u.exec(errorMessage(error)) ?? [];
  if (flag === undefined || name === undefined) return null;
  const given = argv[argv.indexOf(flag) + 1];
  if (!takesValue(name)) {
    const why = 'it is on where it is given and off where it is not';
    return usageError('BAD_ARGUMENTS', `${flag} takes no value`, why, `leave the value out: ${flag}`);
  }
  const follows =
    argv.includes(flag) && given !== undefined ? `, and ${JSON.stringify(given)} follows it` : '';
  return usageError(
    'BAD_ARGUMENTS',
    `${flag} has no value${follows}`,
    'a word that begins with a dash is taken for the next flag',
    `give one; if it is to begin with a dash: ${flag}=-…`,
  );
}

/** A negative number is a value, wrong as it may be, and no flag: so it is named by the flag whose value it is. */
function withNumbers(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of argv) {
    const flag = /^--(.+)$/u.exec(joined.at(-1) ?? '')?.[1] ?? '';
    if (/^-\d/u.test(word) && takesValue(flag)) joined.push(`${joined.pop() ?? ''}=${word}`);
    else joined.push(word);
  }
  return joined;
}

function unreadable(error: unknown, argv: readonly string[]): SetupError {
  const misuse = misused(error, argv);
  if (misuse !== null) return misuse;
  const message = errorMessage(error);
  const name = /Unknown option '(-{1,2}[^']*)'/u.exec(message)?.[1];
  if (name === undefined) {
    const what = message.split('. ')[0] ?? message;
    return usageError(
      'BAD_ARGUMENTS',
      `${what.charAt(0).toLowerCase()}${what.slice(1)}`,
      'the arguments cannot be read',
      `see ${toolName} setup --help`,
    );
  }
  return unknown(name, argv);
}

function unknown(name: string, argv: readonly string[]): SetupError {
  const word = name.replace(/^-+/u, '');
  const names = allNames();
  const [hint = names.find((one) => one.startsWith(`${word}-`))] = nearest(word, names);
  const command = everywhere.find((one) => argv.includes(one)) ?? 'setup';
  const fix = hint === undefined ? `see ${toolName} ${command} --help` : `did you mean --${hint}?`;
  return usageError('UNKNOWN_FLAG', `unknown flag ${name}`, 'this version has no such flag', fix);
}

/** The flags and the words of an argument list. Throws BAD_ARGUMENTS and UNKNOWN_FLAG. */
export function readArguments(argv: readonly string[]): {
  readonly values: RawValues;
  readonly positionals: readonly string[];
} {
  const options = optionsOf(argv);
  const name = unknownFlag(argv, options);
  if (name !== undefined) throw unknown(name, argv);
  try {
    return parseArgs({ args: withNumbers(argv), options, allowPositionals: true });
  } catch (error) {
    throw unreadable(error, argv);
  }
}
