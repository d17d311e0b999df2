import type { OpenClawEra } from '../../core/openclaw-era.js';
import type { Json, JsonObject } from '../../ports/json.js';
import type { HostWriter } from '../../ports/host.js';
import type { ConfigEdit } from '../../ports/openclaw.js';
import { fingerprint, replaceConfig } from './config/backup.js';
import { discoveryEdits, discoveryPath, entryPath, hasLegacyBlock, legacyPath } from './config/discovery.js';
import { firstMissing, isHollow, isSame, valueAt } from './config/json.js';
import type { PutBack, Remainder } from './config/put-back.js';
import { putConfigBack } from './config/put-back.js';
import { invalidOp, opFields } from './parse.js';
import { missingFolders } from './paths.js';

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

const step = 'openclaw-discovery';

/** An op from a receipt. Throws RECEIPT_INVALID for anything else. */
export function parseDiscoveryOp(value: unknown): DiscoveryOp {
  const fields = opFields(step, value);
  const kind = fields.text('kind');
  const path = fields.text('path');
  if (kind === 'set') {
    const wanted = fields.record('wanted').raw;
    const names = Object.keys(fields.raw('wanted') ?? {});
    return { kind, path, era: parseEra(fields.text('era')), wanted: toObject(names, wanted) };
  }
  if (kind !== 'put-back') throw invalidOp(step, 'kind');
  return {
    kind,
    path,
    folders: fields.texts('folders'),
    written: fields.optional('written', fields.text),
    made: fields.optional('made', fields.texts),
    migrated: fields.flag('migrated'),
    keys: fields.records('keys').map((key) => ({
      path: parsePath(key.texts('path')),
      ours: parseSetting(key.raw('ours')),
      previous: parseSetting(key.raw('previous')),
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
  const base = op.era === 'core' ? discoveryPath(op.era) : entryPath;
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
    const isMigrated = valueAt(config, legacyPath) === undefined;
    return { edits: [], foreign: isMigrated ? [discoveryPath('external').join('.')] : [] };
  }
  const ours = op.keys.filter(({ path, ours }) => isSame(valueAt(config, path), ours));
  const foreign = op.keys.filter((key) => {
    const now = valueAt(config, key.path);
    return !isSame(now, key.ours) && !isSame(now ?? null, key.previous);
  });
  const edits = ours.map(({ path, previous }): ConfigEdit => ({ path, value: previous ?? undefined }));
  const isEmpty = op.made !== null && edits.length > 0 && isHollow(valueAt(config, op.made), op.made, edits);
  return {
    edits: isEmpty && op.made !== null ? [{ path: op.made, value: undefined }] : edits,
    foreign: foreign.map(({ path }) => path.join('.')),
  };
}

function parseEra(text: string): OpenClawEra {
  if (text === 'core' || text === 'bundled' || text === 'external') return text;
  throw invalidOp(step, 'era');
}

function parsePath(path: readonly string[]): readonly string[] {
  if (path[0] === 'models' || path[0] === 'plugins') return path;
  throw invalidOp(step, 'path');
}

function parseSetting(value: unknown): Json {
  if (value === null || ['boolean', 'number', 'string'].includes(typeof value)) return value as Json;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw invalidOp(step, 'setting');
}

function toObject(names: readonly string[], raw: (name: string) => unknown): JsonObject {
  return Object.fromEntries(names.map((name) => [name, parseSetting(raw(name))]));
}
