import { errorMessage, usageError } from '../../core/errors.js';
import { bedrockModelOf } from '../../core/openclaw/config.js';
import type { ModelGoal } from '../../core/goal.js';
import type { FoundationModel, InferenceProfile } from '../../ports/bedrock.js';
import type { Runtime } from '../runtime.js';
import type { Place } from './target.js';

/** Whether a model is written so fully that it can be used without asking the region what it has. */
function isComplete(model: string): boolean {
  return model.startsWith('arn:') || /^[a-z-]+\.[\w:-]+(?:\.[\w.:-]+)?$/u.test(model);
}

/** The goal for `--model`: resolved against what the region has; `null` when no model is asked for. */
export async function readModelGoal(runtime: Runtime, target: Place): Promise<ModelGoal | null> {
  const { settings } = runtime;
  if (settings.model === null) return null;
  const asked = bedrockModelOf(settings.model) ?? settings.model;
  const { resolveModel } = await import('../../core/model/model-choice.js');
  const lists = await readLists(runtime, target);
  if (lists !== null) {
    const choice = resolveModel(asked, lists.profiles, lists.models);
    if (choice.endOfLife !== null)
      runtime.progress.warn(`${choice.id} is on its way out: it ends on ${choice.endOfLife.slice(0, 10)}`);
    return choice;
  }
  if (isComplete(asked)) {
    runtime.progress.warn(
      `the models of ${target.region} cannot be listed yet, so ${asked} is taken as it is`,
    );
    return { id: asked, arns: [] };
  }
  throw usageError(
    'MODEL_NOT_RESOLVED',
    `the model ${JSON.stringify(asked)} cannot be looked up yet`,
    'a short name needs the list of models, which needs credentials that may read it',
    'name the model in full, for example --model us.anthropic.claude-sonnet-4-6',
  );
}

interface ModelLists {
  readonly profiles: readonly InferenceProfile[];
  readonly models: readonly FoundationModel[];
}

/** What the region has; `null` where the account is not in this run, or may not be asked. */
async function readLists(runtime: Runtime, { cloud, region }: Place): Promise<ModelLists | null> {
  if (!cloud) return null;
  try {
    const { bedrock } = await runtime.account(region, 'read-only');
    const [profiles, models] = await Promise.all([
      bedrock.listInferenceProfiles(),
      bedrock.listFoundationModels(),
    ]);
    return { profiles, models };
  } catch (error) {
    runtime.progress.detail(`listing models: ${errorMessage(error)}`);
    return null;
  }
}
