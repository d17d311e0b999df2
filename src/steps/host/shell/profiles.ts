import type { ErrorDetails } from '../../../core/errors.js';
import type { ShellName } from '../../../ports/host.js';
import type { HostReaders } from '../../../ports/lanes.js';
import type { BlockFile } from '../block/read.js';
import { readBlockFile } from '../block/read.js';
import { utf8ToBinary } from '../text.js';
import type { Assignment } from './assignments.js';
import { assignmentsOf } from './assignments.js';
import { shellFiles } from './files.js';

/** The variables that every shell of the user is to have. */
export interface ShellProfileGoal {
  /** `null`: the user's login shell is none that this tool knows. */
  readonly shell: ShellName | null;
  readonly home: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The goal where the shell is one that this tool knows. */
export type KnownGoal = ShellProfileGoal & { readonly shell: ShellName };

/** A line that gives a variable another value than our block. */
export interface Override {
  readonly path: string;
  readonly line: number;
  readonly name: string;
}

/** What the user's profile files hold. */
export interface ShellProfileState {
  readonly files: readonly BlockFile[];
  /** The file in which the user has exported all of them by hand. */
  readonly byHand: string | null;
  /** Lines that win over the block. */
  readonly overrides: readonly Override[];
  /** Lines over which a block that is not there yet is going to win. */
  readonly overridden: readonly Override[];
  /** An expected error that kept a file from being read. */
  readonly problem: ErrorDetails | null;
}

/** Reads the files of the goal's shell, and what in them makes the block needless or wins over it. */
export async function readProfiles(goal: KnownGoal, { host }: HostReaders): Promise<ShellProfileState> {
  const { written, byHand, later } = await shellFiles(goal.shell, goal.home, host);
  const names = Object.keys(goal.variables);
  const read = async (path: string): Promise<BlockFile> => readBlockFile(path, host.files);
  const files = await Promise.all(written.map(read));
  const others = await Promise.all(
    [...new Set([...byHand, ...later])].filter((path) => !written.includes(path)).map(read),
  );
  const all = [...files, ...others];
  const covering = all.find(({ path, text, block }) => {
    if (!byHand.includes(path) || block.kind !== 'none') return false;
    const found = assignmentsOf(text, goal.shell, names);
    return names.every((name) =>
      hasValue(
        found.findLast((assignment) => assignment.name === name),
        goal,
      ),
    );
  });
  const overrides = all.flatMap((file) => overridesIn(file, goal, later.includes(file.path)));
  const overridden = files.flatMap((file) => overriddenIn(file, goal));
  const problem = all.find((file) => file.problem !== null)?.problem ?? null;
  return { files, byHand: covering?.path ?? null, overrides, overridden, problem };
}

/** What wins over the block: the last assignment behind it, or anywhere in a file that is read later. */
function overridesIn(
  { path, text, block }: BlockFile,
  goal: KnownGoal,
  isLater: boolean,
): readonly Override[] {
  if (block.kind !== 'found' && !isLater) return [];
  return othersIn(path, text, goal, block.kind === 'found' ? block.end : 0);
}

/** What holds until the block is written behind it. */
function overriddenIn({ path, text, block }: BlockFile, goal: KnownGoal): readonly Override[] {
  return block.kind === 'none' ? othersIn(path, text, goal, 0) : [];
}

/** The last assignment of each variable from somewhere in a text on, where it is none of the goal's value. */
function othersIn(path: string, text: string, goal: KnownGoal, after: number): readonly Override[] {
  const names = Object.keys(goal.variables);
  const found = assignmentsOf(text, goal.shell, names);
  return names.flatMap((name) => {
    const last = found.findLast((assignment) => assignment.name === name && assignment.start >= after);
    return last === undefined || hasValue(last, goal) ? [] : [{ path, line: last.line, name }];
  });
}

function hasValue(assignment: Assignment | undefined, { variables }: KnownGoal): boolean {
  if (assignment === undefined || assignment.value === null) return false;
  return assignment.value === utf8ToBinary(variables[assignment.name] ?? '');
}
