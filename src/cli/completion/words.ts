import type { HelpTopic } from '../../core/settings.js';
import { completionShells, renderKinds } from '../../core/settings.js';
import type { AnyFlag } from '../arguments/flag.js';
import { flags as allFlags, flagsOf } from '../arguments/flag-table.js';
import { summaries } from '../arguments/help.js';

/** A flag as a shell completes it. */
export interface CompletedFlag {
  /** With both dashes. */
  readonly name: string;
  readonly help: string;
  /** What follows it: nothing, one of some words, a path, or what nobody can complete. */
  readonly value: 'none' | 'words' | 'file' | 'folder' | 'any';
  readonly words: readonly string[];
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  readonly name: string;
  readonly help: string;
  /** Words that may follow it. */
  readonly words: readonly string[];
  readonly flags: readonly CompletedFlag[];
}

function valueOf(flag: AnyFlag): CompletedFlag['value'] {
  if (flag.kind === 'switch') return 'none';
  return flag.path ?? (flag.words === undefined ? 'any' : 'words');
}

function completed([name, flag]: readonly [string, AnyFlag]): readonly CompletedFlag[] {
  const words = flag.kind === 'switch' ? [] : (flag.words ?? []);
  const entry = { name: `--${name}`, help: flag.help, value: valueOf(flag), words };
  const both = flag.kind === 'switch' && flag.negatable === true;
  return both ? [entry, { ...entry, name: `--no-${name}` }] : [entry];
}

const always: readonly CompletedFlag[] = [
  { name: '--help', help: 'the help of a command', value: 'none', words: [] },
  { name: '--version', help: 'the version', value: 'none', words: [] },
];

const wordsAfter: Readonly<Partial<Record<HelpTopic, readonly string[]>>> = {
  render: renderKinds,
  completion: completionShells,
};

/** All commands; `setup` is also what is meant where none is named. */
export const commands: readonly CompletedCommand[] = Object.entries(summaries).map(([name, help]) => {
  const topic = name as HelpTopic;
  const flags = topic === 'completion' ? [] : flagsOf(topic).flatMap(completed);
  return { name, help, words: wordsAfter[topic] ?? [], flags: [...flags, ...always] };
});

/** All flags, whichever command takes them. */
export const flags: readonly CompletedFlag[] = [...allFlags.flatMap(completed), ...always];
