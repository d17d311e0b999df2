import { isList, isObject, valueAt } from '../../../core/json.js';
import { bedrockModelOf, modelPath, primaryOf, providerPath } from '../../../core/openclaw/config.js';
import type { OpenClawEra } from '../../../core/openclaw/era.js';
import type { JsonObject } from '../../../ports/json.js';
import type { ConfigEdit } from '../../../ports/openclaw.js';
import { isSame } from './json.js';

/** A model that is entered by hand because discovery would not list it. */
export interface ExplicitModel {
  readonly id: string;
  readonly region: string;
  /** Tokens. */
  readonly contextWindow: number;
  /** Tokens. */
  readonly maxTokens: number;
}

/**
 * Whether discovery lists a model: up to 2026.4.2 it knows no inference profiles, and no era lists what is only given by
 * its ARN.
 */
export function isDiscoverable(era: OpenClawEra, modelId: string): boolean {
  if (modelId.startsWith('arn:')) return false;
  return era !== 'core' || !/^(?:us|us-gov|eu|apac|ap|au|jp|ca|sa|global)\./u.test(modelId);
}

/** Whether a config's primary model is the wanted one; OpenClaw knows some other spellings of the provider's name. */
export function isSameModel(primary: string | null, wanted: string): boolean {
  if (primary === null || primary === wanted) return primary === wanted;
  const id = bedrockModelOf(primary);
  return id !== null && id === bedrockModelOf(wanted);
}

/** The edits that make a model the primary one and, with `explicit`, enter it by hand; nothing that is there is dropped. */
export function modelEdits(
  config: JsonObject | null,
  reference: string,
  explicit: ExplicitModel | null,
): readonly ConfigEdit[] {
  const edits = explicit === null ? [] : providerEdits(config, explicit);
  if (isSameModel(primaryOf(config), reference)) return edits;
  return [...edits, { path: [...modelPath, 'primary'], value: reference }];
}

function providerEdits(config: JsonObject | null, model: ExplicitModel): readonly ConfigEdit[] {
  const existing = valueAt(config, providerPath);
  const current = isObject(existing) ? existing : {};
  const models = isList(current['models']) ? current['models'] : [];
  if (models.some((entry) => isObject(entry) && entry['id'] === model.id)) return [];
  const suffix = model.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const provider = {
    baseUrl: `https://bedrock-runtime.${model.region}.${suffix}`,
    api: 'bedrock-converse-stream',
    auth: 'aws-sdk',
    ...current,
    models: [...models, modelEntry(model)],
  };
  return Object.entries(provider)
    .map(([key, value]): ConfigEdit => ({ path: [...providerPath, key], value }))
    .filter(({ path, value }) => !isSame(valueAt(config, path), value));
}

/** An entry as the documentation has it. What a call costs is not known here: 0 means that OpenClaw shows no cost. */
export function modelEntry({ id, contextWindow, maxTokens }: ExplicitModel): JsonObject {
  return {
    id,
    name: id,
    reasoning: false,
    input: ['text'],
    cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    contextWindow,
    maxTokens,
  };
}
