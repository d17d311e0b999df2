import { eraOf } from '../../core/openclaw/era.js';
import type { Step } from '../../core/step.js';
import type { HostWriter } from '../../ports/host.js';
import type { HostReaders, HostWriters } from '../../ports/lanes.js';
import { pluginBlock, pluginPath } from '../../core/openclaw/config.js';
import { displayPath } from '../../core/text/display-path.js';
import { dropBackups, replaceConfig, restoreConfig } from './config/backup.js';
import type { ChangedKeys } from './config/changed-keys.js';
import { keysChanged, parseChangedKeys, remainderOfKeys } from './config/changed-keys.js';
import { firstMissing } from './config/json.js';
import { editConfig } from './config/put-back.js';
import type { ConfigState } from './config/read.js';
import { readConfigState, refusalToWrite } from './config/read.js';
import { opFields } from '../op-fields.js';

/** The plug-in that an OpenClaw from 2026.5.12 on needs for Bedrock. */
export interface BedrockPluginGoal {
  readonly version: string;
  readonly configPath: string;
  readonly home: string;
}

/** An edit of the plug-in: it is installed, or removed again. */
export type PluginOp =
  | { readonly kind: 'install'; readonly path: string }
  | ({
      readonly kind: 'remove';
      readonly path: string;
      /** Fingerprint of the config as the installation left it; `null` where it left it alone. */
      readonly written: string | null;
    } & ChangedKeys);

const nothing: ChangedKeys = { keys: [], made: null };

const packageName = '@openclaw/amazon-bedrock-provider';

/** OpenClaw's Bedrock plug-in, a package of its own since 2026.5.12 (OpenClaw's changelog); before, it is bundled. */
export const bedrockPlugin: Step<BedrockPluginGoal, ConfigState, PluginOp, HostReaders, HostWriters> = {
  id: 'bedrock-plugin',
  lane: 'host',
  title: 'Bedrock plug-in',
  after: ({ host }) => (host?.migrates === true ? ['openclaw-discovery', 'primary-model'] : []),
  desired({ host }) {
    const openclaw = host?.openclaw ?? null;
    if (host === null || openclaw === null || eraOf(openclaw.version) !== 'external') return null;
    const { version, configPath } = openclaw;
    return { version, configPath, home: host.home };
  },
  subject: () => packageName,
  async read({ configPath }, { host }) {
    // Its installation writes the config, so that what is read is whether that may be written.
    return (await host.openclaw.pluginState()) === 'missing' ? readConfigState(configPath, host) : null;
  },
  diff({ version, configPath: path, home }, state) {
    // Where somebody has turned the plug-in off, the step for discovery says so.
    if (state === null || pluginBlock(state.config) !== null) return [];
    const byHand = `openclaw plugins install ${packageName}`;
    const refusal = refusalToWrite(state, displayPath(path, home), [byHand]);
    if (refusal !== null) return refusal;
    return [
      {
        action: 'create',
        target: packageName,
        detail: `for OpenClaw ${version}`,
        op: { kind: 'install', path },
        undo: { kind: 'remove', path, written: null, ...nothing },
      },
    ];
  },
  apply: async (op, { host }) => (op.kind === 'install' ? install(op.path, host) : remove(op, host)),
  parseOp(value) {
    const fields = opFields('bedrock-plugin', value);
    const kind = fields.text('kind');
    const path = fields.text('path');
    if (kind === 'install') return { kind, path };
    if (kind !== 'remove') throw fields.invalid('kind');
    // Receipts of earlier versions do not tell which keys were changed.
    const changed = fields.raw('keys') === undefined ? nothing : parseChangedKeys(fields);
    return { kind, path, written: fields.orNull('written', fields.text), ...changed };
  },
};

async function install(path: string, { files, openclaw }: HostWriter): Promise<PluginOp | null> {
  if ((await openclaw.pluginState()) !== 'missing') return null;
  const [state, before] = [await files.read(path), await openclaw.readConfig()];
  const after = await openclaw.installPlugin(state?.bytes ?? null);
  if (after === null) return null;
  const written = await replaceConfig(path, 'plugin', state, after, files);
  const keys = keysChanged(before, await openclaw.readConfig(), ['plugins']);
  return { kind: 'remove', path, written, keys, made: firstMissing(before, pluginPath) };
}

/**
 * Removes the plug-in, and what its installation has written into the config: the very bytes from before where nobody has changed it
 * since, else the keys that are still as it left them.
 */
async function remove(op: Extract<PluginOp, { kind: 'remove' }>, host: HostWriter): Promise<null> {
  const { path, written } = op;
  const { files, openclaw } = host;
  const isThere = (await openclaw.pluginState()) === 'installed';
  const state = await files.read(path);
  if (isThere) await openclaw.removePlugin(state?.bytes ?? null);
  if ((isThere || written !== null) && !(await restoreConfig(path, 'plugin', written, [], files)))
    await editConfig(path, remainderOfKeys(op, await openclaw.readConfig()).edits, host);
  await dropBackups(path, 'plugin', written, [], files);
  return null;
}
