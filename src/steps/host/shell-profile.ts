import type { Change, Conflict } from '../../core/change.js';
import type { Step } from '../../core/step.js';
import { displayPath } from '../../core/text/display-path.js';
import type { ShellName } from '../../ports/host.js';
import type { HostReaders, HostWriters } from '../../ports/lanes.js';
import type { BlockOp } from './block/op.js';
import { applyBlockOp, blockBroken, hasLines, inversePut, joinBlockUndo, parseBlockOp } from './block/op.js';
import { notice, problemConflict, stepConflict } from '../conflicts.js';
import type { KnownGoal, Override, ShellProfileGoal, ShellProfileState } from './shell/profiles.js';
import { readProfiles } from './shell/profiles.js';
import { exportLine } from './shell/quote.js';

/** The profile of the user's login shell: a marked block that exports the variables to people's shells. */
export const shellProfile: Step<ShellProfileGoal, ShellProfileState, BlockOp, HostReaders, HostWriters> = {
  id: 'shell-profile',
  lane: 'host',
  title: 'shell profile',
  after: [],
  desired({ host }) {
    if (host === null || Object.keys(host.variables).length === 0) return null;
    const { shell, home, variables } = host;
    return { shell, home, variables };
  },
  subject: ({ shell, home }, actual) => {
    const files = actual?.byHand === null ? actual.files : [];
    if (files.length > 0) return files.map(({ path }) => displayPath(path, home)).join(', ');
    return shell === null ? 'login shell' : mainFiles[shell];
  },
  read: async (goal, ports) =>
    goal.shell === null ? null : readProfiles({ ...goal, shell: goal.shell }, ports),
  diff: (goal, actual) =>
    goal.shell === null || actual === null
      ? unknownShell(goal.variables)
      : diffProfiles({ ...goal, shell: goal.shell }, actual),
  apply: (op, { host }) => applyBlockOp(op, host.files, { mode: 0o644 }),
  parseOp: (value) => parseBlockOp('shell-profile', value),
  joinUndo: joinBlockUndo,
};

const mainFiles: Readonly<Record<ShellName, string>> = {
  bash: '~/.bashrc',
  zsh: '~/.zshenv',
  fish: '~/.config/fish/conf.d/openclaw-bedrock-setup.fish',
};

function diffProfiles(goal: KnownGoal, actual: ShellProfileState): readonly Change<BlockOp>[] | Conflict {
  if (actual.problem !== null) return problemConflict(actual.problem);
  if (actual.byHand !== null) return [];
  const lines = Object.entries(goal.variables).map(([name, value]) => exportLine(goal.shell, name, value));
  const pending = actual.files.filter(({ block }) => !hasLines(block, lines));
  for (const { path, block, readOnly } of pending) {
    if (block.kind === 'broken') return problemConflict(blockBroken(path, block.reason).details);
    if (block.kind === 'found' && !isOurs(block.lines, goal))
      return editedBlock(displayPath(path, goal.home));
    if (readOnly !== null) return problemConflict(readOnly);
  }
  if (pending.length === 0) return overridden(actual.overrides, goal.home);
  return pending.map(({ path, block, joint, created, folders }) => ({
    action: created ? 'create' : 'update',
    target: displayPath(path, goal.home),
    detail: [Object.keys(goal.variables).join(', '), ...actual.overridden.flatMap(saidOf(path))].join('; '),
    op: { kind: 'put', path, lines, over: null },
    undo: inversePut(path, lines, { block, joint, created, folders }),
    body: lines,
  }));
}

/** What a person's own line in this file loses, so that nobody wonders where their profile has gone. */
function saidOf(path: string): (override: Override) => readonly string[] {
  return (override) =>
    override.path === path ? [`wins over ${override.name} on line ${override.line}`] : [];
}

/** Whether a block holds nothing but lines as this tool writes them, so that replacing it loses nothing. */
function isOurs(lines: readonly string[], { shell }: KnownGoal): boolean {
  const pattern =
    shell === 'fish' ? /^set -gx (AWS_PROFILE|AWS_REGION) \S/u : /^export (AWS_PROFILE|AWS_REGION)=\S/u;
  const names = lines.map((line) => pattern.exec(line)?.[1]);
  return !names.includes(undefined) && new Set(names).size === names.length;
}

function editedBlock(path: string): Conflict {
  return stepConflict(
    'BLOCK_EDITED',
    `the marked block in ${path} has lines that this tool did not write`,
    'the block is replaced as a whole, and those lines would be lost',
    'move the lines out of the block, then run again',
  );
}

function overridden([first]: readonly Override[], home: string): readonly [] | Conflict {
  if (first === undefined) return [];
  const { name, path, line } = first;
  return notice(
    'SHELL_PROFILE_OVERRIDDEN',
    `${name} is set once more in ${displayPath(path, home)} on line ${line}`,
    'that line is read after the block of this tool and wins over it in your shells; the gateway is not affected',
    `remove line ${line} if your shells are to use the instance's role`,
  );
}

function unknownShell(variables: Readonly<Record<string, string>>): Conflict {
  const lines = Object.entries(variables).map(([name, value]) => exportLine('bash', name, value));
  return notice(
    'SHELL_UNKNOWN',
    'the login shell is not bash, zsh or fish, so that its profile was left alone',
    'only the profiles of these three are known well enough to be edited; the gateway is not affected',
    `set in your shell's own profile: ${lines.join('; ')}`,
  );
}
