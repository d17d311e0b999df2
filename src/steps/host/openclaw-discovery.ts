import type { Change, Conflict } from '../../core/change.js';
import { discoveryPath, pluginBlock } from '../../core/openclaw/config.js';
import type { OpenClawEra } from '../../core/openclaw/era.js';
import { eraOf } from '../../core/openclaw/era.js';
import type { Step } from '../../core/step.js';
import type { JsonObject } from '../../ports/json.js';
import type { HostReaders, HostWriters } from '../../ports/lanes.js';
import type { ConfigEdit, OpenClawInstallation, OpenClawReader } from '../../ports/openclaw.js';
import { discoveryEdits, hasLegacyBlock } from './config/discovery.js';
import type { ConfigState } from './config/read.js';
import { readConfigState, refusalToWrite } from './config/read.js';
import { stepConflict } from '../conflicts.js';
import { look } from './look.js';
import type { DiscoveryOp } from './discovery-op.js';
import { applyDiscoveryOp, inverseSet, parseDiscoveryOp } from './discovery-op.js';
import { displayPath } from '../../core/text/display-path.js';
import { singleQuoted } from '../../core/text/shell-word.js';

/** The discovery settings that OpenClaw is to have; one that is left out stays as it is. */
export interface DiscoveryGoal {
  readonly home: string;
  /** `null`: OpenClaw is not installed. */
  readonly openclaw: OpenClawInstallation | null;
  readonly wanted: JsonObject;
}

/**
 * Discovery of Bedrock's models, where the installed OpenClaw reads it. `enabled` is always written: without it OpenClaw only asks AWS
 * where it sees a credential variable. A block of an older era is moved first, since it makes OpenClaw refuse every command;
 * else the plug-in comes first: OpenClaw 2026.9 fetches one that its config names and that is not there, for minutes.
 */
export const openclawDiscovery: Step<DiscoveryGoal, ConfigState, DiscoveryOp, HostReaders, HostWriters> = {
  id: 'openclaw-discovery',
  lane: 'host',
  title: 'OpenClaw discovery',
  after: ({ host }) => (host?.migrates === true ? [] : ['bedrock-plugin']),
  desired({ host, region, settings }) {
    if (host === null) return null;
    const wanted = { enabled: true, region, ...settings.discovery };
    return { home: host.home, openclaw: host.openclaw, wanted };
  },
  subject: ({ openclaw, home }) => (openclaw === null ? 'OpenClaw' : displayPath(openclaw.configPath, home)),
  read: async ({ openclaw }, { host }) =>
    openclaw === null ? null : readConfigState(openclaw.configPath, host),
  diff: ({ openclaw, home, wanted }, actual) =>
    openclaw === null || actual === null ? notInstalled() : diffDiscovery(openclaw, home, wanted, actual),
  apply: async (op, { host }) => applyDiscoveryOp(op, host),
  parseOp: parseDiscoveryOp,
};

function diffDiscovery(
  { version, configPath: path }: OpenClawInstallation,
  home: string,
  wanted: JsonObject,
  state: ConfigState,
): readonly Change<DiscoveryOp>[] | Conflict {
  const era = eraOf(version);
  const blocked = era === 'core' ? null : pluginBlock(state.config);
  if (blocked !== null) return turnedOff(blocked, displayPath(path, home));
  const edits = state.problem === null ? discoveryEdits(era, state.config, wanted) : [];
  if (edits.length === 0 && state.problem === null) return [];
  const refusal = refusalToWrite(state, displayPath(path, home), edits.map(asCommand));
  if (refusal !== null) return refusal;
  const op = { kind: 'set', path, era, wanted } as const;
  return [
    {
      action: state.config === null ? 'create' : 'update',
      target: displayPath(path, home),
      detail: describe(era, edits, hasLegacyBlock(era, state.config)),
      op,
      undo: inverseSet(op, state.config, state.folders),
      body: edits.map(({ path, value }) => `${path.join('.')} = ${JSON.stringify(value) ?? '(removed)'}`),
    },
  ];
}

function describe(era: OpenClawEra, edits: readonly ConfigEdit[], isMigration: boolean): string {
  const base = discoveryPath(era);
  const where = base.join('.');
  const keys = edits.filter(({ path }) => path.length > base.length).map(({ path }) => path.at(-1));
  if (isMigration) return `models.bedrockDiscovery -> ${where}`;
  if (keys.length > 0) return `${where}: ${keys.join(', ')}`;
  return edits.map(({ path }) => path.join('.')).join(', ');
}

/** Whether OpenClaw's config holds the block of an older version; one that cannot be read is left to the steps. No process. */
export async function isMigration(
  openclaw: OpenClawInstallation | null,
  reader: Pick<OpenClawReader, 'readConfig'>,
): Promise<boolean> {
  if (openclaw === null) return false;
  const looked = await look(() => reader.readConfig());
  return 'value' in looked && hasLegacyBlock(eraOf(openclaw.version), looked.value);
}

/** A setting as a person would type it. */
export function asCommand({ path, value }: ConfigEdit): string {
  if (value === undefined) return `openclaw config unset ${path.join('.')}`;
  return `openclaw config set ${path.join('.')} ${singleQuoted(JSON.stringify(value))}`;
}

function turnedOff(setting: string, shownPath: string): Conflict {
  return stepConflict(
    'OPENCLAW_PLUGIN_BLOCKED',
    `${setting} in ${shownPath}, so that OpenClaw does not load its Bedrock plug-in`,
    'somebody has turned it off, which this tool does not take back',
    'if Bedrock may be used here, change that setting in the file, then run again',
  );
}

function notInstalled(): Conflict {
  return stepConflict(
    'OPENCLAW_NOT_INSTALLED',
    'no working openclaw was found on the PATH of the user whose gateway is meant',
    'discovery of models is a setting of OpenClaw, and its version decides where it is kept',
    'install it with "npm install -g openclaw@latest" (it needs Node.js 24.16 or newer), then run again',
  );
}
