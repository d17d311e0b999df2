import { valueAt } from '../../core/json.js';
import { discoveryPath, legacyDiscoveryPath } from '../../core/openclaw/config.js';
import type { OpenClawEra } from '../../core/openclaw/era.js';
import { eras } from '../../core/openclaw/era.js';
import type { JsonObject } from '../../ports/json.js';
import type { HostWriter } from '../../ports/host.js';
import { fingerprint, replaceConfig } from './config/backup.js';
import { discoveryEdits, hasLegacyBlock } from './config/discovery.js';
import type { ChangedKey, ChangedKeys } from './config/changed-keys.js';
import { parseChangedKeys, parseSetting, remainderOfKeys } from './config/changed-keys.js';
import { firstMissing } from './config/json.js';
import type { PutBack, Remainder } from './config/put-back.js';
import { putConfigBack } from './config/put-back.js';
import { opFields } from '../op-fields.js';
import { missingFolders } from './missing-folders.js';

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
      /** A block of an older era was moved; it only comes back with the whole file, since OpenClaw refuses it. */
      readonly migrated: boolean;
    } & ChangedKeys &
      PutBack);

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
    migrated: fields.flag('migrated'),
    ...parseChangedKeys(fields),
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
  const base = discoveryPath(op.era);
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
  return remainderOfKeys(op, config);
}
