import type { HostWriter } from '../../ports/host.js';
import type { Json, JsonObject } from '../../ports/json.js';
import type { ConfigEdit } from '../../ports/openclaw.js';
import { fingerprint, replaceConfig } from './config/backup.js';
import { isObject, isSame, valueAt } from './config/json.js';
import type { ExplicitModel } from './config/model.js';
import { isSameModel, modelEdits, modelEntry, modelPath, primaryOf, providerPath } from './config/model.js';
import type { PutBack, Remainder } from './config/put-back.js';
import { putConfigBack } from './config/put-back.js';
import { invalidOp, opFields } from './parse.js';
import { missingFolders } from './paths.js';

/** What of the explicit provider's entry was made: nothing, a model in it, or all of it. */
type Made = 'nothing' | 'model' | 'provider';

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

const step = 'primary-model';

/** An op from a receipt. Throws RECEIPT_INVALID for anything else. */
export function parseModelOp(value: unknown): ModelOp {
  const fields = opFields(step, value);
  const kind = fields.text('kind');
  const common = {
    path: fields.text('path'),
    reference: fields.text('reference'),
    explicit: fields.raw('explicit') === null ? null : parseExplicit(fields.raw('explicit')),
  };
  if (kind === 'set') return { kind, ...common };
  const made = fields.text('made');
  if (kind !== 'put-back' || !isMade(made)) throw invalidOp(step, 'kind');
  return {
    kind,
    ...common,
    made,
    previous: fields.optional('previous', fields.text),
    folders: fields.texts('folders'),
    written: fields.optional('written', fields.text),
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
  return { edits, foreign };
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
  if (!Array.isArray(models)) return [];
  const rest = (models as readonly Json[]).filter((entry) => !isSame(entry, modelEntry(explicit)));
  if (rest.length === models.length) return [];
  if (rest.length === 0 && made === 'provider') return [{ path: providerPath, value: undefined }];
  return [{ path, value: rest }];
}

function isMade(text: string): text is Made {
  return text === 'nothing' || text === 'model' || text === 'provider';
}

function parseExplicit(value: unknown): ExplicitModel {
  const fields = opFields(step, value);
  const count = (name: string): number => {
    const field = fields.raw(name);
    if (typeof field === 'number' && Number.isSafeInteger(field)) return field;
    throw invalidOp(step, name);
  };
  return {
    id: fields.text('id'),
    region: fields.text('region'),
    contextWindow: count('contextWindow'),
    maxTokens: count('maxTokens'),
  };
}
