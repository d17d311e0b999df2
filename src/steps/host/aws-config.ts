import { join, resolve } from 'node:path';
import type { Change, Conflict } from '../../core/change.js';
import { roleMarker } from '../../core/settings.js';
import type { Step } from '../../core/step.js';
import type { HostReaders, HostWriters } from '../../ports/lanes.js';
import type { BlockOp } from './block/op.js';
import { applyBlockOp, blockBroken, hasLines, inversePut, joinBlockUndo, parseBlockOp } from './block/op.js';
import type { BlockFile } from './block/read.js';
import { readBlockFile } from './block/read.js';
import { notice, problemConflict } from '../conflicts.js';
import { beginsWithSettings, defaultSections } from './ini/sections.js';
import { displayPath } from '../../core/text/display-path.js';
import { assertOneLine } from './shell/quote.js';

/** The region that the profile `default` is to have. */
export interface AwsConfigGoal {
  readonly home: string;
  readonly region: string;
}

/**
 * `[default]` with a region in the shared AWS config. Without the section the AWS CLI and boto3 fail on
 * `AWS_PROFILE=default` ("The config profile (default) could not be found"). One that is there is never edited.
 */
export const awsConfig: Step<AwsConfigGoal, BlockFile, BlockOp, HostReaders, HostWriters> = {
  id: 'aws-config',
  lane: 'host',
  title: 'AWS config',
  after: [],
  desired({ host, settings, region }) {
    if (host === null || settings.gatewayProfile !== roleMarker) return null;
    assertOneLine('--region', region);
    return { home: host.home, region };
  },
  subject: () => '~/.aws/config',
  read: async ({ home }, { host }) => {
    const named = host.environment['AWS_CONFIG_FILE'] ?? '';
    const path =
      named === '' ? join(home, '.aws', 'config') : resolve(named.replace(/^~(?=\/|$)/u, () => home));
    return readBlockFile(path, host.files);
  },
  diff: (goal, actual) => (actual === null ? [] : diffConfig(goal, actual)),
  apply: (op, { host }) =>
    applyBlockOp(op, host.files, {
      mode: 0o600,
      shield: '',
      isNeededBy: beginsWithSettings,
    }),
  parseOp: (value) => parseBlockOp('aws-config', value),
  joinUndo: joinBlockUndo,
};

function diffConfig(goal: AwsConfigGoal, actual: BlockFile): readonly Change<BlockOp>[] | Conflict {
  const { path, block, text, problem, readOnly, joint, created, folders } = actual;
  if (problem !== null) return problemConflict(problem);
  if (block.kind === 'broken') return problemConflict(blockBroken(path, block.reason).details);
  const lines = ['[default]', `region = ${goal.region}`];
  const shown = displayPath(path, goal.home);
  const foreign = defaultSections(text).find(
    ({ start }) => block.kind === 'none' || start < block.start || start >= block.end,
  );
  if (foreign?.region?.value === goal.region || hasLines(block, lines)) return [];
  if (foreign !== undefined) return foreignSection(shown, goal.region, foreign);
  if (block.kind === 'found' && !isOurs(block.lines)) return editedBlock(shown, goal.region);
  if (readOnly !== null) return problemConflict(readOnly);
  return [
    {
      action: created ? 'create' : 'update',
      target: shown,
      detail: `[default] region = ${goal.region}`,
      op: { kind: 'put', path, lines, over: null },
      undo: inversePut(path, lines, { block, joint, created, folders }),
    },
  ];
}

function isOurs(lines: readonly string[]): boolean {
  return lines.length === 2 && lines[0] === '[default]' && /^region\s*=\s*[\w-]+$/u.test(lines[1] ?? '');
}

function foreignSection(
  path: string,
  wanted: string,
  { line, region }: ReturnType<typeof defaultSections>[number],
): Conflict {
  const what =
    region === null
      ? `[default] in ${path} on line ${line} has no region`
      : `[default] in ${path} has the region ${region.value} on line ${region.line}, not ${wanted}`;
  return notice(
    'AWS_CONFIG_DEFAULT',
    what,
    'an existing [default] is never edited; AWS_REGION, which is set too, wins over it in the SDKs and the AWS CLI',
    `if the AWS CLI should use ${wanted} there as well: aws configure set region ${wanted}`,
  );
}

function editedBlock(path: string, wanted: string): Conflict {
  return notice(
    'AWS_CONFIG_DEFAULT',
    `[default] in ${path} has settings of yours inside the marked block`,
    'an existing [default] is never edited; AWS_REGION, which is set too, wins over it in the SDKs and the AWS CLI',
    `if the AWS CLI should use ${wanted} there as well: aws configure set region ${wanted}`,
  );
}
