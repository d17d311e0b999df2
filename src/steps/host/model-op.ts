import { isList, isObject, valueAt } from '../../core/json.js';
import { modelPath, primaryOf, providerPath } from '../../core/openclaw/config.js';
import type { HostWriter } from '../../ports/host.js';
import type { JsonObject } from '../../ports/json.js';
import type { ConfigEdit } from '../../ports/openclaw.js';
import { fingerprint, replaceConfig } from './config/backup.js';
import { isSame } from './config/json.js';
import type { ExplicitModel } from './config/model.js';
import { isSameModel, modelEdits, modelEntry } from './config/model.js';
import type { PutBack, Remainder } from './config/put-back.js';
import { putConfigBack } from './config/put-back.js';
import type { OpFields } from '../op-fields.js';
import { opFields } from '../op-fields.js';
import { missingFolders } from './missing-folders.js';

/** What of the explicit provider's entry was made: nothing, a model in it, or all of it. */
const howMade = ['nothing', 'model', 'provider'] as const;
type Made = (typeof howMade)[number];

/** An edit of OpenClaw's primary model. What else the config holds never gets into an op: it may be a secret. */
export type ModelOp =
  | {
      readonly kind: 'set';
      readonly path: string;
      readonly reference: string;
      readonly explicit: ExplicitModel | null;
    }
  | ({
      readonly kind: 'put-back';
      readonly reference: string;
      readonly explicit: ExplicitModel | null;
      /** The primary model before; `null` for none. */
      readonly previous: string | null;
      readonly made: Made;
    } & PutBack);

/** An op from a receipt. Throws RECEIPT_INVALID for anything else. */
export function parseModelOp(value: unknown): ModelOp {
  const fields = opFields('primary-model', value);
  const kind = fields.text('kind');
  const common = {
    path: fields.text('path'),
    reference: fields.text('reference'),
    explicit: fields.orNull('explicit', (name) => parseExplicit(fields.fields(name))),
  };
  if (kind === 'set') return { kind, ...common };
  if (kind !== 'put-back') throw fields.invalid('kind');
  return {
    kind,
    ...common,
    made: fields.oneOf('made', howMade),
    previous: fields.orNull('previous', fields.text),
    folders: fields.texts('folders'),
    written: fields.orNull('written', fields.text),
  };
}

/** The edit that takes `set` back from a config as it was before. */
export function inverseModel(
  { path, reference, explicit }: Extract<ModelOp, { kind: 'set' }>,
  config: JsonObject | null,
  folders: readonly string[],
): Extract<ModelOp, { kind: 'put-back' }> {
  const isEntered = modelEdits(config, reference, explicit).some((edit) => edit.path[0] === 'models');
  const whole = valueAt(config, providerPath) === undefined ? 'provider' : 'model';
  const made = isEntered ? whole : 'nothing';
  return {
    kind: 'put-back',
    path,
    reference,
    explicit,
    previous: primaryOf(config),
    made,
    folders,
    written: null,
  };
}

/** Makes one edit. Twice is harmless; `put-back` throws CHANGED_SINCE where the model is no longer ours. */
export async function applyModelOp(op: ModelOp, host: HostWriter): Promise<ModelOp | null> {
  if (op.kind === 'put-back') {
    await putConfigBack(op, 'model', async () => remainderOf(op, await host.openclaw.readConfig()), host);
    return null;
  }
  const state = await host.files.read(op.path);
  const config = await host.openclaw.readConfig();
  const edits = modelEdits(config, op.reference, op.explicit);
  if (edits.length === 0) return null;
  const after = await host.openclaw.setConfig(state?.bytes ?? null, edits);
  const undo = inverseModel(op, config, await missingFolders(op.path, host.files));
  await replaceConfig(op.path, 'model', state, after, host.files);
  return { ...undo, written: fingerprint(after) };
}

function remainderOf(op: Extract<ModelOp, { kind: 'put-back' }>, config: JsonObject | null): Remainder {
  const edits: ConfigEdit[] = [];
  const foreign: string[] = [];
  const now = primaryOf(config);
  if (now !== op.previous) {
    if (isSameModel(now, op.reference)) edits.push(previousModel(config, op.previous));
    else foreign.push(modelPath.join('.'));
  }
  if (op.made !== 'nothing' && op.explicit !== null)
    edits.push(...withoutEntry(op.made, op.explicit, config));
  return { edits, foreign, untouched: now === op.previous && !isSameModel(now, op.reference) };
}

/** The model as it was; an object that would be left empty goes as a whole. */
function previousModel(config: JsonObject | null, previous: string | null): ConfigEdit {
  const model = valueAt(config, modelPath);
  const isAlone = isObject(model) && Object.keys(model).length === 1;
  if (previous === null && isAlone) return { path: modelPath, value: undefined };
  return { path: [...modelPath, 'primary'], value: previous ?? undefined };
}

function withoutEntry(made: Made, explicit: ExplicitModel, config: JsonObject | null): readonly ConfigEdit[] {
  const path = [...providerPath, 'models'];
  const models = valueAt(config, path);
  if (!isList(models)) return [];
  const rest = models.filter((entry) => !isSame(entry, modelEntry(explicit)));
  if (rest.length === models.length) return [];
  if (rest.length === 0 && made === 'provider') return [{ path: providerPath, value: undefined }];
  return [{ path, value: rest }];
}

function parseExplicit(fields: OpFields): ExplicitModel {
  const tokens = (name: string): number => fields.count(name, 0, Number.MAX_SAFE_INTEGER);
  return {
    id: fields.text('id'),
    region: fields.text('region'),
    contextWindow: tokens('contextWindow'),
    maxTokens: tokens('maxTokens'),
  };
}
