import { join } from 'node:path';
import type { Change, Conflict } from '../../core/change.js';
import type { ErrorDetails } from '../../core/errors.js';
import type { Step } from '../../core/step.js';
import type { HostReaders, HostWriters } from '../../ports/lanes.js';
import { problemConflict, stepConflict } from '../conflicts.js';
import { look } from './look.js';
import { writtenValue } from './dotenv/edit.js';
import type { EnvOp, PreviousEntry } from './dotenv/op.js';
import { applyEnvOp, joinEnvUndo, parseEnvOp } from './dotenv/op.js';
import { lastEntry } from './dotenv/last-entry.js';
import { displayPath } from '../../core/text/display-path.js';
import { missingFolders } from './missing-folders.js';
import { assertOneLine } from './shell/quote.js';
import { jointOf, toBinary } from './text.js';

/** The variables that the gateway is to have. */
export interface GatewayEnvGoal {
  readonly path: string;
  readonly home: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What the gateway's `.env` holds. */
export interface GatewayEnvState {
  /** Binary form; `null` when there is no file. */
  readonly text: string | null;
  readonly folders: readonly string[];
  readonly problem: ErrorDetails | null;
  readonly readOnly: ErrorDetails | null;
}

/**
 * `~/.openclaw/.env`: the variables as the gateway sees them. Its systemd unit never reads a shell profile, and this is
 * the file that OpenClaw's documentation gives for it (docs/help/environment).
 */
export const gatewayEnv: Step<GatewayEnvGoal, GatewayEnvState, EnvOp, HostReaders, HostWriters> = {
  id: 'gateway-env',
  lane: 'host',
  title: 'gateway environment',
  after: [],
  desired({ host }) {
    if (host === null || Object.keys(host.variables).length === 0) return null;
    const folder = host.openclaw?.stateFolder ?? join(host.home, '.openclaw');
    for (const [name, value] of Object.entries(host.variables)) assertOneLine(name, value);
    return { path: join(folder, '.env'), home: host.home, variables: host.variables };
  },
  subject: ({ path, home }) => displayPath(path, home),
  read: async ({ path }, { host }) => {
    const looked = await look(() => host.files.read(path));
    const writable = await look(() => host.files.assertWritable(path));
    const state = 'value' in looked ? looked.value : null;
    return {
      text: state === null ? null : toBinary(state.bytes),
      folders: state === null ? await missingFolders(path, host.files) : [],
      problem: 'problem' in looked ? looked.problem : null,
      readOnly: 'problem' in writable ? writable.problem : null,
    };
  },
  diff: (goal, actual) => (actual === null ? [] : diffEnv(goal, actual)),
  apply: (op, { host }) => applyEnvOp(op, host.files),
  parseOp: parseEnvOp,
  joinUndo: joinEnvUndo,
};

function diffEnv(goal: GatewayEnvGoal, actual: GatewayEnvState): readonly Change<EnvOp>[] | Conflict {
  if (actual.problem !== null) return problemConflict(actual.problem);
  const text = actual.text ?? '';
  const pending = Object.entries(goal.variables).filter(
    ([key, value]) => (lastEntry(text, key)?.value ?? '') !== value,
  );
  if (pending.length === 0) return [];
  if (actual.readOnly !== null) return problemConflict(actual.readOnly);
  const entries = pending.map(([key, value]) => ({ key, value, previous: previousOf(text, key) }));
  const odd = entries.find(({ previous }) => previous !== null && !isKeepable(previous));
  if (odd !== undefined) return oddValue(displayPath(goal.path, goal.home), odd);
  const { path } = goal;
  const created = actual.text === null;
  return [
    {
      action: created ? 'create' : 'update',
      target: displayPath(path, goal.home),
      detail: pending.map(([key]) => key).join(', '),
      op: { kind: 'set', path, entries: entries.map(({ key, value }) => ({ key, value })) },
      undo: { kind: 'put-back', path, entries, joint: jointOf(text), created, folders: actual.folders },
      body: pending.map(([key, value]) => `${key}=${writtenValue(key, value)}`),
    },
  ];
}

function previousOf(text: string, key: string): string | null {
  const entry = lastEntry(text, key);
  return entry === null ? null : text.slice(entry.start, entry.end);
}

/** Whether a value may be kept in a receipt: a profile's or a region's name, nothing that could be a secret. */
function isKeepable(written: string): boolean {
  return /^(['"`]?)[\w .:@+-]{0,64}\1$/u.test(written) && !/A(?:KI|SI)A[A-Z0-9]{12}/u.test(written);
}

function oddValue(path: string, { key }: PreviousEntry): Conflict {
  return stepConflict(
    'ENV_VALUE_ODD',
    `${key} in ${path} has a value that is no profile's or region's name`,
    'to be able to put it back it would have to be kept in the receipt, which never holds what may be a secret',
    `remove the line of ${key} from ${path}, then run again`,
  );
}
