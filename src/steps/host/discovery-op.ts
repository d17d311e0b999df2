import { valueAt } from '../../core/json.js';
import { discoveryPath, legacyDiscoveryPath, pluginPath } from '../../core/openclaw/config.js';
import type { OpenClawEra } from '../../core/openclaw/era.js';
import { eras } from '../../core/openclaw/era.js';
import type { Json, JsonObject } from '../../ports/json.js';
import type { HostWriter } from '../../ports/host.js';
import type { ConfigEdit } from '../../ports/openclaw.js';
import { fingerprint, replaceConfig } from './config/backup.js';
import { discoveryEdits, hasLegacyBlock } from './config/discovery.js';
import { firstMissing, isHollow, isSame } from './config/json.js';
import type { PutBack, Remainder } from './config/put-back.js';
import { putConfigBack } from './config/put-back.js';
import type { OpFields } from '../op-fields.js';
import { opFields } from '../op-fields.js';
import { missingFolders } from './missing-folders.js';

/** A key of the config that is changed: its value from us, and the one before; `null` for none. */
export interface ChangedKey {
  readonly path: readonly string[];
  readonly ours: Json;
  readonly previous: Json;
}

/** An edit of OpenClaw's discovery settings. */
export type DiscoveryOp =
  | {
      readonly kind: 'set';
      readonly path: string;
      readonly era: OpenClawEra;
      readonly wanted: JsonObject;
    }
  | ({
      readonly kind: 'put-back';
      readonly keys: readonly ChangedKey[];
      /** The shortest path that was not there before. */
      readonly made: readonly string[] | null;
      /** A block of an older era was moved; it only comes back with the whole file, since OpenClaw refuses it. */
      readonly migrated: boolean;
    } & PutBack);

/** An op from a receipt. Throws RECEIPT_INVALID for anything else. */
export function parseDiscoveryOp(value: unknown): DiscoveryOp {
  const fields = opFields('openclaw-discovery', value);
  const kind = fields.text('kind');
  const path = fields.text('path');
  if (kind === 'set') {
    const wanted = fields.fields('wanted');
    const names = Object.keys(fields.document('wanted'));
    const settings = Object.fromEntries(names.map((name) => [name, parseSetting(wanted, name)]));
    return { kind, path, era: fields.oneOf('era', eras), wanted: settings };
  }
  if (kind !== 'put-back') throw fields.invalid('kind');
  return {
    kind,
    path,
    folders: fields.texts('folders'),
    written: fields.orNull('written', fields.text),
    made: fields.orNull('made', fields.texts),
    migrated: fields.flag('migrated'),
    keys: fields.list('keys').map((key) => ({
      path: parsePath(key),
      ours: parseSetting(key, 'ours'),
      previous: parseSetting(key, 'previous'),
    })),
  };
}

/** The edit that takes `set` back from a config as it was before. */
export function inverseSet(
  op: Extract<DiscoveryOp, { kind: 'set' }>,
  config: JsonObject | null,
  folders: readonly string[],
): Extract<DiscoveryOp, { kind: 'put-back' }> {
  const edits = discoveryEdits(op.era, config, op.wanted);
  const keys = edits.flatMap(({ path, value }): ChangedKey[] =>
    value === undefined ? [] : [{ path, ours: value, previous: valueAt(config, path) ?? null }],
  );
  const base = op.era === 'core' ? discoveryPath(op.era) : pluginPath;
  const made = firstMissing(config, [...base, '']);
  const migrated = hasLegacyBlock(op.era, config);
  const isInside = made !== null && made.length <= base.length;
  return {
    kind: 'put-back',
    path: op.path,
    folders,
    written: null,
    keys,
    made: isInside ? made : null,
    migrated,
  };
}

/** Makes one edit. Twice is harmless; `put-back` throws CHANGED_SINCE where nothing is as it was left. */
export async function applyDiscoveryOp(op: DiscoveryOp, host: HostWriter): Promise<DiscoveryOp | null> {
  if (op.kind === 'put-back') {
    await putConfigBack(op, 'discovery', async () => remainderOf(op, await host.openclaw.readConfig()), host);
    return null;
  }
  const state = await host.files.read(op.path);
  const config = await host.openclaw.readConfig();
  const edits = discoveryEdits(op.era, config, op.wanted);
  if (edits.length === 0) return null;
  const after = await host.openclaw.setConfig(state?.bytes ?? null, edits);
  const undo = inverseSet(op, config, await missingFolders(op.path, host.files));
  await replaceConfig(op.path, 'discovery', state, after, host.files);
  return { ...undo, written: fingerprint(after) };
}

function remainderOf(op: Extract<DiscoveryOp, { kind: 'put-back' }>, config: JsonObject | null): Remainder {
  if (op.migrated) {
    const isMigrated = valueAt(config, legacyDiscoveryPath) === undefined;
    const foreign = isMigrated ? [discoveryPath('external').join('.')] : [];
    return { edits: [], foreign, untouched: !isMigrated };
  }
  const ours = op.keys.filter(({ path, ours }) => isSame(valueAt(config, path), ours));
  const foreign = op.keys.filter((key) => {
    const now = valueAt(config, key.path);
    return !isSame(now, key.ours) && !isSame(now ?? null, key.previous);
  });
  const untouched = op.keys.length > ours.length + foreign.length;
  const edits = ours.map(({ path, previous }): ConfigEdit => ({ path, value: previous ?? undefined }));
  const isEmpty = op.made !== null && edits.length > 0 && isHollow(valueAt(config, op.made), op.made, edits);
  return {
    edits: isEmpty && op.made !== null ? [{ path: op.made, value: undefined }] : edits,
    foreign: foreign.map(({ path }) => path.join('.')),
    untouched,
  };
}

function parsePath(key: OpFields): readonly string[] {
  const path = key.texts('path');
  if (path[0] === 'models' || path[0] === 'plugins') return path;
  throw key.invalid('path');
}

function parseSetting(fields: OpFields, name: string): Json {
  const value = fields.raw(name);
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string' || isTexts(value)) return value;
  throw fields.invalid('setting');
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
